/** How evenly the keys are spread: a bar a server while they are few, a histogram of loads when they are many. */
import type { Signal } from '@preact/signals';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { leftBehind, loadHistogram, serverRows } from '../../../labs/engine/scene/ring-words.ts';
import { seriesStyle } from '../../ui/series.ts';
import { useCalm } from '../../ui/calm.ts';
import type { PaintedRing } from './painted-ring.ts';
import type { RingHit } from './ring-geometry.ts';

/** Up to here every server has a bar of its own. */
const maxBars = 24;

interface LoadChartProps {
  painted: Signal<PaintedRing | undefined>;
  pointed: Signal<RingHit | undefined>;
}

export function LoadChart({ painted, pointed }: LoadChartProps) {
  const ring = useCalm(painted, 80);
  if (!ring || ring.scene.presentServers === 0) return null;
  const { scene } = ring;
  const mean = scene.items.number.length / scene.presentServers;
  return (
    <figure class="load-chart">
      <figcaption>
        Keys per server <span class="quiet">mean {formatFigure(mean)}</span>
      </figcaption>
      {scene.presentServers <= maxBars ? (
        <Bars ring={ring} mean={mean} pointed={pointed} />
      ) : (
        <Histogram ring={ring} mean={mean} />
      )}
    </figure>
  );
}

interface BarsProps {
  ring: PaintedRing;
  mean: number;
  pointed: Signal<RingHit | undefined>;
}

function Bars({ ring: { scene }, mean, pointed }: BarsProps) {
  const rows = serverRows(scene);
  const most = Math.max(1, mean, ...rows.map(({ load }) => load));
  const hit = pointed.value;
  const lit = hit?.type === 'server' ? hit.server : hit?.type === 'item' ? scene.items.owner[hit.item] : -1;
  return (
    <ul class="bars">
      {rows.map(({ server, name, present, load, gained }) => (
        <li
          key={server}
          class={[server === lit && 'lit', !present && 'gone'].filter(Boolean).join(' ')}
          title={present ? undefined : `${name} has left: these keys have not been looked up again yet`}
          onPointerEnter={() => (pointed.value = { type: 'server', server })}
          onPointerLeave={() => (pointed.value = undefined)}
        >
          <span class="bar-name">
            <span class="swatch" style={seriesStyle(server)} />
            {name}
          </span>
          <span class="bar-track">
            <span class="bar" style={{ ...seriesStyle(server), width: `${(100 * load) / most}%` }} />
            <span class="bar-mean" style={{ left: `${(100 * mean) / most}%` }} />
          </span>
          <span class="bar-figure">
            {formatFigure(load)}
            {gained > 0 && <span class="gained"> +{formatFigure(gained)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

const width = 220;
const height = 110;

function Histogram({ ring: { scene }, mean }: { ring: PaintedRing; mean: number }) {
  const bins = loadHistogram(scene, 24);
  const left = leftBehind(scene);
  const tallest = Math.max(1, ...bins.map(({ servers }) => servers));
  const step = width / Math.max(1, bins.length);
  const top = (bins.at(-1)?.to ?? 0) + 1;
  const words = bins.map(({ from, to, servers }) => `${servers} servers with ${from === to ? from : `${from}–${to}`}`);
  return (
    <>
      <svg
        class="histogram"
        viewBox={`0 0 ${width} ${height + 18}`}
        role="img"
        aria-label={`Servers by number of keys: ${words.join(', ')}`}
      >
        {bins.map(({ from, servers }, i) => {
          const tall = (height * servers) / tallest;
          return (
            <rect
              key={from}
              x={i * step + 0.5}
              y={height - tall}
              width={Math.max(1, step - 1)}
              height={tall}
              class="bin"
            >
              <title>{words[i]}</title>
            </rect>
          );
        })}
        <line x1={0} y1={height + 0.5} x2={width} y2={height + 0.5} class="axis" />
        <line x1={(width * mean) / top} y1={0} x2={(width * mean) / top} y2={height} class="mean" />
        <text x={0} y={height + 14}>
          0
        </text>
        <text x={width} y={height + 14} text-anchor="end">
          {formatFigure(top - 1)} keys
        </text>
      </svg>
      <p class="quiet">
        {formatFigure(scene.presentServers)} servers; the tallest bar is {formatFigure(tallest)} of them.
        {left > 0 && ` ${formatFigure(left)} keys have not been looked up again since their server left.`}
      </p>
    </>
  );
}
