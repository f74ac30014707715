/** Lanes along time: what was let through and what was refused, levels and queues; the run it is compared with below. */
import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatDuration, formatFigure } from '../../../labs/engine/scene/event-text.ts';
import {
  describeLane,
  timelineSceneOf,
  type TimelineLane,
  type TimelineScene,
} from '../../../labs/engine/scene/timeline-scene.ts';
import { usePlayground } from '../../app/context.ts';
import { useArrivals } from '../../ui/calm.ts';
import { Dropdown } from '../../ui/controls.tsx';
import { watchTheme } from '../../ui/theme.ts';
import { readPalette, seriesColour } from '../ring/palette.ts';
import { laneHeight, paintLane, type Stretch } from './timeline-paint.ts';

const zooms = [
  { id: '1', title: 'Whole run' },
  { id: '10', title: 'A tenth' },
  { id: '100', title: 'A hundredth' },
] as const;

export function TimelineView() {
  const playground = usePlayground();
  const { trace, comparedTrace, player } = playground;
  const simulated = playground.lab.value?.kind === 'simulated';
  const zoom = useSignal('1');
  const width = useSignal(500);
  const frame = useRef<HTMLDivElement>(null);
  const arrivals = useArrivals();
  const scene = useComputed(() => {
    void arrivals.value;
    return timelineSceneOf(trace.value, simulated);
  });
  const beside = useComputed(() => {
    if (!comparedTrace.value) return undefined;
    void comparedTrace.value.revision.value;
    return timelineSceneOf(comparedTrace.value, simulated);
  });
  const now = useComputed(() => scene.value.at(player.cursor.value));
  const stretch = useComputed((): Stretch => {
    const { from, to } = scene.value;
    const part = (to - from) / Number(zoom.value);
    // In steps of half a window, so that the picture moves now and then and not with every event.
    const step = part / 2;
    const begin =
      zoom.value === '1' ? from : from + Math.max(0, Math.floor((now.value - from) / step) * step - step / 2);
    return { from: Math.min(begin, to - part), to: Math.min(begin, to - part) + part, width: width.value };
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => (width.value = Math.max(100, frame.current?.clientWidth ?? 500)));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);

  /** Puts the cursor on the last event at or before an x. */
  const seek = (x: number): void => {
    const { at, length } = scene.value;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(middle) <= x) low = middle + 1;
      else high = middle;
    }
    player.step(Math.max(0, low - 1) - player.cursor.peek());
  };
  const highest = [...scene.value.lanes, ...(beside.value?.lanes ?? [])].reduce(
    (most, { level }) => level.y.reduce((higher, y) => Math.max(higher, y), most),
    1,
  );
  const algorithm = playground.run.value?.summary.algorithm;
  const other = playground.runs.find(playground.compared.value)?.summary.algorithm;
  return (
    <div class="timeline-view">
      <div class="view-tools">
        <Dropdown label="Zoom" hideLabel value={zoom.value} options={zooms} onChange={(id) => (zoom.value = id)} />
        <Axis scene={scene.value} stretch={stretch.value} />
      </div>
      <div ref={frame} class="timeline-width" />
      <Lanes
        {...{ scene, stretch, now, highest, seek }}
        title={other === undefined ? undefined : `This run: ${algorithm}`}
      />
      {beside.value && (
        <Lanes
          {...{ stretch, now, highest, seek }}
          scene={beside as ReadonlySignal<TimelineScene>}
          title={`Compared with: ${other}`}
        />
      )}
      {scene.value.lanes.length === 0 && <p class="quiet">Nothing was admitted, refused or served yet.</p>}
      <p class="quiet timeline-key">
        Bars below: let through or served · crosses above: refused · area: level or queue, up to {formatFigure(highest)}
      </p>
    </div>
  );
}

function Axis({ scene, stretch }: { scene: TimelineScene; stretch: Stretch }) {
  const format = (x: number): string =>
    scene.unit === 'ns'
      ? formatDuration(Math.round(x))
      : scene.unit === 'ms'
        ? `${formatFigure(Math.round(x))} ms`
        : formatFigure(Math.round(x));
  return (
    <span class="quiet">
      {scene.unit === 'operation' && 'operations '}
      {format(stretch.from)} – {format(stretch.to)}
    </span>
  );
}

interface LanesProps {
  scene: ReadonlySignal<TimelineScene>;
  stretch: ReadonlySignal<Stretch>;
  /** The x of the cursor. */
  now: ReadonlySignal<number>;
  highest: number;
  title: string | undefined;
  seek: (x: number) => void;
}

function Lanes({ scene, stretch, now, highest, title, seek }: LanesProps) {
  const { from, to, width } = stretch.value;
  const share = Math.min(1, Math.max(0, (now.value - from) / Math.max(Number.EPSILON, to - from)));
  return (
    <section class="lanes" aria-label={title ?? 'Lanes'}>
      {title !== undefined && <h2>{title}</h2>}
      <div
        class="lanes-body"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          seek(from + ((event.clientX - box.left) / width) * (to - from));
        }}
      >
        {scene.value.lanes.map((lane, i) => (
          <Lane
            key={lane.name}
            lane={lane}
            number={i}
            stretch={stretch.value}
            highest={highest}
            height={laneHeight(scene.value.lanes.length)}
          />
        ))}
        <div class="lanes-ahead" style={{ left: `${100 * share}%` }} />
      </div>
      {scene.value.more > 0 && <p class="quiet">{formatFigure(scene.value.more)} more are not shown.</p>}
    </section>
  );
}

interface LaneProps {
  lane: TimelineLane;
  number: number;
  stretch: Stretch;
  highest: number;
  height: number;
}

function Lane({ lane, number, stretch, highest, height }: LaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSignal(0);
  useEffect(() => watchTheme(() => theme.value++), []);
  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext('2d');
    if (!context) return;
    const scale = window.devicePixelRatio || 1;
    element.width = Math.round(stretch.width * scale);
    element.height = Math.round(height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const palette = readPalette(element);
    paintLane(context, lane, stretch, highest, seriesColour(palette, number), palette, height);
  }, [lane, stretch, highest, height, theme.value]);
  return (
    <div class="timeline-lane">
      <span class="lane-name">{lane.name}</span>
      <canvas
        ref={canvas}
        role="img"
        aria-label={describeLane(lane)}
        style={{ width: `${stretch.width}px`, height: `${height}px` }}
      />
    </div>
  );
}
