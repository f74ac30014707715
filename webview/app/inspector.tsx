/** The selected thing: its facts, what happened to it, and why. */
import type { ComponentChildren } from 'preact';
import { changeOf, compareWords, lastStateChange, type Part } from '../../labs/engine/scene/change.ts';
import { clusterSceneAt } from '../../labs/engine/scene/cluster-scene.ts';
import { describeEvent, formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { causesOf, effectsOf, eventsAbout, kindInWords } from '../../labs/engine/scene/log.ts';
import { ringSceneAt } from '../../labs/engine/scene/ring-scene.ts';
import { explainItem, explainServer } from '../../labs/engine/scene/ring-words.ts';
import { eventAt, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { eventName } from '../../labs/engine/trace/event.ts';
import { offersForLink, offersForMessage, offersForNode, type Offer } from '../state/actions.ts';
import { conditionInWords } from '../state/words.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { usePlayground } from './context.ts';

export function Inspector() {
  const playground = usePlayground();
  const { selection, trace, player } = playground;
  if (trace.value.length === 0) return <p class="quiet">Nothing has happened yet.</p>;
  const selected = selection.value ?? { type: 'event' as const, event: player.cursor.value };
  const event = 'event' in selected ? Math.min(selected.event, trace.value.length - 1) : undefined;
  return (
    <div class="inspector">
      {selection.value && (
        <button type="button" class="link" onClick={() => (selection.value = undefined)}>
          <Icon name="arrow-left" /> Follow the cursor
        </button>
      )}
      {event !== undefined && <EventFacts index={event} />}
      {'name' in selected && <ThingFacts name={selected.name} node={selected.type === 'node'} />}
      {selected.type === 'link' && <LinkFacts from={selected.from} to={selected.to} />}
    </div>
  );
}

/** An event with its columns in words, what led to it and what it led to. */
function EventFacts({ index }: { index: number }) {
  const playground = usePlayground();
  const trace = playground.trace.value;
  const event = eventAt(trace, index);
  const simulated = playground.lab.value?.kind === 'simulated';
  const causes = causesOf(trace, index).slice(1);
  const effects = effectsOf(trace, index);
  return (
    <>
      <h2>{describeEvent(event)}</h2>
      <dl>
        <dt>Event</dt>
        <dd>
          {formatFigure(indexOf(trace, index) + 1)} <span class="quiet mono">{eventName(event)}</span>
        </dd>
        <dt>Kind</dt>
        <dd>{kindInWords(event.kind)}</dd>
        <dt>{simulated ? 'Time' : 'Operation'}</dt>
        <dd>{simulated ? formatDuration(event.time) : formatFigure(event.time)}</dd>
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
        <ChangeRows index={index} />
      </dl>
      <MessageOffers index={index} />
      <h3>Why?</h3>
      {causes.length === 0 ? (
        <p class="quiet">Nothing in the trace led to it: it is where a story begins.</p>
      ) : (
        <EventList events={causes} label="Causes, the nearest first" />
      )}
      {effects.length > 0 && (
        <>
          <h3>What followed from it</h3>
          <EventList events={effects} label="Effects" />
        </>
      )}
    </>
  );
}

/** A node or an item: what the picture says of it, what can be done to it, what happened to it. */
function ThingFacts({ name, node }: { name: string; node: boolean }) {
  const playground = usePlayground();
  const trace = playground.trace.value;
  const cursor = playground.player.cursor.value;
  const actions = node ? (playground.lab.value?.actions ?? []).filter(({ target }) => target === 'node') : [];
  const events = eventsAbout(trace, name, cursor);
  return (
    <>
      <h2>{name}</h2>
      {playground.lab.value?.views.includes('ring') && <RingFacts name={name} node={node} />}
      {node && playground.lab.value?.kind === 'simulated' && <NodeFacts name={name} />}
      {actions.length > 0 && (
        <div class="view-actions">
          {actions.map((action) => (
            <Button key={action.id} onClick={() => playground.interfere({ action, target: { node: name } })}>
              {action.title}
            </Button>
          ))}
        </div>
      )}
      <h3>What happened to it, the latest first</h3>
      <EventList events={events} label={`Events of ${name}`} />
    </>
  );
}

/** What an event changed, before and after, with the words that differ marked: rows of a list of facts. */
function ChangeRows({ index }: { index: number }) {
  const change = changeOf(usePlayground().trace.value, index);
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
function MessageOffers({ index }: { index: number }) {
  const playground = usePlayground();
  const { flights } = clusterSceneAt(playground.trace.value, playground.player.cursor.value);
  if (playground.lab.value?.kind !== 'simulated' || !flights.some(({ send }) => send === index)) return null;
  const { node, id } = eventAt(playground.trace.value, index);
  return <Offers offers={offersForMessage(`${node}#${id}`)} />;
}

function LinkFacts({ from, to }: { from: string; to: string }) {
  return (
    <>
      <h2>
        {from} – {to}
      </h2>
      <Offers offers={offersForLink(from, to)} />
    </>
  );
}

/** How a node is at the cursor, and what can be done to it. */
function NodeFacts({ name }: { name: string }) {
  const { trace, player } = usePlayground();
  const node = clusterSceneAt(trace.value, player.cursor.value).nodes.find((one) => one.name === name);
  if (!node) return <p class="quiet">It is not there yet.</p>;
  const changed = lastStateChange(trace.value, name, player.cursor.value);
  return (
    <>
      <dl>
        <dt>Condition</dt>
        <dd>{conditionInWords(node)}</dd>
        <dt>State</dt>
        <dd>{node.state === '' ? '–' : node.state}</dd>
        {changed >= 0 && <ChangeRows index={changed} />}
        <dt>Queue</dt>
        <dd>
          {formatFigure(node.queue)} waiting, {formatFigure(node.serving)} in service
        </dd>
        <dt>Messages</dt>
        <dd>
          {formatFigure(node.sent)} sent, {formatFigure(node.received)} received
        </dd>
      </dl>
      <Offers offers={offersForNode(node)} />
    </>
  );
}

/** Buttons that interfere: each makes a branch at the cursor. */
function Offers({ offers }: { offers: readonly Offer[] }) {
  const playground = usePlayground();
  return (
    <div class="view-actions" role="group" aria-label="Interfere: makes a branch at the cursor">
      {offers.map(({ icon, title, deed }) => (
        <Button key={title} icon={icon} title="Makes a branch at the cursor" onClick={() => playground.interfere(deed)}>
          {title}
        </Button>
      ))}
    </div>
  );
}

function RingFacts({ name, node }: { name: string; node: boolean }) {
  const { trace, player } = usePlayground();
  const scene = ringSceneAt(trace.value, player.cursor.value);
  const index = node ? scene.findServer(name) : scene.findItem(name);
  if (index < 0) return <p class="quiet">It is not there yet.</p>;
  return <p>{node ? explainServer(scene, index) : explainItem(scene, index)}</p>;
}

function NodeLink({ name }: { name: string }) {
  const { selection } = usePlayground();
  return (
    <button type="button" class="link" onClick={() => (selection.value = { type: 'node', name })}>
      {name}
    </button>
  );
}

function EventList({ events, label }: { events: readonly number[]; label: string }) {
  const playground = usePlayground();
  return (
    <ol class="event-list" aria-label={label}>
      {events.map((index) => (
        <li key={index}>
          <button
            type="button"
            class="link"
            onClick={() => {
              playground.player.step(index - playground.player.cursor.value);
              playground.selection.value = { type: 'event', event: index };
            }}
          >
            <span class="quiet">{formatFigure(indexOf(playground.trace.value, index) + 1)}</span>{' '}
            {describeEvent(eventAt(playground.trace.value, index))}
          </button>
        </li>
      ))}
    </ol>
  );
}
