/** Times along the top of the lanes; dragging them moves the window. */
import { useRef } from 'preact/hooks';
import type { TimelineModel } from './model.ts';
import { shareOf } from './span.ts';
import { characterWidth, ticksOf } from './ticks.ts';

export function Axis({ model, width }: { model: TimelineModel; width: number }) {
  const span = model.window.value;
  const dragged = useRef(0);
  return (
    <div
      class={model.isZoomed.value ? 'axis zoomed' : 'axis'}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0 || !model.isZoomed.value) return;
        dragged.current = event.clientX;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        model.pan((dragged.current - event.clientX) / width);
        dragged.current = event.clientX;
      }}
    >
      {ticksOf(span, width, model.unit.value).map(({ place, text }) => {
        const x = shareOf(span, place) * width;
        // At the end there may be room for the tick only.
        return (
          <span key={place} class="tick" style={{ left: `${x}px` }}>
            {x + 4 + characterWidth * text.length <= width && text}
          </span>
        );
      })}
    </div>
  );
}
