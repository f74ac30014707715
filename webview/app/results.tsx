/** What a run came to: figures with theory beside them, checks, take-aways, or why it ended badly. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { Check, RunReport } from '../../labs/engine/lab/report.ts';
import type { Scenario } from '../../labs/engine/lab/lab.ts';
import { didNotShow, verdictInWords } from '../../labs/engine/lab/verdict-words.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { textInWords, titleOf } from '../state/words.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { ComparedMetrics, Parting } from './comparison.tsx';
import { usePlayground } from '../state/context.ts';
import { Failure } from './failure.tsx';
import { Metrics } from './metrics.tsx';

export function Results() {
  const playground = usePlayground();
  const run = playground.run.value;
  const lab = playground.lab.value;
  if (!run || !lab) return null;
  if (run.failure) {
    // Where there is no picture, the failure stands in its place.
    return playground.player.length.value > 0 ? (
      <Failure failure={run.failure} />
    ) : (
      <p class="quiet">Nothing was measured: the run ended before anything happened.</p>
    );
  }
  if (!run.report) {
    return (
      <p class="running" role="status">
        <vscode-progress-ring aria-label="Running" /> Running… {Math.round(100 * run.share)} %
      </p>
    );
  }
  const beside = playground.runs.find(playground.compared.value);
  return (
    <div class="results">
      <Takeaways takeaways={run.report.takeaways} />
      <Parting />
      {beside?.report ? (
        <ComparedMetrics lab={lab} here={run} there={beside} />
      ) : (
        <Metrics lab={lab} report={run.report} />
      )}
      <Checks lab={lab} report={run.report} />
      <Contrast />
      <Facts run={run.summary} report={run.report} />
    </div>
  );
}

function iconOf(check: Check): 'pass' | 'error' | 'question' | 'info' {
  if (didNotShow(check)) return 'info';
  if (check.verdict === 'unknown') return 'question';
  return check.verdict === 'held' || check.ok ? 'pass' : 'error';
}

function Checks({ lab, report: { algorithm, checks } }: { lab: LabEntry; report: RunReport }) {
  const playground = usePlayground();
  const isVariant = byId(lab.algorithms, algorithm)?.broken !== undefined;
  if (checks.length === 0) return null;
  return (
    <section class="checks">
      <h2>Checks</h2>
      <ul>
        {checks.map((check) => (
          <li key={check.name} class={check.ok ? 'as-expected' : 'unexpected'}>
            <Icon name={iconOf(check)} />
            <div>
              <strong title={lab.checks[check.name]?.help}>{lab.checks[check.name]?.title ?? check.name}</strong>{' '}
              <span class="verdict">{verdictInWords(check, isVariant ? 'bug' : undefined)}</span>
              <p class="quiet">{check.detail}</p>
              {check.event !== undefined && (
                <button type="button" class="link" onClick={() => playground.goTo(check.event!)}>
                  Go to the event
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Takeaways({ takeaways }: { takeaways: readonly string[] }) {
  if (takeaways.length === 0) return null;
  return (
    <section class="takeaways">
      <h2>What this run shows</h2>
      <ul>
        {takeaways.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

/** The other half of a contrast pair: the same seed, one difference. */
function Contrast() {
  const playground = usePlayground();
  const lab = playground.lab.value;
  const run = playground.run.value?.summary;
  const beside = byId(lab?.scenarios ?? [], run?.scenario)?.beside;
  if (!lab || !run || !beside || isBeside(beside, run)) return null;
  return (
    <section class="contrast">
      <h2>The other half</h2>
      <p class="quiet">The same seed, one difference. Run both and compare.</p>
      <Button icon="git-compare" onClick={() => playground.runBeside()}>
        Run with {besideInWords(lab, beside)}
      </Button>
    </section>
  );
}

/** The one difference: an algorithm's title, or a parameter and its value. */
function besideInWords(lab: LabEntry, { algorithm, parameters = {} }: NonNullable<Scenario['beside']>): string {
  const words = Object.entries(parameters).map(([name, value]) => `${titleOf({ name })} ${value}`);
  const title = byId(lab.algorithms, algorithm)?.title;
  return [...(title === undefined ? [] : [title]), ...words].join(', ');
}

/** Whether a run is the other half itself. */
function isBeside({ algorithm, parameters = {} }: NonNullable<Scenario['beside']>, run: RunSummary): boolean {
  const sameAlgorithm = algorithm === undefined || algorithm === run.algorithm;
  return sameAlgorithm && Object.entries(parameters).every(([name, value]) => run.parameters[name] === value);
}

function Facts({ run, report }: { run: RunSummary; report: RunReport }) {
  const playground = usePlayground();
  const { events, dropped, hash } = report.trace;
  return (
    <p class="facts quiet">
      Ran {textInWords(run)}
      {run.parent !== undefined && ', as the run ran it that this one branches off'} · {events.toLocaleString('en-US')}{' '}
      events{dropped > 0 && `, ${dropped.toLocaleString('en-US')} not kept`} · trace{' '}
      <button
        type="button"
        class="link mono"
        title={`Copy the trace hash ${hash}`}
        onClick={() => playground.errands.copy(hash)}
      >
        {hash.slice(0, 12)}
      </button>
    </p>
  );
}
