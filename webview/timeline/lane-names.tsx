/** The names of the lanes: choosing one shows that run at the same moment. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/controls.tsx';
import { maxMarks } from '../../labs/engine/scene/marks.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { nameOfLane, type Lane } from './lanes.ts';
import type { Measures } from './measures.ts';
import type { TimelineModel } from './model.ts';

export function LaneNames({ model, measures }: { model: TimelineModel; measures: Measures }) {
  const { lanes, shown } = model.lanes.value;
  const list = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) list.current?.querySelector<HTMLElement>('[aria-checked=true]')?.focus({ preventScroll: true });
    moved.current = false;
  }, [shown]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = lanes.length - 1;
    const next = { ArrowDown: shown + 1, ArrowUp: shown - 1, Home: 0, End: last }[event.key];
    if (next === undefined || event.altKey) return;
    event.preventDefault();
    if (next < 0 || next > last) return;
    moved.current = true;
    model.showLane(next);
  };
  const titled = (lane: Lane): string => nameOfLane(lane, model.unit.value);
  return (
    <div
      ref={list}
      class="branch-names"
      role="radiogroup"
      aria-label="The run and its branches: which is on the screen"
      onKeyDown={onKeyDown}
    >
      {lanes.map((lane, number) => {
        const limited =
          (lane.outline?.marks.length ?? 0) >= maxMarks ? `, its first ${formatFigure(maxMarks)} marks` : '';
        const events = `${formatFigure(lane.run.events)} events${limited}`;
        const from = lane.parent < 0 ? '' : `, branch of ${titled(lanes[lane.parent]!)}`;
        return (
          <button
            key={lane.run.id}
            type="button"
            role="radio"
            class="branch-name"
            aria-checked={number === shown}
            tabIndex={number === shown ? 0 : -1}
            style={{ top: `${number * measures.lane}px` }}
            title={`${titled(lane)}\n${events}${from}`}
            aria-label={`${titled(lane)}; ${events}${from}`}
            onClick={() => model.showLane(number)}
          >
            <Icon name={lane.parent < 0 ? 'circle-large-outline' : 'git-branch'} />
            <span>{titled(lane)}</span>
          </button>
        );
      })}
    </div>
  );
}
