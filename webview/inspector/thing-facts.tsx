/** A node, an item, a link: what the picture says of it, what can be done to it, what happened to it. */
import { lastStateChange } from '../../labs/engine/scene/change.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventsAbout } from '../../labs/engine/scene/log.ts';
import { ringSceneAt } from '../../labs/engine/scene/ring-scene.ts';
import { explainItem, explainServer } from '../../labs/engine/scene/ring-words.ts';
import { usePlayground } from '../state/context.ts';
import { offersForLink, offersForNode } from '../state/actions.ts';
import { conditionInWords } from '../state/words.ts';
import { useCalm } from '../ui/calm.ts';
import { ConcerningChecks } from './concerning-checks.tsx';
import { ChangeRows } from './event-facts.tsx';
import { EventList } from './event-list.tsx';
import { Offers } from './offers.tsx';
import { useCluster } from './use-cluster.ts';

/** A node or an item. */
export function ThingFacts({ name, node }: { name: string; node: boolean }) {
  const playground = usePlayground();
  const trace = playground.trace.value;
  const cursor = useCalm(playground.player.cursor, 100);
  const actions = node ? (playground.lab.value?.actions ?? []).filter(({ target }) => target === 'node') : [];
  const events = eventsAbout(trace, name, cursor);
  return (
    <>
      <h2>{name}</h2>
      {playground.views.draws('ring') && <RingFacts name={name} node={node} />}
      {node && playground.nature.value.clock !== 'operations' && <NodeFacts name={name} />}
      {actions.length > 0 && (
        <Offers offers={actions.map((action) => ({ title: action.title, deed: { action, target: { node: name } } }))} />
      )}
      {node && <ConcerningChecks concerns={{ node: name }} />}
      <h3>What happened to it, the latest first</h3>
      <EventList events={events} label={`Events of ${name}`} />
    </>
  );
}

export function LinkFacts({ from, to }: { from: string; to: string }) {
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
  const scene = useCluster();
  const number = scene.nodes.findIndex((one) => one.name === name);
  const node = scene.nodes[number];
  if (!node) return <p class="quiet">It is not there yet.</p>;
  const changed = lastStateChange(trace.value, name, player.cursor.value);
  const neighbours = scene.pairs
    .filter((pair) => pair.includes(number))
    .map(([a, b]) => scene.nodes[a === number ? b : a]!.name);
  return (
    <>
      <dl>
        <dt>Condition</dt>
        <dd>{conditionInWords(node)}</dd>
        <dt>State</dt>
        <dd>{node.state === '' ? '–' : node.state}</dd>
        {changed >= 0 && <ChangeRows row={changed} />}
        <dt>Queue</dt>
        <dd>
          {formatFigure(node.queue)} waiting, {formatFigure(node.serving)} in service
        </dd>
        <dt>Messages</dt>
        <dd>
          {formatFigure(node.sent)} sent, {formatFigure(node.received)} received
        </dd>
        {node.unsafeWrites > 0 && (
          <>
            <dt>Disk</dt>
            <dd>
              {formatFigure(node.unsafeWrites)} {node.unsafeWrites === 1 ? 'write' : 'writes'} not yet safe
            </dd>
          </>
        )}
        {neighbours.length > 0 && (
          <>
            <dt>Links</dt>
            <dd>
              <Links name={name} neighbours={neighbours} />
            </dd>
          </>
        )}
      </dl>
      <Offers offers={offersForNode(node)} />
    </>
  );
}

/** Neighbours that are listed: a proxy has a hundred. */
const mostLinks = 12;

/** A node's links, each one click away: to cut it, to lose what goes over it. */
function Links({ name, neighbours }: { name: string; neighbours: readonly string[] }) {
  const { selection } = usePlayground();
  return (
    <ul class="link-list">
      {neighbours.slice(0, mostLinks).map((other) => (
        <li key={other}>
          <button
            type="button"
            class="link"
            aria-label={`Link to ${other}`}
            onClick={() => (selection.value = { type: 'link', from: name, to: other })}
          >
            {other}
          </button>
        </li>
      ))}
      {neighbours.length > mostLinks && <li class="quiet">and {neighbours.length - mostLinks} more</li>}
    </ul>
  );
}

function RingFacts({ name, node }: { name: string; node: boolean }) {
  const { trace, player } = usePlayground();
  const scene = ringSceneAt(trace.value, player.cursor.value);
  const index = node ? scene.findServer(name) : scene.findItem(name);
  if (index < 0) return <p class="quiet">It is not there yet.</p>;
  return <p>{node ? explainServer(scene, index) : explainItem(scene, index)}</p>;
}
