/** Lanes along time: what was let through and what was refused, levels and queues; the run it is compared with and other algorithms below. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import { formatDuration, formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { timelineSceneOf, type TimelineScene } from '../../../labs/engine/scene/timeline-scene.ts';
import { usePlayground } from '../../state/context.ts';
import type { KnownRun } from '../../state/runs.ts';
import { parametersOf, type Stacked } from '../../state/stack.ts';
import { TraceStore } from '../../trace/trace-store.ts';
import { useArrivals } from '../../ui/calm.ts';
import { Dropdown } from '../../ui/controls.tsx';
import { Lanes, type Span } from './lanes.tsx';
import { StackChoice } from './stack-choice.tsx';
import type { Stretch } from './timeline-paint.ts';

const zooms = [
  { id: '1', title: 'Whole run' },
  { id: '10', title: 'A tenth' },
  { id: '100', title: 'A hundredth' },
] as const;

export function TimelineView() {
  const playground = usePlayground();
  const { trace, comparedTrace, player, stack } = playground;
  const timed = playground.nature.value.clock !== 'operations';
  const zoom = useSignal('1');
  const width = useSignal(500);
  const frame = useRef<HTMLDivElement>(null);
  const arrivals = useArrivals();
  const scene = useComputed(() => {
    void arrivals.value;
    return timelineSceneOf(trace.value, timed);
  });
  const beside = useComputed(() => {
    if (!comparedTrace.value) return undefined;
    void comparedTrace.value.revision.value;
    return timelineSceneOf(comparedTrace.value, timed);
  });
  const below = useComputed((): Below[] =>
    stack.stacked.value.map((stacked) => {
      const store = stacked.run && playground.holding.traceOf(stacked.run.id);
      void store?.revision.value;
      return { ...stacked, scene: timelineSceneOf(store ?? noEvents, timed) };
    }),
  );
  const now = useComputed(() => scene.value.at(player.cursor.value));
  const scenes = useComputed(() => [
    scene.value,
    ...(beside.value ? [beside.value] : []),
    ...below.value.map((one) => one.scene),
  ]);
  /** What all of them fill together: one axis for all. */
  const extent = useComputed(() => {
    const filled = scenes.value.filter(({ length }) => length > 0);
    return {
      from: Math.min(...filled.map(({ from }) => from), scene.value.to),
      to: Math.max(...filled.map(({ to }) => to), scene.value.from),
    };
  });
  const stretch = useComputed((): Stretch => {
    const { from, to } = extent.value;
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
  const highest = scenes.value
    .flatMap(({ lanes }) => lanes)
    .reduce((most, { level }) => level.y.reduce((higher, y) => Math.max(higher, y), most), 1);
  const titleOf = (id: string | undefined): string =>
    byId(playground.lab.value?.algorithms ?? [], id)?.title ?? id ?? '';
  const algorithm = titleOf(playground.run.value?.summary.algorithm);
  const other = playground.runs.find(playground.compared.value)?.summary.algorithm;
  const span = spanOf(playground.lab.value, playground.run.value, scene.value.unit);
  const shared = { stretch, now, highest, seek, span, compact: below.value.length > 0 };
  const title =
    other === undefined ? (below.value.length > 0 || span ? algorithm : undefined) : `This run: ${algorithm}`;
  return (
    <div class="timeline-view">
      <div class="view-tools">
        <Dropdown label="Zoom" hideLabel value={zoom.value} options={zooms} onChange={(id) => (zoom.value = id)} />
        <Axis scene={scene.value} stretch={stretch.value} />
        <StackChoice stack={stack} />
      </div>
      <div ref={frame} class="timeline-width" />
      <Lanes {...shared} scene={scene.value} title={title} />
      {beside.value && <Lanes {...shared} scene={beside.value} title={`Compared with: ${titleOf(other)}`} />}
      {below.value.map(({ algorithm, run, scene }) => (
        <Lanes key={algorithm.id} {...shared} scene={scene} title={algorithm.title} mostLanes={4}>
          {run?.failure && <p class="failure-message">{run.failure.message}</p>}
          {!run || run.summary.state === 'running' ? <p class="quiet">Running…</p> : null}
        </Lanes>
      ))}
      {scene.value.lanes.length === 0 && <p class="quiet">Nothing was admitted, refused or served yet.</p>}
      {scene.value.untimed > 0 && (
        <p class="quiet">{formatFigure(scene.value.untimed)} later requests are not drawn: the results count them.</p>
      )}
      <p class="quiet timeline-key">
        Bars below: let through or served{scenes.value.some(hasDepartures) && ', where a queue passes them on'} ·
        crosses above: refused · area: level or queue, up to {formatFigure(highest)}
        {span && ` · frame: the busiest ${formatFigure(span.milliseconds)} ms`}
      </p>
    </div>
  );
}

/** An algorithm below the run on the screen, with what there is to be seen of it. */
interface Below extends Stacked {
  scene: TimelineScene;
}

const noEvents = new TraceStore();

function hasDepartures({ lanes }: TimelineScene): boolean {
  return lanes.some(({ departures }) => departures.length > 0);
}

/** Where the lab says by which of its parameters, and the axis is one of time. */
function spanOf(lab: LabEntry | undefined, run: KnownRun | undefined, unit: TimelineScene['unit']): Span | undefined {
  if (lab?.busiestWithin === undefined || !run || unit === 'operation') return undefined;
  const milliseconds = parametersOf(lab, run.summary.scenario, run.summary.parameters)[lab.busiestWithin];
  if (typeof milliseconds !== 'number' || !(milliseconds > 0)) return undefined;
  return { milliseconds, length: unit === 'ns' ? milliseconds * 1e6 : milliseconds };
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
