/** What moves the cursor: to the beginning, from mark to mark, from event to event, by itself at a speed. */
import { usePlayground } from '../state/context.ts';
import { speeds, speedInWords, type SpeedId } from '../state/player.ts';
import { Dropdown, IconButton } from '../ui/controls.tsx';
import { shortcutText, type ShortcutCommand } from '../ui/shortcuts.ts';

export function Transport() {
  const playground = usePlayground();
  const { player } = playground;
  const playing = player.playing.value;
  const words = speedInWords(player.speed.value, player.length.value);
  // The keys are contributed for the panel in the editor area.
  const keyOf = (command: ShortcutCommand): string | undefined =>
    playground.place.value === 'editor' ? shortcutText(command) : undefined;
  return (
    <div class="transport">
      <IconButton icon="debug-restart" label="To the beginning" onClick={() => playground.goTo(0)} />
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
      <IconButton icon="debug-step-over" label="One event on" shortcut={keyOf('step')} onClick={() => player.step(1)} />
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
        description={words}
        onChange={(speed) => (player.speed.value = speed as SpeedId)}
      />
      <span class="quiet speed-words" aria-hidden="true">
        {'seconds' in speeds.find(({ id }) => id === player.speed.value)! && words}
      </span>
    </div>
  );
}
