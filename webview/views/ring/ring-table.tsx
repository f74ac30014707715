/** The ring as tables: the same content for keyboard and screen reader, and for who likes figures better. */
import { useSignal, type Signal } from '@preact/signals';
import type { Action } from '../../../labs/engine/lab/lab.ts';
import { formatFigure, formatPosition } from '../../../labs/engine/scene/event-text.ts';
import { serverRows } from '../../../labs/engine/scene/ring-words.ts';
import { usePlayground } from '../../state/context.ts';
import { useCalm } from '../../ui/calm.ts';
import { seriesStyle } from '../../ui/series.ts';
import type { PaintedRing } from './painted-ring.ts';

/** Rows that are added at a time. */
const page = 50;

interface RingTableProps {
  painted: Signal<PaintedRing | undefined>;
  /** What can be done to a server. */
  actions: readonly Action[];
}

export function RingTable({ painted, actions }: RingTableProps) {
  const open = useSignal(false);
  return (
    <details class="as-table" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>Servers and keys as tables</summary>
      {open.value && <Tables painted={painted} actions={actions} />}
    </details>
  );
}

function Tables({ painted, actions }: RingTableProps) {
  const ring = useCalm(painted, 250);
  if (!ring) return null;
  return (
    <>
      <ServerTable ring={ring} actions={actions} />
      <KeyTable ring={ring} />
    </>
  );
}

function ServerTable({ ring: { scene }, actions }: { ring: PaintedRing; actions: readonly Action[] }) {
  const playground = usePlayground();
  const shown = useSignal(page);
  const rows = serverRows(scene);
  return (
    <>
      <table>
        <caption>Servers ({formatFigure(scene.presentServers)})</caption>
        <thead>
          <tr>
            <th scope="col">Server</th>
            <th scope="col" class="figure">
              Keys
            </th>
            <th scope="col" class="figure">
              Share
            </th>
            {scene.hasPoints && (
              <th scope="col" class="figure">
                Points
              </th>
            )}
            <th scope="col" class="figure">
              Gained
            </th>
            {actions.length > 0 && <th scope="col">Actions</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown.value).map(({ server, name, present, load, share, points, gained }) => (
            <tr key={server}>
              <th scope="row">
                <span class="swatch" style={seriesStyle(server)} /> {name}
                {!present && <span class="quiet"> has left</span>}
              </th>
              <td class="figure">{formatFigure(load)}</td>
              <td class="figure">{(100 * share).toFixed(1)} %</td>
              {scene.hasPoints && <td class="figure">{formatFigure(points)}</td>}
              <td class="figure">{formatFigure(gained)}</td>
              {actions.length > 0 && (
                <td>
                  {(present ? actions : []).map((action) => (
                    <button
                      key={action.id}
                      type="button"
                      class="link"
                      aria-label={`${action.title}: ${name}`}
                      onClick={() => playground.interfere({ action, target: { node: name } })}
                    >
                      {action.title}
                    </button>
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={shown} of={rows.length} what="servers" />
    </>
  );
}

function KeyTable({ ring: { scene } }: { ring: PaintedRing }) {
  const shown = useSignal(page);
  const { position, owner, previous } = scene.items;
  // Those that have just moved are what one looks for.
  const order = position
    .map((_, item) => item)
    .sort((a, b) => Number(scene.hasMoved(b)) - Number(scene.hasMoved(a)) || a - b);
  return (
    <>
      <table>
        <caption>Keys ({formatFigure(order.length)}), moved ones first</caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" class="figure">
              Position
            </th>
            <th scope="col">Owner</th>
            <th scope="col">Moved from</th>
          </tr>
        </thead>
        <tbody>
          {order.slice(0, shown.value).map((item) => (
            <tr key={item} class={scene.hasMoved(item) ? 'moved' : ''}>
              <th scope="row">{scene.itemName(item)}</th>
              <td class="figure">{formatPosition(position[item]!)}</td>
              <td>{scene.servers[owner[item]!]!.name}</td>
              <td>{scene.hasMoved(item) ? scene.servers[previous[item]!]!.name : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={shown} of={order.length} what="keys" />
    </>
  );
}

function More({ shown, of, what }: { shown: Signal<number>; of: number; what: string }) {
  if (shown.value >= of) return null;
  return (
    <button type="button" class="link" onClick={() => (shown.value += page)}>
      {formatFigure(of - shown.value)} more {what}: show the next {Math.min(page, of - shown.value)}
    </button>
  );
}
