/** An event with its columns in words, what led to it and what it led to, and the code behind it. */
import type { ComponentChildren } from 'preact';
import type { SourceLocation } from '../../labs/engine/protocol/failure.ts';
import type { RunMoment } from '../../labs/engine/protocol/moment.ts';
import { changeOf, compareWords, type Part } from '../../labs/engine/scene/change.ts';
import { describeEvent, formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { causesOf, effectsOf, kindInWords } from '../../labs/engine/scene/log.ts';
import { eventAt, indexOf, rowOf } from '../../labs/engine/scene/trace-view.ts';
import { eventName } from '../../labs/engine/trace/event.ts';
import { usePlayground } from '../state/context.ts';
import { offersForMessage } from '../state/actions.ts';
import { ConcerningChecks } from './concerning-checks.tsx';
import { EventList, SourceLink } from './event-list.tsx';
import { MomentStates, useMoment } from './moment.tsx';
import { Offers } from './offers.tsx';
import { useCluster } from './use-cluster.ts';

interface EventFactsProps {
  row: number;
  /** The figure behind which it was found. */
  metric: string | undefined;
}

export function EventFacts({ row, metric }: EventFactsProps) {
  const playground = usePlayground();
  const trace = playground.trace.value;
  const event = eventAt(trace, row);
  const index = indexOf(trace, row);
  const { clock, moments } = playground.nature.value;
  const look = useMoment(index);
  const moment = look.state === 'known' ? look.moment : undefined;
  const causes = causesOf(trace, row).slice(1);
  return (
    <>
      <h2>{describeEvent(event)}</h2>
      <dl>
        <dt>Event</dt>
        <dd>
          {formatFigure(index + 1)} <span class="quiet mono">{eventName(event)}</span>
        </dd>
        <dt>Kind</dt>
        <dd>{kindInWords(event.kind)}</dd>
        <dt>{clock === 'operations' ? 'Operation' : 'Time'}</dt>
        <dd>{clock === 'operations' ? formatFigure(event.time) : formatDuration(event.time)}</dd>
        {event.node !== '' && (
          <>
            <dt>Where</dt>
            <dd>
              <NodeLink name={event.node} />
            </dd>
          </>
        )}
        {event.peer !== '' && (
          <>
            <dt>Other side</dt>
            <dd>
              <NodeLink name={event.peer} />
            </dd>
          </>
        )}
        <ChangeRows row={row} />
        {moments === 'rerun' && <CodeRows moment={moment} />}
      </dl>
      <ConcerningChecks concerns={{ row }} />
      <MessageOffers row={row} />
      {moments === 'rerun' && <MomentStates look={look} event={event} />}
      <h3>Why?</h3>
      {causes.length === 0 ? (
        <p class="quiet">
          {playground.holding.isStretched
            ? 'Nothing that is at hand of this long run led to it.'
            : 'Nothing in the trace led to it: it is where a story begins.'}
        </p>
      ) : (
        <EventList events={causes} label="Causes, the nearest first" metric={metric} />
      )}
      <Effects row={row} did={moment?.did ?? []} metric={metric} />
    </>
  );
}

/** Which handler and which line stand behind an event. The rows are there from the first, so that nothing jumps. */
function CodeRows({ moment }: { moment: RunMoment | undefined }) {
  const { location, handler = '' } = moment ?? {};
  return (
    <>
      <dt>Handler</dt>
      <dd class="mono">{handler === '' ? <span class="quiet">–</span> : handler}</dd>
      <dt>Line</dt>
      <dd>{location ? <SourceLink location={location} /> : <span class="quiet">–</span>}</dd>
    </>
  );
}

interface EffectsProps {
  row: number;
  did: RunMoment['did'];
  metric: string | undefined;
}

/** What followed: as the trace has it, with the lines that asked for it where the moment is known. */
function Effects({ row, did, metric }: EffectsProps) {
  const trace = usePlayground().trace.value;
  const lines = new Map<number, SourceLocation>();
  for (const { event, location } of did) if (location) lines.set(rowOf(trace, event), location);
  const done = did.map(({ event }) => rowOf(trace, event)).filter((one) => one >= 0);
  const effects = [...new Set([...effectsOf(trace, row), ...done])].sort((a, b) => a - b);
  if (effects.length === 0) return null;
  return (
    <>
      <h3>What followed from it</h3>
      <EventList events={effects} label="Effects" lines={lines} metric={metric} />
    </>
  );
}

/** What an event changed, before and after, with the words that differ marked: rows of a list of facts. */
export function ChangeRows({ row }: { row: number }) {
  const change = changeOf(usePlayground().trace.value, row);
  if (!change) return null;
  const { before, after } = compareWords(change.before, change.after);
  const of = change.what === 'owner' ? ['From', 'To'] : ['Before', 'After'];
  return (
    <>
      <dt>{of[0]}</dt>
      <dd class="change">{marked(before, 'del')}</dd>
      <dt>{of[1]}</dt>
      <dd class="change">{marked(after, 'ins')}</dd>
    </>
  );
}

function marked(parts: readonly Part[], Tag: 'del' | 'ins'): ComponentChildren {
  if (parts.length === 0) return '–';
  return parts.map(({ text, changed }, i) => (changed ? <Tag key={i}>{text}</Tag> : text));
}

/** What can be done to a message, if the event sent one that is on its way at the cursor. */
function MessageOffers({ row }: { row: number }) {
  const playground = usePlayground();
  const scene = useCluster();
  if (!playground.nature.value.branches || !scene.flights.some(({ send }) => send === row)) return null;
  const { node, id } = eventAt(playground.trace.value, row);
  return <Offers offers={offersForMessage(`${node}#${id}`)} />;
}

function NodeLink({ name }: { name: string }) {
  const { selection } = usePlayground();
  return (
    <button type="button" class="link" onClick={() => (selection.value = { type: 'node', name })}>
      {name}
    </button>
  );
}
