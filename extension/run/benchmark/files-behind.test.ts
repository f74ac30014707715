import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceFile } from '../program/prepared.ts';
import { filesBehind, versionOf } from './files-behind.ts';

/** A copy of a lab, with some of its files changed. */
function lab(folder: string, changes: Record<string, string> = {}) {
  const texts: Record<string, string> = {
    'lab.ts': `import { Ring } from './ring.ts'; import { Jump } from './jump.ts';`,
    'ring.ts': `import { points } from './circle';\nimport type { Placement } from "./placement.ts";`,
    'circle.ts': `export * from './deep/sort.js';`,
    'deep/sort.ts': `import './../ring.ts';`,
    'jump.ts': `import { thing } from 'system-design-labs/engine';`,
    'placement.ts': '',
    'hash.ts': '',
  };
  return Object.entries({ ...texts, ...changes }).map(([name, text]) => sourceFile(`${folder}/${name}`, text));
}

const plan = `import { murmur3 } from "./hash.ts"; import { definePeer } from "system-design-labs/engine";`;
const names = (files: readonly { file: string }[]): string => files.map(({ file }) => file).join(' ');

test('the files behind an algorithm are its own, what it imports, and what the plan hands to it', () => {
  const ring = filesBehind(lab('/home/one/consistent-hashing'), 'ring.ts', plan);
  assert.equal(names(ring), 'circle.ts deep/sort.ts hash.ts placement.ts ring.ts');
  assert.equal(names(filesBehind(lab('sdlabs:/consistent-hashing'), 'jump.ts', plan)), 'hash.ts jump.ts');
});

test('where the file of an algorithm is not known every file counts', () => {
  assert.equal(filesBehind(lab('/copy'), 'moved.ts', plan).length, 7);
});

test('a text has the same name wherever it lies, and another after any edit behind it', () => {
  const version = (folder: string, changes?: Record<string, string>): string =>
    versionOf(filesBehind(lab(folder, changes), 'ring.ts', plan));
  assert.equal(version('/copy'), version('C:\\copy\\consistent-hashing'));
  assert.notEqual(version('/copy', { 'hash.ts': '// faster' }), version('/copy'));
  assert.notEqual(version('/copy', { 'deep/sort.ts': '' }), version('/copy'));
  assert.equal(version('/copy', { 'jump.ts': '// edited' }), version('/copy'));
});
