/** A parameter along the x axis: choose it, run its points, see them on theory's line, open any of them. */
import { useEffect } from 'preact/hooks';
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { usePlayground } from '../../state/context.ts';
import { titleOf } from '../../state/words.ts';
import { metricTitle } from '../../state/format.ts';
import { sweepable } from '../../state/sweep-form.ts';
import { Button, Dropdown, Icon, TextField } from '../../ui/controls.tsx';
import { lazy } from '../../ui/lazy.tsx';

/** It brings the intervals' statistics and uPlot along. */
const SweepResults = lazy('What the sweep found', async () => (await import('./sweep-results.tsx')).SweepResults);

export function SweepView() {
  const { sweep } = usePlayground();
  const entry = sweep.form.entry.value;
  useEffect(() => sweep.form.begin(), [entry]);
  if (!entry || sweep.form.parameters.value.length === 0)
    return <p class="quiet">This lab has no parameter to sweep.</p>;
  const progress = sweep.progress.value;
  return (
    <div class="sweep">
      <SweepFields entry={entry} />
      <SweepRunning />
      {progress?.request.choice.lab === entry.id && <SweepResults entry={entry} request={progress.request} />}
    </div>
  );
}

function SweepFields({ entry }: { entry: LabEntry }) {
  const { sweep, form: chosen } = usePlayground();
  const { form } = sweep;
  const errors = form.errors.value;
  const own = chosen.algorithm.value;
  const ranged = form.chosen.value?.type !== 'choice';
  return (
    <div class="sweep-fields">
      <Dropdown
        label="Sweep"
        value={form.parameter.value}
        options={sweepable(entry).map((parameter) => ({ id: parameter.name, title: titleOf(parameter) }))}
        onChange={(name) => form.chooseParameter(name)}
      />
      {ranged && (
        <>
          <TextField
            label="From"
            value={form.fromText.value}
            error={errors.from}
            onInput={(text) => (form.fromText.value = text)}
          />
          <TextField
            label="To"
            value={form.toText.value}
            error={errors.to}
            onInput={(text) => (form.toText.value = text)}
          />
          <TextField
            label="Points"
            value={form.pointsText.value}
            error={errors.points}
            onInput={(text) => (form.pointsText.value = text)}
          />
        </>
      )}
      <TextField
        label="Seeds"
        help="Runs at each point, with seeds counted up from the chosen one: the interval comes from them."
        value={form.seedsText.value}
        error={errors.seeds}
        onInput={(text) => (form.seedsText.value = text)}
      />
      <div class="wide">
        <Dropdown
          label="Metric"
          value={form.metric.value}
          options={Object.keys(entry.metrics).map((id) => ({ id, title: metricTitle(entry, id) }))}
          onChange={(metric) => (form.metric.value = metric)}
        />
      </div>
      <div class="wide">
        <Dropdown
          label="Beside"
          value={form.beside.value}
          options={[
            { id: '', title: 'no other algorithm' },
            ...entry.algorithms.filter(({ id }) => id !== own).map(({ id, title }) => ({ id, title })),
          ]}
          onChange={(algorithm) => (form.beside.value = algorithm)}
        />
      </div>
    </div>
  );
}

function SweepRunning() {
  const { sweep } = usePlayground();
  const { form } = sweep;
  const progress = sweep.progress.value;
  const more = form.suggestion.value?.parameters;
  return (
    <div class="sweep-run">
      {sweep.running.value ? (
        <Button icon="debug-stop" onClick={() => sweep.stop()}>
          Stop
        </Button>
      ) : (
        <Button icon="play" appearance="primary" disabled={form.toRun() === undefined} onClick={() => sweep.start()}>
          Run {formatFigure(form.runs.value)} runs
        </Button>
      )}
      {sweep.running.value && progress && (
        <span class="sweep-progress">
          <progress value={progress.done} max={progress.of} aria-label="Runs of the sweep" />{' '}
          {formatFigure(progress.done)} of {formatFigure(progress.of)} runs
        </span>
      )}
      {!sweep.running.value && form.error.value !== '' && <span class="field-error">{form.error.value}</span>}
      {!sweep.running.value && more && (
        <label class="check">
          <input
            type="checkbox"
            checked={form.short.value}
            onChange={(event) => (form.short.value = event.currentTarget.checked)}
          />{' '}
          Short runs:{' '}
          {Object.entries(more)
            .map(([name, value]) => `${titleOf({ name })} ${sayValue(value)}`)
            .join(', ')}
          ; all else as chosen above
        </label>
      )}
      {progress?.state === 'failed' && !sweep.running.value && (
        <span class="field-error" role="alert">
          <Icon name="error" /> {progress.message}
        </span>
      )}
      {progress?.state === 'stopped' && (
        <span class="quiet">
          Stopped after {formatFigure(progress.done)} of {formatFigure(progress.of)} runs.
        </span>
      )}
    </div>
  );
}

function sayValue(value: number | string): string {
  return typeof value === 'number' ? formatFigure(value) : value;
}
