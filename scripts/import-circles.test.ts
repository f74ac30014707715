import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { filesMatching } from './files.ts';
import { root } from './folders.ts';
import { circlesIn, importsOf } from './import-circles.ts';

const inSimulation = (names: string): string[] => names.split(' ').map((name) => `labs/engine/simulation/${name}.ts`);

/** The files among which there may be circles. */
const knots: readonly (readonly [why: string, files: readonly string[]])[] = [
  ['what a lab declares names what the lab has', ['answer', 'lab', 'tour'].map((name) => `labs/engine/lab/${name}.ts`)],
  [
    'the simulator is one machine: its parts are functions over the whole of it',
    inSimulation(
      'action-arguments actions checks context disk effects in-flight link-troubles network node-conditions observer ' +
        'random-faults simulation stations workloads',
    ),
  ],
  [
    'the playground hands itself to whoever keeps its state',
    ['kept-state', 'playground'].map((name) => `webview/state/${name}.ts`),
  ],
];

test('no files import each other in a circle, types included', async () => {
  const files = await filesMatching(
    ['extension', 'labs', 'webview', 'scripts', 'test'].map((folder) => `${folder}/**/*.{ts,tsx,js,mjs}`),
  );
  const texts = await Promise.all(files.map((file) => readFile(path.join(root, file), 'utf8')));
  const graph = new Map(files.map((file, i) => [file, importsOf(file, texts[i]!)]));
  assert.ok(graph.get('labs/rate-limiting/lab.ts')!.includes('labs/engine/index.ts'), 'imports are found');
  const isKnown = (circle: readonly string[]): boolean =>
    knots.some(([, knot]) => circle.every((file) => knot.includes(file)));
  const circles = circlesIn(graph).filter((circle) => !isKnown(circle));
  assert.deepEqual(
    circles.map((circle) =>
      circle.map((file) => ({ file, imports: graph.get(file)!.filter((one) => circle.includes(one)) })),
    ),
    [],
    'Move what they share into a file of its own. A knot that cannot be undone stands in this test, with why.',
  );
});

test('imports and exports are found, of types too, and what is loaded when it is wanted is none', () => {
  const text = [
    `import { a } from './a.ts';`,
    `import type { B } from '../b.ts';`,
    `import {\n  c,\n  type C,\n} from './deep/c.tsx';`,
    `import './d.ts';`,
    `export * from './e.ts';`,
    `export type { F } from './f.ts';`,
    `import path from 'node:path';`,
    `import { randomSource } from 'system-design-labs/engine';`,
    `export const text = 'not from';`,
    `const later = await import('./later.ts');`,
    `export class Sentence {\n  text = 'it comes from';\n}`,
  ];
  assert.deepEqual(importsOf('labs/one/x.ts', text.join('\n')), [
    'labs/one/a.ts',
    'labs/b.ts',
    'labs/one/deep/c.tsx',
    'labs/one/d.ts',
    'labs/one/e.ts',
    'labs/one/f.ts',
    'labs/engine/index.ts',
  ]);
});

test('circles are found whole, each once', () => {
  const circles = (graph: Record<string, string>): string[] =>
    circlesIn(new Map(Object.entries(graph).map(([file, imported]) => [file, [...imported]]))).map((one) =>
      one.join(''),
    );
  assert.deepEqual(circles({ a: 'bc', b: 'c', c: '' }), []);
  assert.deepEqual(circles({ a: 'b', b: 'a' }), ['ab']);
  assert.deepEqual(circles({ a: 'a' }), ['a']);
  assert.deepEqual(circles({ a: 'b', b: 'c', c: 'ad', d: 'e', e: 'd', f: 'a' }), ['abc', 'de']);
  assert.deepEqual(circles({ a: 'b', b: 'cd', c: 'b', d: 'a' }), ['abcd'], 'two circles with a file in common');
});
