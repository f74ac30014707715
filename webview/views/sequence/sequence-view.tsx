/** The space-time diagram: any length, because only what is in sight is drawn. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { sequenceSceneOf } from '../../../labs/engine/scene/sequence-scene.ts';
import { usePlayground } from '../../state/context.ts';
import { useArrivals } from '../../ui/calm.ts';
import { Dropdown } from '../../ui/controls.tsx';
import { useKeepInSight } from '../../ui/keep-in-sight.ts';
import { seriesStyle } from '../../ui/series.ts';
import { layOutSequence, partInSight, placeOf } from './sequence-layout.ts';
import { SequencePicture } from './sequence-picture.tsx';

/** Drawn above and below what is in sight, so that scrolling shows no edge. */
const beyond = 200;

export function SequenceView() {
  const playground = usePlayground();
  const { trace, player, selection } = playground;
  const spacing = useSignal<'even' | 'scale'>('even');
  const box = useRef<HTMLDivElement>(null);
  const size = useSignal({ width: 600, height: 400 });
  const scrolled = useSignal(0);
  const arrivals = useArrivals();
  const scene = useComputed(() => {
    void arrivals.value;
    return sequenceSceneOf(trace.value);
  });
  const layout = useComputed(() =>
    layOutSequence(scene.value, trace.value, size.value.width, spacing.value === 'scale'),
  );

  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(
      () => (size.value = { width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const onScroll = useKeepInSight({
    box,
    cursor: player.cursor.value,
    at: layout.value.y(player.cursor.value),
    above: 40,
    below: 60,
    playing: player.playing.value,
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    const { rows } = scene.value;
    if (event.altKey || rows.length === 0) return;
    if (event.key === 'Enter') selection.value = { type: 'event', event: player.cursor.value };
    else if (by !== undefined) {
      const place = Math.min(rows.length - 1, Math.max(0, placeOf(rows, player.cursor.value) + by));
      player.step(rows[place]! - player.cursor.value);
    } else return;
    event.preventDefault();
  };

  const top = Math.max(0, scrolled.value - beyond);
  const bottom = Math.min(layout.value.height, scrolled.value + size.value.height + beyond);
  const { lanes, messages } = scene.value;
  const lost = messages.filter(({ outcome }) => outcome === 'lost').length;
  return (
    <div class="sequence-view">
      <div class="view-tools">
        <Dropdown
          label="Spacing"
          hideLabel
          value={spacing.value}
          options={[
            { id: 'even', title: 'Evenly spaced' },
            { id: 'scale', title: 'Time to scale' },
          ]}
          onChange={(id) => (spacing.value = id as 'even' | 'scale')}
        />
        <span class="quiet">
          {formatFigure(lanes.length)} nodes, {formatFigure(messages.length)} messages
          {lost > 0 && `, ${formatFigure(lost)} lost`}
        </span>
      </div>
      <div
        ref={box}
        class="sequence-box"
        role="application"
        aria-roledescription="space-time diagram"
        aria-label="Messages between nodes over time. Up and down move the cursor from event to event; the log has the same in words."
        tabIndex={0}
        onScroll={(event) => {
          scrolled.value = event.currentTarget.scrollTop;
          onScroll();
        }}
        onKeyDown={onKeyDown}
      >
        <div class="lane-heads" style={{ width: `${layout.value.width}px` }}>
          {lanes.map((name, lane) => (
            <button
              key={name}
              type="button"
              tabIndex={-1}
              class="lane-head"
              style={{ left: `${layout.value.x(lane)}px`, maxWidth: `${layout.value.step - 6}px` }}
              title={name}
              onClick={() => (selection.value = { type: 'node', name })}
            >
              <span class="swatch" style={seriesStyle(lane)} />
              {name}
            </button>
          ))}
        </div>
        <svg class="sequence" width={layout.value.width} height={layout.value.height} aria-hidden="true">
          <SequencePicture
            scene={scene.value}
            layout={layout.value}
            part={partInSight(scene.value, layout.value, top, bottom)}
            top={top}
            bottom={bottom}
            cursor={player.cursor.value}
            selected={selection.value && 'event' in selection.value ? selection.value.event : -1}
            onSelect={(event) => {
              selection.value = { type: 'event', event };
            }}
          />
        </svg>
      </div>
    </div>
  );
}
