/** The run along a line: play, step, scrub, and marks to jump to. */
import { describeEvent, formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { Mark } from '../../labs/engine/scene/marks.ts';
import { eventAt } from '../../labs/engine/scene/trace-view.ts';
import { speeds, type SpeedId } from '../state/player.ts';
import type { KnownRun } from '../state/runs.ts';
import { Dropdown, Icon, IconButton } from '../ui/controls.tsx';
import { shortcutText, type ShortcutCommand } from '../ui/shortcuts.ts';
import { usePlayground } from './context.ts';

export function Timeline() {
  const playground = usePlayground();
  const { player } = playground;
  const length = player.length.value;
  // A run that failed before anything happened has no time to show.
  const run = playground.run.value;
  if (run === undefined || (run.failure && length === 0)) return null;
  const playing = player.playing.value;
  // The keys are contributed for the panel in the editor area.
  const keyOf = (command: ShortcutCommand): string | undefined =>
    playground.place.value === 'editor' ? shortcutText(command) : undefined;
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="transport">
        <IconButton icon="debug-restart" label="To the beginning" onClick={() => player.step(-length)} />
        <IconButton
          icon="chevron-left"
          label="To the previous mark"
          shortcut={keyOf('previousMark')}
          onClick={() => playground.jump(-1)}
        />
        <IconButton
          icon="debug-step-back"
          label="One event back"
          shortcut={keyOf('stepBack')}
          onClick={() => player.step(-1)}
        />
        <IconButton
          icon={playing ? 'debug-pause' : 'play'}
          label={playing ? 'Pause' : 'Play'}
          pressed={playing}
          shortcut={keyOf('play')}
          onClick={() => player.toggle()}
        />
        <IconButton
          icon="debug-step-over"
          label="One event on"
          shortcut={keyOf('step')}
          onClick={() => player.step(1)}
        />
        <IconButton
          icon="chevron-right"
          label="To the next mark"
          shortcut={keyOf('nextMark')}
          onClick={() => playground.jump(1)}
        />
        <Dropdown
          label="Speed"
          hideLabel
          value={player.speed.value}
          options={speeds}
          onChange={(speed) => (player.speed.value = speed as SpeedId)}
        />
      </div>
      <div class="scrubber">
        <Marks marks={playground.marks.value} length={length} />
        <Slider />
      </div>
      <Now />
      <Family />
    </section>
  );
}

function Slider() {
  const { player, trace } = usePlayground();
  const { cursor, length } = player;
  const share = length.value > 1 ? (100 * cursor.value) / (length.value - 1) : 0;
  const event = cursor.value < trace.value.length ? describeEvent(eventAt(trace.value, cursor.value)) : '';
  return (
    <input
      type="range"
      aria-label="Position in the run"
      aria-valuetext={`event ${formatFigure(cursor.value + 1)} of ${formatFigure(length.value)}: ${event}`}
      min={0}
      max={Math.max(0, length.value - 1)}
      step={1}
      value={cursor.value}
      style={{ '--done': `${share}%` }}
      disabled={length.value < 2}
      onInput={(event) => player.step(Number(event.currentTarget.value) - cursor.value)}
    />
  );
}

/** Marks that would lie on one another on the screen become one with all their texts. */
function Marks({ marks, length }: { marks: readonly Mark[]; length: number }) {
  const playground = usePlayground();
  const groups = new Map<number, Mark[]>();
  for (const mark of marks) {
    const place = Math.round((200 * mark.event) / Math.max(1, length - 1));
    groups.set(place, [...(groups.get(place) ?? []), mark]);
  }
  return (
    <div class="marks">
      {[...groups].map(([place, group]) => {
        const texts = group.slice(0, 6).map(({ text }) => text);
        const more = group.length > texts.length ? `, and ${group.length - texts.length} more` : '';
        return (
          <button
            key={place}
            type="button"
            tabIndex={-1}
            class={`mark ${toneOf(group)}`}
            style={{ left: `${place / 2}%` }}
            title={texts.join('\n') + more}
            aria-label={`Jump to: ${texts.join(', ')}${more}`}
            onClick={() => playground.player.step(group[0]!.event - playground.player.cursor.value)}
          />
        );
      })}
    </div>
  );
}

function toneOf(group: readonly Mark[]): string {
  for (const tone of ['broken', 'intervention', 'fault'] as const)
    if (group.some((mark) => mark.tone === tone)) return tone;
  return 'phase';
}

/** The run's branches and what it branched off: each one click away. */
function Family() {
  const playground = usePlayground();
  const runs = playground.runs.list.value;
  const root = rootOf(runs, playground.run.value);
  const family = runs.filter((run) => rootOf(runs, run)?.id === root?.id).reverse();
  if (family.length < 2) return null;
  return (
    <ul class="family" aria-label="Branches of this run">
      {family.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            aria-current={run.id === playground.shown.value ? 'true' : undefined}
            onClick={() => playground.open(run.id)}
          >
            <Icon name={run.summary.parent === undefined ? 'circle-large-outline' : 'git-branch'} /> {nameOf(run)}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The run that a family of branches began with. */
function rootOf(runs: readonly KnownRun[], run: KnownRun | undefined): KnownRun | undefined {
  let root = run;
  for (let depth = 0; root?.summary.parent !== undefined && depth < 100; depth++) {
    const parent = runs.find(({ id }) => id === root!.summary.parent);
    if (!parent) break;
    root = parent;
  }
  return root;
}

/** A branch by what was done last, to what; the one without is the original. */
function nameOf({ summary }: KnownRun): string {
  const last = summary.interventions.at(-1);
  if (!last || summary.parent === undefined) return 'Original';
  const target = Object.values(last.arguments).filter((value) => typeof value === 'string');
  return [last.action.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`), ...target].join(' ');
}

/** Where the cursor stands, in words. */
function Now() {
  const playground = usePlayground();
  const { player, trace } = playground;
  const at = player.cursor.value;
  void trace.value.revision.value; // the event at the cursor may come after the cursor
  if (trace.value.length === 0 || at >= trace.value.length) return <p class="now quiet">No events yet.</p>;
  const event = eventAt(trace.value, at);
  const simulated = playground.lab.value?.kind === 'simulated';
  return (
    <p class="now">
      <span class="quiet">
        {formatFigure(at + 1)} / {formatFigure(player.length.value)}
        {simulated && ` · ${formatDuration(event.time)}`}
      </span>{' '}
      <span class="now-text">{describeEvent(event)}</span>
    </p>
  );
}
