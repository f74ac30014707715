/** One run's lanes above one another, with the stretch marked in which most was let through. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { busiestStretch, type Stretch as BusiestStretch } from '../../../labs/engine/scene/busiest.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { describeLane, type TimelineLane, type TimelineScene } from '../../../labs/engine/scene/timeline-scene.ts';
import { watchTheme } from '../../ui/theme.ts';
import { readPalette, seriesColour } from '../../ui/palette.ts';
import { laneHeight, paintLane, type Stretch } from './timeline-paint.ts';

/** The length over which the busiest stretch is marked. */
export interface Span {
  milliseconds: number;
  /** In the unit of the axis. */
  length: number;
}

interface LanesProps {
  scene: TimelineScene;
  stretch: ReadonlySignal<Stretch>;
  /** The x of the cursor. */
  now: ReadonlySignal<number>;
  highest: number;
  title: string | undefined;
  seek: (x: number) => void;
  span: Span | undefined;
  /** Many stand above one another: each takes less room. */
  compact: boolean;
  /** Of one section; all where left out. */
  mostLanes?: number;
  children?: ComponentChildren;
}

export function Lanes(props: LanesProps) {
  const { scene, stretch, now, highest, title, seek, span, compact, mostLanes = Infinity, children } = props;
  const { from, to, width } = stretch.value;
  const share = Math.min(1, Math.max(0, (now.value - from) / Math.max(Number.EPSILON, to - from)));
  const busiest = span && busiestLane(scene.lanes, span.length);
  const lanes = scene.lanes.filter((lane, n) => n < mostLanes || lane === busiest?.lane);
  const left = scene.more + scene.lanes.length - lanes.length;
  return (
    <section class="lanes" aria-label={title ?? 'Lanes'}>
      {title !== undefined && (
        <h2>
          {title}
          {busiest && (
            <span class="quiet">
              {' '}
              at most {formatFigure(busiest.stretch.count)} within {formatFigure(span!.milliseconds)} ms
            </span>
          )}
        </h2>
      )}
      {children}
      <div
        class="lanes-body"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          seek(from + ((event.clientX - box.left) / width) * (to - from));
        }}
      >
        {lanes.map((lane, i) => (
          <Lane
            key={lane.name}
            lane={lane}
            number={i}
            stretch={stretch.value}
            highest={highest}
            height={laneHeight(lanes.length, compact)}
            busiest={lane === busiest?.lane ? busiest.stretch : undefined}
            named={title === undefined || lanes.length > 1}
          />
        ))}
        <div class="lanes-ahead" style={{ left: `${100 * share}%` }} />
      </div>
      {left > 0 && <p class="quiet">{left === 1 ? 'One more is' : `${formatFigure(left)} more are`} not shown.</p>}
    </section>
  );
}

/** The lane on which most was let through within a length, and where. */
function busiestLane(
  lanes: readonly TimelineLane[],
  length: number,
): { lane: TimelineLane; stretch: BusiestStretch } | undefined {
  let busiest: { lane: TimelineLane; stretch: BusiestStretch } | undefined;
  for (const lane of lanes) {
    const stretch = busiestStretch(lane.departures.length > 0 ? lane.departures : lane.admitted.x, length);
    if (stretch && stretch.count > (busiest?.stretch.count ?? 0)) busiest = { lane, stretch };
  }
  return busiest;
}

interface LaneProps {
  lane: TimelineLane;
  number: number;
  stretch: Stretch;
  highest: number;
  height: number;
  busiest: BusiestStretch | undefined;
  /** Whether its name is written on it: where a section has one lane only, its title says enough. */
  named: boolean;
}

function Lane({ lane, number, stretch, highest, height, busiest, named }: LaneProps) {
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
    paintLane(context, lane, { stretch, highest, height, busiest, colour: seriesColour(palette, number), palette });
  }, [lane, stretch, highest, height, busiest?.from, busiest?.count, theme.value]);
  return (
    <div class="timeline-lane">
      {named && <span class="lane-name">{lane.name}</span>}
      <canvas
        ref={canvas}
        role="img"
        aria-label={describeLane(lane)}
        style={{ width: `${stretch.width}px`, height: `${height}px` }}
      />
    </div>
  );
}
