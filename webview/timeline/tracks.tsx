/** Axis, lanes and overview: what the pointer does on them, and what a keyboard and a screen reader have in their place. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { describeEvent, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventAt, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { Axis } from './axis.tsx';
import { LaneLines, Playhead } from './lane-lines.tsx';
import { LaneNames } from './lane-names.tsx';
import { sideBySide, stacked, stackedBelow } from './measures.ts';
import { Marks } from './marks.tsx';
import type { TimelineModel } from './model.ts';
import { Overview } from './overview.tsx';
import { placeAt, shareOf } from './span.ts';

export function Tracks({ model }: { model: TimelineModel }) {
  const tracks = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const width = useSignal(400);
  const { lanes, shown, more } = model.lanes.value;
  const room = useSignal(Infinity);
  const measures = lanes.length > 1 && room.value < stackedBelow ? stacked : sideBySide;
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      width.value = Math.max(50, field.current?.clientWidth ?? 400);
      room.value = tracks.current?.clientWidth ?? Infinity;
    };
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      // What is measured decides the layout: in the next frame, so that it is not measured again in this one.
      frame = requestAnimationFrame(measure);
    });
    observer.observe(field.current!);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  // Where there are more lanes than fit, the one that is looked at is in sight.
  const scroll = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = scroll.current!;
    const top = shown * measures.lane;
    if (top < box.scrollTop || top + measures.lane > box.scrollTop + box.clientHeight) {
      box.scrollTop = top - (box.clientHeight - measures.lane) / 2;
    }
  }, [shown, lanes.length, measures]);

  const placeUnder = (clientX: number): number => {
    const { left, width } = field.current!.getBoundingClientRect();
    return placeAt(model.window.value, Math.min(1, Math.max(0, (clientX - left) / width)));
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest('button')) return;
    const row = Math.floor((event.clientY - field.current!.getBoundingClientRect().top) / measures.lane);
    // Another lane is looked at first, at the same moment; dragging moves the cursor on the one that is shown.
    if (lanes[row] && !lanes[row].taken) return model.showLane(row);
    field.current!.setPointerCapture(event.pointerId);
    model.scrub(placeUnder(event.clientX));
    field.current!.querySelector('input')!.focus({ preventScroll: true });
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (field.current!.hasPointerCapture(event.pointerId)) model.scrub(placeUnder(event.clientX));
  };
  const onWheel = (event: WheelEvent): void => {
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (sideways !== 0 && Math.abs(event.deltaX) >= Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      if (!model.isZoomed.value) return;
      model.pan(sideways / width.value);
    } else {
      // Out beyond the whole: the page may scroll.
      if (event.deltaY > 0 && !model.isZoomed.value) return;
      model.zoom(
        Math.exp(Math.min(1, Math.max(-1, event.deltaY * (event.ctrlKey ? 0.01 : 0.002)))),
        placeUnder(event.clientX),
      );
    }
    event.preventDefault();
  };
  return (
    <div
      ref={tracks}
      class={['tracks', lanes.length > 1 && 'with-lanes', measures === stacked && 'stacked'].filter(Boolean).join(' ')}
    >
      <Axis model={model} width={width.value} />
      <div class="lanes-scroll" ref={scroll}>
        {lanes.length > 1 && <LaneNames model={model} measures={measures} />}
        <div
          ref={field}
          class="scrubber"
          style={{ height: `${Math.max(1, lanes.length) * measures.lane}px` }}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onWheel={onWheel}
        >
          <LaneLines model={model} width={width.value} measures={measures} />
          <Marks model={model} width={width.value} measures={measures} />
          <Playhead model={model} measures={measures} />
          <Position model={model} />
        </div>
      </div>
      <Overview model={model} />
      {more > 0 && (
        <p class="quiet more-lanes">
          {formatFigure(more)} more {more === 1 ? 'branch is' : 'branches are'} under Runs.
        </p>
      )}
    </div>
  );
}

/** The cursor for keyboard and screen reader: a slider over events, behind the picture. */
function Position({ model }: { model: TimelineModel }) {
  const { player, trace, holding } = usePlayground();
  const { cursor, length, begin } = player;
  const inView = useId();
  const event = cursor.value < trace.value.length ? describeEvent(eventAt(trace.value, cursor.value)) : '';
  const onKeyDown = (key: KeyboardEvent): void => {
    const direction = { ArrowRight: 1, ArrowLeft: -1, PageUp: 1, PageDown: -1 }[key.key];
    if (direction === undefined || key.altKey) return;
    if (key.shiftKey && key.key.startsWith('Arrow')) {
      model.pan(direction / 4);
      model.tell();
    } else if (key.key.startsWith('Page')) {
      // A tenth of what is in view, an event at least.
      const place = placeAt(model.window.value, shareOf(model.window.value, model.place.value) + direction / 10);
      const by = model.eventAt(place) - cursor.value;
      player.step(by === 0 ? direction : by);
    } else return;
    key.preventDefault();
  };
  return (
    <>
      <input
        type="range"
        aria-label="Position in the run"
        aria-valuetext={`event ${formatFigure(indexOf(trace.value, cursor.value) + 1)} of ${formatFigure(holding.length)}: ${event}`}
        aria-describedby={inView}
        min={begin.value}
        max={Math.max(0, length.value - 1)}
        step={1}
        value={cursor.value}
        disabled={length.value < 2}
        onKeyDown={onKeyDown}
        onInput={(event) => player.step(Number(event.currentTarget.value) - cursor.value)}
      />
      <span id={inView} class="visually-hidden">
        {model.inView.value} Plus and minus zoom, 0 shows all, Shift with left or right moves the view.
      </span>
    </>
  );
}
