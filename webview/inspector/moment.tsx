/** What the host knows of an event when it runs the code again: states before and after, and what the event carries. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { NodeAtMoment, RunMoment } from '../../labs/engine/protocol/moment.ts';
import { EventKind, type TraceEvent } from '../../labs/engine/trace/event.ts';
import { usePlayground } from '../state/context.ts';
import type { KnownMoment } from '../state/moments.ts';
import { LineDiff } from './line-diff.tsx';

/** A moment as far as it is known, or why it cannot be had. */
type Look =
  | Pick<Extract<KnownMoment, { state: 'refused' }>, 'state' | 'why'>
  | { state: 'asked' }
  | { state: 'known'; moment: RunMoment };

/** Asks for the moment of an event of a run that can be run again so far, where its code may run and the cursor rests. */
export function useMoment(event: number): Look {
  const playground = usePlayground();
  const { moments, nature, trusted, player } = playground;
  const run = playground.run.value;
  const playing = player.playing.value;
  const why =
    run?.summary.state === 'running'
      ? 'States can be looked at when the run is over.'
      : run?.summary.edited && !trusted.value
        ? 'This run is of code of your own: trust the workspace to look at its states.'
        : playing
          ? 'Pause to look at the states of this moment.'
          : '';
  const wanted = why === '' && nature.value.moments === 'rerun' && run !== undefined;
  const id = run?.id;
  useEffect(() => {
    if (wanted && id !== undefined) moments.look(id, event);
    else moments.leave();
  }, [wanted, id, event]);
  useEffect(() => () => moments.leave(), []);
  if (why !== '') return { state: 'refused', why };
  const known = moments.shown.value;
  return known?.run === id && known?.event === event ? known : { state: 'asked' };
}

/** What the event carries, and the states that it changed. As high as it last was while the next is awaited: nothing jumps. */
export function MomentStates({ look, event }: { look: Look; event: TraceEvent }) {
  const section = useRef<HTMLElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    if (look.state === 'known') height.current = section.current!.offsetHeight;
  });
  return (
    <section
      ref={section}
      class="moment"
      aria-label="Up close"
      aria-busy={look.state === 'asked'}
      style={look.state === 'asked' ? { minHeight: `${height.current}px` } : {}}
    >
      {look.state === 'known' ? (
        <States moment={look.moment} event={event} />
      ) : (
        <p class="quiet">{look.state === 'asked' ? 'Running the code up to here…' : look.why}</p>
      )}
    </section>
  );
}

function States({ moment: { content, nodes, omitted }, event }: { moment: RunMoment; event: TraceEvent }) {
  const changed = nodes.filter(isChanged);
  const others = nodes.filter((node) => !isChanged(node) && isTold(node));
  return (
    <>
      {content !== undefined && (
        <>
          <h3>{contentTitle(event.kind)}</h3>
          <pre class="moment-text">{content}</pre>
        </>
      )}
      {changed.map((node) => (
        <Changed key={node.name} node={node} />
      ))}
      {changed.length === 0 && <p class="quiet">No node’s state or disk changed in this step.</p>}
      {others.length > 0 && (
        <details>
          <summary>{changed.length === 0 ? 'States' : 'States that stayed as they were'}</summary>
          {others.map(({ name, after, timers }) => (
            <div key={name} class="moment-node">
              <h4>{name}</h4>
              {after.state !== '' && <pre class="moment-text">{after.state}</pre>}
              {after.disk !== '' && <p class="quiet">On its disk:</p>}
              {after.disk !== '' && <pre class="moment-text">{after.disk}</pre>}
              {timers.length > 0 && <p class="quiet">Timers: {timers.join(', ')}</p>}
            </div>
          ))}
          {omitted > 0 && <p class="quiet">{omitted} more nodes are left out.</p>}
        </details>
      )}
    </>
  );
}

function Changed({ node: { name, condition, before, after, timers } }: { node: NodeAtMoment }) {
  return (
    <div class="moment-node">
      {before.state !== after.state && (
        <>
          <h3>State of {name}, before and after</h3>
          <LineDiff before={before.state} after={after.state} label={`State of ${name}`} />
          {after.state === '' && condition !== 'up' && <p class="quiet">Its memory is gone: it is {condition}.</p>}
        </>
      )}
      {before.disk !== after.disk && (
        <>
          <h3>Disk of {name}, what is safe on it</h3>
          <LineDiff before={before.disk} after={after.disk} label={`Disk of ${name}`} />
        </>
      )}
      {timers.length > 0 && <p class="quiet">Timers that are set: {timers.join(', ')}</p>}
    </div>
  );
}

function isChanged({ before, after }: NodeAtMoment): boolean {
  return before.state !== after.state || before.disk !== after.disk;
}

/** A station without a program has nothing to tell. */
function isTold({ after, timers }: NodeAtMoment): boolean {
  return after.state !== '' || after.disk !== '' || timers.length > 0;
}

function contentTitle(kind: number): string {
  switch (kind) {
    case EventKind.diskWrite:
      return 'What it writes';
    case EventKind.timerSet:
      return 'What the timer keeps';
    case EventKind.send:
    case EventKind.drop:
    case EventKind.duplicate:
      return 'The message';
    default:
      return 'What the handler was given';
  }
}
