/** Nodes and links in space: how each node is, queues that fill, messages that travel. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import {
  clusterSceneAt,
  progressOf,
  type ClusterNode,
  type ClusterScene,
  type Flight,
} from '../../../labs/engine/scene/cluster-scene.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import type { TraceView } from '../../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../../state/context.ts';
import { conditionInWords } from '../../state/words.ts';
import { useArrivals, useCalm } from '../../ui/calm.ts';
import { seriesFill } from '../../ui/series.ts';
import { hubOf, layOutCluster, type ClusterLayout } from './cluster-layout.ts';

/** Jobs of a queue that are drawn one by one; of more, the figure stands beside them. */
const maxJobs = 12;

export function ClusterView() {
  const playground = usePlayground();
  const { trace, player, selection } = playground;
  const box = useRef<HTMLDivElement>(null);
  const size = useSignal({ width: 640, height: 420 });
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(
      () => (size.value = { width: element.clientWidth, height: Math.max(300, element.clientHeight) }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const cursor = useCalm(player.cursor, 30);
  const phase = useCalm(player.phase, 30);
  void trace.value.revision.value;
  const earlier = useRef<{ trace: TraceView; scene: ClusterScene }>(undefined);
  const scene = clusterSceneAt(
    trace.value,
    cursor,
    earlier.current?.trace === trace.value ? earlier.current.scene : undefined,
  );
  earlier.current = { trace: trace.value, scene };
  // In slow motion messages go on between two events.
  const next = phase > 0 && !playground.reducedMotion.value ? trace.value.columns.time[cursor + 1] : undefined;
  const time = next === undefined ? scene.time : scene.time + phase * (next - scene.time);
  // From the whole run, not from the cursor: nodes must not jump while it is played.
  const arrivals = useArrivals();
  const hub = useComputed(() => {
    void arrivals.value;
    const { nodes, pairs } = clusterSceneAt(trace.value, trace.value.length - 1);
    return hubOf(nodes.length, pairs);
  });
  const layout = layOutCluster(scene.nodes.length, hub.value, size.value.width, size.value.height);
  const selected = selection.value?.type === 'node' ? selection.value.name : undefined;
  return (
    <div class="cluster-view">
      <p class="quiet">
        Nodes: {formatFigure(scene.nodes.length)} · on their way: {formatFigure(scene.flights.length)}
        {scene.links.length > 0 && ` · links out of order: ${formatFigure(scene.links.length)}`}
      </p>
      <div ref={box} class="cluster-box">
        <svg
          width={layout.width}
          height={layout.height}
          role="group"
          aria-label="Nodes; the state view has the same as a table"
        >
          <Links scene={scene} layout={layout} />
          {scene.flights.map((flight) => (
            <Message key={flight.send} flight={flight} layout={layout} time={time} />
          ))}
          {scene.nodes.map((node, i) => (
            <Node
              key={node.name}
              node={node}
              number={i}
              layout={layout}
              changed={node.changedAt === cursor}
              selected={node.name === selected}
            />
          ))}
        </svg>
      </div>
    </div>
  );
}

function Links({ scene, layout: { places } }: { scene: ClusterScene; layout: ClusterLayout }) {
  const { selection } = usePlayground();
  return (
    <g class="links">
      {scene.pairs.map(([a, b]) => {
        const trouble = scene.links.find(
          (link) => (link.from === a && link.to === b) || (link.from === b && link.to === a),
        );
        const ends = { x1: places[a]!.x, y1: places[a]!.y, x2: places[b]!.x, y2: places[b]!.y };
        const [from, to] = [scene.nodes[a]!.name, scene.nodes[b]!.name];
        return (
          <g
            key={`${a} ${b}`}
            class={`link-line ${trouble?.trouble ?? ''}`}
            onClick={() => (selection.value = { type: 'link', from, to })}
          >
            <title>{`${from} – ${to}${trouble ? `: ${trouble.trouble}` : ''}`}</title>
            <line {...ends} class="hit" />
            <line {...ends} />
            {trouble && (
              <text x={(ends.x1 + ends.x2) / 2} y={(ends.y1 + ends.y2) / 2 - 5} text-anchor="middle">
                {trouble.trouble}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Message({ flight, layout, time }: { flight: Flight; layout: ClusterLayout; time: number }) {
  const { selection } = usePlayground();
  const from = layout.places[flight.from]!;
  const to = layout.places[flight.to]!;
  const along = progressOf(flight, time) * (flight.lost ? 0.6 : 1);
  // Between the boxes, not below them.
  const share = 0.14 + 0.72 * along;
  const x = from.x + (to.x - from.x) * share;
  const y = from.y + (to.y - from.y) * share;
  return (
    <g
      class={flight.lost ? 'flight lost' : 'flight'}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      onClick={() => (selection.value = { type: 'event', event: flight.send })}
    >
      <title>{flight.label}</title>
      <circle r={5} style={{ fill: seriesFill(flight.from) }} />
      <text x={8} y={4}>
        {flight.label}
      </text>
    </g>
  );
}

interface NodeProps {
  node: ClusterNode;
  number: number;
  layout: ClusterLayout;
  changed: boolean;
  selected: boolean;
}

function Node({ node, number, layout: { places, box }, changed, selected }: NodeProps) {
  const { selection } = usePlayground();
  const { x, y } = places[number]!;
  const left = x - box.width / 2;
  const top = y - box.height / 2;
  const room = Math.floor(box.width / 7.4);
  const words = node.condition === 'up' && node.slowness === 1 ? node.state : conditionInWords(node);
  const choose = (): void => {
    selection.value = { type: 'node', name: node.name };
  };
  const classes = ['node', node.condition, changed && 'changed', selected && 'selected'].filter(Boolean).join(' ');
  return (
    <g
      class={classes}
      role="button"
      tabindex={0}
      aria-label={`${node.name} ${words}; ${conditionInWords(node)}, queue ${node.queue}`}
      onClick={choose}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && choose()}
    >
      <rect x={left} y={top} width={box.width} height={box.height} rx={5} />
      <rect x={left} y={top} width={4} height={box.height} rx={2} class="stripe" style={{ fill: seriesFill(number) }} />
      <text x={left + 11} y={top + 18} class="node-name">
        {short(node.name, room)}
      </text>{' '}
      <text x={left + 11} y={top + 34} class="node-state">
        {short(words, room)}
      </text>
      <g class="queue">
        {Array.from({ length: Math.min(maxJobs, node.queue + node.serving) }, (_, i) => (
          <rect
            key={i}
            x={left + 11 + i * 7}
            y={top + 41}
            width={5}
            height={7}
            rx={1}
            class={i < node.serving ? 'in-service' : 'waiting'}
          />
        ))}
        {node.queue + node.serving > maxJobs && (
          <text x={left + 11 + maxJobs * 7 + 2} y={top + 48}>
            {formatFigure(node.queue + node.serving)}
          </text>
        )}
      </g>
    </g>
  );
}

function short(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
