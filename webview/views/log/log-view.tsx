/** Events as text, with a filter and a search: the text equal of every picture. Only the lines in sight exist. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { describeEvent, formatDuration, formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { filterLog, groupsIn, kindInWords, type LogGroup } from '../../../labs/engine/scene/log.ts';
import { eventAt, indexOf } from '../../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../../state/context.ts';
import { useArrivals } from '../../ui/calm.ts';
import { Dropdown, IconButton, TextField } from '../../ui/controls.tsx';
import { useKeepInSight } from '../../ui/keep-in-sight.ts';

/** Height of a line, in CSS pixels at a font size of 13: the style sheet has the same. */
const lineHeight = 22;
/** Lines that a copy holds at most. */
const maxCopied = 5000;

export function LogView() {
  const playground = usePlayground();
  const { trace, player } = playground;
  const group = useSignal<LogGroup | 'all'>('all');
  const search = useSignal('');
  const arrivals = useArrivals();
  const rows = useComputed(() => {
    void arrivals.value;
    return filterLog(trace.value, { group: group.value, search: search.value });
  });
  const groups = useComputed(() => {
    void arrivals.value;
    return groupsIn(trace.value);
  });
  const scrolled = useSignal(0);
  const height = useSignal(300);
  const list = useRef<HTMLDivElement>(null);
  const prefix = useId();

  /** The line of the cursor: the last one at or before it. */
  const current = useComputed(() => lastAtOrBefore(rows.value, player.cursor.value));

  useEffect(() => {
    const size = new ResizeObserver(() => (height.value = list.current?.clientHeight ?? 300));
    size.observe(list.current!);
    return () => size.disconnect();
  }, []);
  const onScroll = useKeepInSight({
    box: list,
    cursor: player.cursor.value,
    at: Math.max(0, current.value) * lineHeight,
    above: 0,
    below: lineHeight,
    playing: player.playing.value,
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height.value / lineHeight) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined || event.altKey) return;
    event.preventDefault();
    const line = Math.min(rows.value.length - 1, Math.max(0, current.value + by));
    go(rows.value[line]);
  };
  const go = (row: number | undefined): void => {
    if (row !== undefined) player.step(row - player.cursor.value);
  };

  const first = Math.max(0, Math.floor(scrolled.value / lineHeight) - 5);
  const last = Math.min(rows.value.length, Math.ceil((scrolled.value + height.value) / lineHeight) + 5);
  const timed = playground.nature.value.clock !== 'operations';
  return (
    <div class="log-view">
      <div class="log-tools">
        <TextField
          label="Search the log"
          hideLabel
          placeholder="Search the log"
          value={search.value}
          onInput={(text) => (search.value = text)}
        />
        <Dropdown
          label="Kinds of events"
          hideLabel
          value={group.value}
          options={[{ id: 'all', title: 'all events' }, ...groups.value.map((id) => ({ id, title: id }))]}
          onChange={(id) => (group.value = id as LogGroup | 'all')}
        />
        <span class="quiet" role="status">
          {formatFigure(rows.value.length)} of {formatFigure(trace.value.length)}
        </span>
        <IconButton
          icon="copy"
          label={`Copy the filtered log (at most ${formatFigure(maxCopied)} lines)`}
          onClick={() =>
            playground.errands.copy(
              rows.value
                .slice(0, maxCopied)
                .map((row) => `${indexOf(trace.value, row) + 1}\t${describeEvent(eventAt(trace.value, row))}`)
                .join('\n'),
            )
          }
        />
      </div>
      <div
        ref={list}
        class="log-list"
        role="listbox"
        tabIndex={0}
        aria-label="Events; up and down move the cursor"
        aria-activedescendant={
          current.value >= first && current.value < last ? `${prefix}-${current.value}` : undefined
        }
        onScroll={(event) => {
          scrolled.value = event.currentTarget.scrollTop;
          onScroll();
        }}
        onKeyDown={onKeyDown}
      >
        <div class="log-space" role="presentation" style={{ height: `${rows.value.length * lineHeight}px` }}>
          {rows.value.slice(first, last).map((row, i) => {
            const event = eventAt(trace.value, row);
            const line = first + i;
            return (
              <div
                key={row}
                id={`${prefix}-${line}`}
                role="option"
                aria-selected={line === current.value}
                aria-setsize={rows.value.length}
                aria-posinset={line + 1}
                class={`log-line${row > player.cursor.value ? ' ahead' : ''} kind-${kindInWords(event.kind).replace(' ', '-')}`}
                style={{ top: `${line * lineHeight}px` }}
                onClick={() => {
                  go(row);
                  playground.selection.value = { type: 'event', event: row };
                }}
              >
                <span class="log-number">{formatFigure(indexOf(trace.value, row) + 1)}</span>
                <span class="log-time">{timed ? formatDuration(event.time) : `op ${formatFigure(event.time)}`}</span>
                <span class="log-text">{describeEvent(event)}</span>
              </div>
            );
          })}
        </div>
      </div>
      {rows.value.length === 0 && <p class="quiet">No event has these words.</p>}
    </div>
  );
}

function lastAtOrBefore(rows: readonly number[], cursor: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! <= cursor) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
