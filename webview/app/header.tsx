/** What is run, and the buttons that run it. */
import { usePlayground } from '../state/context.ts';
import { Button, Dropdown, Icon, IconButton, PickButton, TextField } from '../ui/controls.tsx';
import { shortcutText, type ShortcutCommand } from '../ui/shortcuts.ts';
import { ParameterForm } from './parameter-form.tsx';

export function Header() {
  const playground = usePlayground();
  const { form } = playground;
  const entry = form.entry.value;
  if (!entry) return null;
  const hash = playground.changed.value ? undefined : playground.run.value?.report?.trace.hash;
  // The keys are contributed for the panel in the editor area.
  const key = (command: ShortcutCommand): string =>
    playground.place.value === 'editor' ? ` (${shortcutText(command)})` : '';
  const running = playground.run.value?.summary.state === 'running';
  const deaf = playground.pulse.gone.value;
  return (
    <header class="controls">
      <div class="pickers">
        <PickButton
          label="Lab"
          value={entry.title}
          help="Choose another lab"
          disabled={deaf || playground.labs.heads.value.length < 2}
          onClick={() => playground.errands.pickLab()}
        />
        <Dropdown
          label="Scenario"
          value={form.scenario.value}
          options={entry.scenarios}
          onChange={(scenario) => form.chooseScenario(scenario)}
        />
        <Dropdown
          label="Algorithm"
          value={form.algorithm.value}
          options={form.algorithms.value}
          onChange={(algorithm) => (form.algorithm.value = algorithm)}
        />
        <div class="seed">
          <TextField
            label="Seed"
            value={form.seedText.value}
            error={form.seedError.value}
            hint={`trace ${hash?.slice(0, 12) ?? '–'}`}
            help="The same seed gives the same run, byte for byte."
            onInput={(text) => (form.seedText.value = text)}
            onSubmit={() => playground.start()}
          />
          <IconButton icon="refresh" label="Roll another seed" onClick={() => form.rollSeed()} />
        </div>
        <div class="run-buttons">
          {running ? (
            <Button
              appearance="secondary"
              icon="debug-stop"
              disabled={deaf}
              title={`Stop the run${key('stop')}`}
              onClick={() => playground.stop()}
            >
              Stop
            </Button>
          ) : (
            <Button
              appearance="primary"
              icon="play"
              disabled={deaf}
              title={`Run what is chosen here${key('run')}`}
              onClick={() => playground.start()}
            >
              Run
            </Button>
          )}
          <IconButton
            icon="go-to-file"
            word="Source"
            label="Open the algorithm's source"
            onClick={() => playground.errands.openSource()}
          />
          {form.entry.value?.benchmarked && (
            <IconButton
              icon="dashboard"
              word="Benchmark"
              label="Run the benchmark of this algorithm"
              onClick={() => playground.benchmarks.start()}
            />
          )}
        </div>
      </div>
      <Question />
      <div class="run-inputs">
        <ParameterForm />
        <WhichCode />
      </div>
    </header>
  );
}

/** The scenario's question and the algorithm in a sentence: what to look for. */
function Question() {
  const { form } = usePlayground();
  const scenario = form.scenarioEntry.value;
  const algorithm = form.algorithmEntry.value;
  // Where room is short the text is cut after two lines: the whole is in the tooltip.
  return (
    <p class="question" title={[scenario?.question, algorithm?.summary].filter(Boolean).join(' ')}>
      {scenario && <strong>{scenario.question}</strong>} {algorithm && <span class="quiet">{algorithm.summary}</span>}
    </p>
  );
}

/** Whose text a run will take, where that needs saying, and the other one. */
function WhichCode() {
  const playground = usePlayground();
  const text = playground.text.value;
  const trusted = playground.trusted.value;
  if (!text) return null;
  const bundledInstead = (
    <button type="button" class="link" onClick={() => playground.errands.chooseText('bundled')}>
      Run the bundled text
    </button>
  );
  if (text.copy && text.gone) {
    return (
      <p class="which-code gone" title={text.copy.root}>
        <Icon name="warning" /> Your copy ({text.copy.label}) is gone: nothing runs in its place. {bundledInstead}
      </p>
    );
  }
  if (text.copy) {
    return trusted ? (
      <p
        class="which-code quiet"
        title={`A run takes your copy in ${text.copy.root} as it stands in the editors, unsaved changes included.`}
      >
        <Icon name="edit" /> Runs your copy ({text.copy.label}) {bundledInstead}
      </p>
    ) : (
      <p class="which-code quiet" title={text.copy.root}>
        <Icon name="shield" /> This workspace is not trusted: your copy ({text.copy.label}) does not run.{' '}
        {bundledInstead}
      </p>
    );
  }
  if (!trusted && text.copied) {
    return (
      <p class="which-code quiet">
        <Icon name="shield" /> This workspace is not trusted: your copy does not run, the bundled text does.
      </p>
    );
  }
  return (
    <p class="which-code quiet">
      <Icon name="package" /> Runs the bundled text{' '}
      {text.copied && (
        <button type="button" class="link" onClick={() => playground.errands.chooseText('copy')}>
          Run your copy
        </button>
      )}
      {!text.copied && trusted && (
        <button type="button" class="link" onClick={() => playground.errands.openLab()}>
          Make a copy to edit
        </button>
      )}
    </p>
  );
}
