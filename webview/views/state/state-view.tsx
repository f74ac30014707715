/** Every node's state as a table, what the last event changed marked. */
import { useRef } from 'preact/hooks';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { clusterSceneAt, type ClusterNode, type ClusterScene } from '../../../labs/engine/scene/cluster-scene.ts';
import type { TraceView } from '../../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../../state/context.ts';
import { conditionInWords } from '../../state/words.ts';
import { useCalm } from '../../ui/calm.ts';
import { seriesStyle } from '../../ui/series.ts';

export function StateView() {
  const playground = usePlayground();
  const { trace, player, selection } = playground;
  const cursor = useCalm(player.cursor, 60);
  void trace.value.revision.value;
  const earlier = useRef<{ trace: TraceView; scene: ClusterScene }>(undefined);
  const scene = clusterSceneAt(
    trace.value,
    cursor,
    earlier.current?.trace === trace.value ? earlier.current.scene : undefined,
  );
  earlier.current = { trace: trace.value, scene };
  const { nodes } = scene;
  if (nodes.length === 0) return <p class="quiet">No node has appeared yet.</p>;
  // Columns that no node has anything in would only take room.
  const columns = optional.filter(({ of }) => nodes.some((node) => of(node) !== 0));
  return (
    <div class="state-view">
      <table>
        <caption class="visually-hidden">State of every node at the cursor</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Condition</th>
            <th scope="col">State</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" class="figure">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node, i) => (
            <tr key={node.name} class={node.changedAt === cursor ? 'changed' : ''}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  onClick={() => (selection.value = { type: 'node', name: node.name })}
                >
                  <span class="swatch" style={seriesStyle(i)} />
                  {node.name}
                </button>
              </th>
              <td class={node.condition === 'up' ? '' : 'ill'}>{conditionInWords(node)}</td>
              <td>{node.state === '' ? '–' : node.state}</td>
              {columns.map(({ title, of }) => (
                <td key={title} class="figure">
                  {formatFigure(of(node))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const optional: readonly { title: string; of: (node: ClusterNode) => number }[] = [
  { title: 'Queue', of: ({ queue }) => queue },
  { title: 'In service', of: ({ serving }) => serving },
  { title: 'Served', of: ({ served }) => served },
  { title: 'Rejected', of: ({ rejected }) => rejected },
  { title: 'Sent', of: ({ sent }) => sent },
  { title: 'Received', of: ({ received }) => received },
];
