import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { shortcuts, shortcutText } from './shortcuts.ts';

interface Manifest {
  contributes: { keybindings: { command: string; key: string; mac?: string }[] };
}

test('tooltips name the keys that the manifest binds', async () => {
  const { contributes } = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const bound = contributes.keybindings.map(({ command, key, mac }) => [
    command.split('.').at(-1),
    { key, ...(mac === undefined ? {} : { mac }) },
  ]);
  assert.deepEqual(shortcuts, Object.fromEntries(bound));
});

test('keys are written as the system writes them', () => {
  assert.equal(shortcutText('nextMark', false), 'Alt+Shift+L');
  assert.equal(shortcutText('nextMark', true), '⌥⇧L');
  assert.equal(shortcutText('run', true), '⌘↩');
});
