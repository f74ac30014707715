/** The checks that concern what is selected: broken at this event, broken by this node. */
import { verdictInWords } from '../../labs/engine/lab/verdict-words.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { eventAt, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { Icon } from '../ui/controls.tsx';

export function ConcerningChecks({ concerns }: { concerns: { row: number } | { node: string } }) {
  const playground = usePlayground();
  const { lab, run, trace } = playground;
  const broken = 'row' in concerns ? eventAt(trace.value, concerns.row) : undefined;
  const index = broken && indexOf(trace.value, broken.index);
  const brokenHere = broken?.kind === EventKind.broken ? broken.label : undefined;
  const checks = (run.value?.report?.checks ?? []).filter((check) =>
    'node' in concerns ? check.node === concerns.node : check.event === index || check.name === brokenHere,
  );
  if (checks.length === 0) return null;
  return (
    <section class="checks" aria-label="Checks that concern it">
      <ul>
        {checks.map((check) => (
          <li key={check.name} class={check.ok ? 'as-expected' : 'unexpected'}>
            <Icon name={check.verdict === 'broken' && !check.ok ? 'error' : 'pass'} />
            <div>
              <strong title={lab.value?.checks[check.name]?.help}>
                {lab.value?.checks[check.name]?.title ?? check.name}
              </strong>{' '}
              <span class="verdict">{verdictInWords(check)}</span>
              <p class="quiet">{check.detail}</p>
              {'node' in concerns && check.event !== undefined && (
                <button type="button" class="link" onClick={() => playground.visit(check.event!)}>
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
