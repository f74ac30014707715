/** The runs so far: each can be opened again and set beside the one on the screen. */
import { useEffect } from 'preact/hooks';
import { byId } from '../../labs/engine/lab/formerly.ts';
import { madeByOther } from '../../labs/engine/record/engine-version.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { formatMoment } from '../state/format.ts';
import { textInWords } from '../state/words.ts';
import type { KnownRun } from '../state/runs.ts';
import { Icon } from '../ui/controls.tsx';
import { usePlayground } from '../state/context.ts';

/** Entries that are listed; older ones are still on disk. */
const listed = 50;

export function History() {
  const playground = usePlayground();
  const runs = playground.runs.list.value.slice(0, listed);
  const labs = [...new Set(runs.map(({ summary }) => summary.lab))];
  // Their algorithms and scenarios have titles.
  useEffect(() => labs.forEach((lab) => playground.labs.want(lab)), [labs.join()]);
  if (runs.length === 0) return <p class="quiet">Runs that you start are listed here.</p>;
  return (
    <ul class="history">
      {runs.map((run) => (
        <Entry key={run.id} run={run} />
      ))}
    </ul>
  );
}

function Entry({ run }: { run: KnownRun }) {
  const playground = usePlayground();
  const { summary } = run;
  const lab = playground.labs.known(summary.lab);
  const algorithm = byId(lab?.algorithms ?? [], summary.algorithm)?.title ?? summary.algorithm;
  const scenario = byId(lab?.scenarios ?? [], summary.scenario)?.title ?? summary.scenario;
  const shown = playground.shown.value === run.id;
  const compared = playground.compared.value === run.id;
  const state = { running: 'sync', finished: 'pass', failed: 'error' }[summary.state];
  return (
    <li class={shown ? 'shown' : ''}>
      <button
        type="button"
        class="history-open"
        aria-current={shown ? 'true' : undefined}
        onClick={() => playground.open(run.id)}
      >
        <Icon name={summary.parent === undefined ? state : 'git-branch'} />
        <span class="history-title">
          {algorithm} <span class="quiet">{scenario}</span>
        </span>
        <span class="quiet history-facts">
          {formatMoment(summary.startedAt, Date.now())} · seed {summary.seed} · {formatFigure(summary.events)} events
          {summary.edited && ` · ${textInWords(summary)}`}
          {madeByOther(summary.engineVersion) !== '' && ` · ${madeByOther(summary.engineVersion)}`}
          {summary.state === 'failed' && ' · failed'}
          {summary.parent !== undefined && ' · branch'}
        </span>
      </button>
      {!shown && summary.state === 'finished' && summary.lab === playground.lab.value?.id && (
        <button
          type="button"
          class="icon-button"
          aria-pressed={compared}
          title={compared ? 'Stop comparing' : 'Compare with the run on the screen'}
          aria-label={compared ? `Stop comparing with ${algorithm}` : `Compare with ${algorithm}, seed ${summary.seed}`}
          onClick={() => playground.compare(compared ? undefined : run.id)}
        >
          <Icon name="git-compare" />
        </button>
      )}
    </li>
  );
}
