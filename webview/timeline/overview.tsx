/** The whole run as a bar, and on it the window that is in view: dragged as a scroll bar is. */
import { useRef } from 'preact/hooks';
import type { TimelineModel } from './model.ts';
import { shareOf } from './span.ts';

export function Overview({ model }: { model: TimelineModel }) {
  const bar = useRef<HTMLDivElement>(null);
  /** Where in the window the pointer took hold of it: 0 at its beginning, 1 at its end. */
  const hold = useRef(0.5);
  const { bounds, window } = model;
  const from = shareOf(bounds.value, window.value.from);
  const share = shareOf(bounds.value, window.value.to) - from;
  const cursor = Math.min(1, Math.max(0, shareOf(bounds.value, model.place.value)));
  const shareUnder = (event: PointerEvent): number => {
    const { left, width } = bar.current!.getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  const drag = (event: PointerEvent): void => model.pan((shareUnder(event) - hold.current * share - from) / share);
  return (
    <div
      ref={bar}
      class={model.isZoomed.value ? 'overview zoomed' : 'overview'}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0 || !model.isZoomed.value) return;
        const along = (shareUnder(event) - from) / share;
        hold.current = along >= 0 && along <= 1 ? along : 0.5;
        bar.current!.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (bar.current!.hasPointerCapture(event.pointerId)) drag(event);
      }}
    >
      <span class="overview-window" style={{ left: `${100 * from}%`, width: `max(8px, ${100 * share}%)` }} />
      <span class="overview-cursor" style={{ left: `${100 * cursor}%` }} />
    </div>
  );
}
