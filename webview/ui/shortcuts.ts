/** The panel's keys, for tooltips. The manifest binds them; a test holds the two together. */

/** What a key does: the names of the panel's commands. */
export type ShortcutCommand = 'run' | 'stop' | 'play' | 'step' | 'stepBack' | 'nextMark' | 'previousMark';

/** As the manifest has them; `mac` where it differs. */
export const shortcuts: Readonly<Record<ShortcutCommand, { key: string; mac?: string }>> = {
  run: { key: 'ctrl+enter', mac: 'cmd+enter' },
  stop: { key: 'shift+escape' },
  play: { key: 'alt+k' },
  step: { key: 'alt+l' },
  stepBack: { key: 'alt+j' },
  nextMark: { key: 'alt+shift+l' },
  previousMark: { key: 'alt+shift+j' },
};

const macKeys: Readonly<Record<string, string>> = {
  cmd: '⌘',
  alt: '⌥',
  shift: '⇧',
  ctrl: '⌃',
  enter: '↩',
  escape: '⎋',
};

/** A key as people read it: `Alt+Shift+L`, on a Mac `⌥⇧L`. */
export function shortcutText(command: ShortcutCommand, onMac = /Mac/.test(navigator.userAgent)): string {
  const { key, mac } = shortcuts[command];
  const parts = ((onMac ? mac : undefined) ?? key).split('+');
  const capital = (part: string): string => part[0]!.toUpperCase() + part.slice(1);
  return onMac ? parts.map((part) => macKeys[part] ?? capital(part)).join('') : parts.map(capital).join('+');
}
