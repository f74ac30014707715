/** The run along a line of time: play, step, scrub, zoom; marks to jump to; its branches as lanes beside it. */
import { useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { describeEvent, formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventAt, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { WholeRun } from './whole-run.tsx';
import { useArrivals } from '../ui/calm.ts';
import { IconButton } from '../ui/controls.tsx';
import { TimelineModel } from './model.ts';
import { Tracks } from './tracks.tsx';
import { Transport } from './transport.tsx';

export function Timeline() {
  const playground = usePlayground();
  const model = useMemo(() => new TimelineModel(playground), [playground]);
  const arrivals = useArrivals();
  useSignalEffect(() => {
    void arrivals.value;
    void playground.shown.value;
    model.outlineShown();
  });
  // A run that failed before anything happened has no time to show.
  const run = playground.run.value;
  if (run === undefined || (run.failure && playground.player.length.value === 0)) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    const inDropdown = (event.target as Element).closest('vscode-dropdown') !== null;
    if (inDropdown || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') model.zoomIn();
    else if (event.key === '-' || event.key === '_') model.zoomOut();
    else if (event.key === '0') model.zoomAll();
    else return;
    event.preventDefault();
    model.tell();
  };
  return (
    <section class="timeline" aria-label="Timeline" onKeyDown={onKeyDown}>
      <Transport />
      <Now />
      <div class="zoom-tools" role="group" aria-label="Zoom">
        <IconButton icon="zoom-out" label="Zoom out" shortcut="−" onClick={() => model.zoomOut()} />
        <IconButton icon="zoom-in" label="Zoom in" shortcut="+" onClick={() => model.zoomIn()} />
        <IconButton icon="screen-full" label="Show the whole run" shortcut="0" onClick={() => model.zoomAll()} />
      </div>
      <Tracks model={model} />
      <WholeRun />
    </section>
  );
}

/** Where the cursor stands, in words. */
function Now() {
  const playground = usePlayground();
  const { player, trace } = playground;
  const at = player.cursor.value;
  void trace.value.revision.value; // the event at the cursor may come after the cursor
  if (trace.value.length === 0 || at >= trace.value.length) return <p class="now quiet">No events yet.</p>;
  const event = eventAt(trace.value, at);
  const timed = playground.nature.value.clock !== 'operations';
  return (
    <p class="now">
      <span class="quiet">
        {formatFigure(indexOf(trace.value, at) + 1)} / {formatFigure(playground.holding.length)}
        {timed && ` · ${formatDuration(event.time)}`}
      </span>{' '}
      <span class="now-text">{describeEvent(event)}</span>
    </p>
  );
}
