import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { root } from '../folders.ts';
import { filesWithPathsOf, problemsOf, shippedSources } from './package-files.ts';

/** A package of one lab in which nothing is missing. */
const whole: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    main: './dist/extension.cjs',
    icon: 'media/icon.png',
    contributes: { walkthroughs: [{ steps: [{ media: { markdown: 'media/walkthrough/open.md' } }] }] },
  }),
  'README.md': '![A picture](media/readme/picture.png) and [more](CHANGELOG.md), [elsewhere](https://example.org/a.md)',
  'CHANGELOG.md': '',
  LICENSE: '',
  'media/icon.png': '',
  'media/readme/picture.png': '',
  'media/walkthrough/open.md': '',
  'labs/engine/index.ts': `export type { Plan } from './plan.ts';`,
  'labs/engine/plan.ts': '',
  'labs/hash/lab.ts': `import { Ring } from './ring.ts';\nimport { define } from 'system-design-labs/engine';`,
  'labs/hash/ring.ts': '',
  'labs/hash/theory.md': '',
  'labs/hash/templates/new-algorithm.ts': `import type { Hash } from '../hash.ts';`,
  'labs/hash/hash.ts': '',
  'labs/hash/exercises/1-first.ts': '',
  'labs/hash/exercises/solutions/1-first.ts': '',
  'dist/extension.cjs': `a("runner.mjs");b('engine.mjs');c(\`panel.js\`);d("panel-style.css");e("lab.bundle.mjs")`,
  'dist/cli.mjs': '',
  'dist/runner.mjs': '',
  'dist/engine.mjs': '',
  'dist/NOTICES.txt': '',
  'dist/types/node/index.d.ts': `/// <reference path="anything.d.ts" />`,
  'dist/types/undici-types/index.d.ts': '',
  'dist/catalogue.json': JSON.stringify([{ id: 'hash' }]),
  'dist/catalogue/hash.json': JSON.stringify({ id: 'hash', algorithms: [{ file: 'ring.ts' }], benchmarked: true }),
  'dist/labs/hash.mjs': '//# sourceMappingURL=hash.mjs.map',
  'dist/labs/hash.mjs.map': JSON.stringify({
    sources: ['node_modules/p/index.js', 'labs/engine/plan.ts', 'labs/hash/lab.ts'],
  }),
  'dist/benchmarks/hash.mjs': '',
  'dist/benchmarks/plans/hash.mjs': `import { hash } from './hash.ts';`,
  'dist/benchmarks/versions.json': JSON.stringify({ labs: '1', peers: { '@one/peer': '1' } }),
  'dist/peers/@one__peer.mjs': '',
  'dist/webview/panel-modules.json': '["chunk-A.js"]',
  'dist/webview/panel.js': `import{a}from"./chunk-A.js";const b=()=>import("./chunk-B.js");`,
  'dist/webview/chunk-A.js': '',
  'dist/webview/chunk-B.js': '',
  'dist/webview/panel-style.css': `@font-face { src: url("./codicon.ttf?123") } a { background: url(data:image/png;base64,) }`,
  'dist/webview/codicon.ttf': '',
};

async function folderOf(context: TestContext, files: Readonly<Record<string, string | undefined>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-package-'));
  context.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

test('a whole package has no problems, neither before it is packed nor as it is installed', async (context) => {
  assert.deepEqual(await problemsOf(await folderOf(context, whole)), []);
  const { 'README.md': readme, 'CHANGELOG.md': changes, LICENSE: licence, ...rest } = whole;
  const installed = {
    ...rest,
    'readme.md': readme,
    'changelog.md': changes,
    'LICENSE.txt': licence,
    '.vsixmanifest': '',
  };
  assert.deepEqual(await problemsOf(await folderOf(context, installed)), []);
});

test('each file that is missing is named, with who names it', async (context) => {
  const namedBy: Readonly<Record<string, string>> = {
    'dist/extension.cjs': 'the list of what ships',
    'dist/runner.mjs': 'dist/extension.cjs',
    'dist/webview/panel.js': 'dist/extension.cjs',
    'dist/webview/chunk-B.js': 'dist/webview/panel.js',
    'dist/webview/codicon.ttf': 'dist/webview/panel-style.css',
    'dist/catalogue/hash.json': 'dist/catalogue.json',
    'dist/labs/hash.mjs.map': 'dist/catalogue/hash.json',
    'dist/benchmarks/plans/hash.mjs': 'dist/catalogue/hash.json',
    'dist/peers/@one__peer.mjs': 'dist/benchmarks/versions.json',
    'labs/engine/plan.ts': 'labs/engine/index.ts',
    'labs/hash/hash.ts': 'labs/hash/templates/new-algorithm.ts',
    'media/readme/picture.png': 'README.md',
    'media/walkthrough/open.md': 'package.json',
  };
  for (const [name, by] of Object.entries(namedBy)) {
    const problems = await problemsOf(await folderOf(context, { ...whole, [name]: undefined }));
    assert.ok(problems.includes(`${name} is missing: ${by} names it`), `${name}: ${problems.join('; ')}`);
  }
});

test('a map that names its sources from where it was built is found out', async (context) => {
  const map = JSON.stringify({ sources: ['../../../../labs/hash/lab.ts'] });
  assert.deepEqual(await problemsOf(await folderOf(context, { ...whole, 'dist/labs/hash.mjs.map': map })), [
    '../../../../labs/hash/lab.ts is missing: dist/labs/hash.mjs.map names it',
  ]);
});

test('a built file that holds a path of the source tree is found out', async (context) => {
  const runner = `load("${path.join('/home/me/tree/labs/hash/lab.ts')}")`;
  const folder = await folderOf(context, { ...whole, 'dist/runner.mjs': runner });
  assert.deepEqual(await filesWithPathsOf(path.join('/home/me/tree'), folder), ['dist/runner.mjs']);
  assert.deepEqual(await filesWithPathsOf(path.join('/home/you/tree'), folder), []);
});

test('what nothing names is out of place, and so is what serves tests', async (context) => {
  const stray = {
    'labs/hash/notes.ts': '',
    'labs/hash/ring.test.ts': '',
    'labs/hash/exercises/draft.ts': '',
    'dist/meta.json': '',
    'dist/webview/chunk-C.js': '',
    'labs/hash/ring.ts': `import './testing/world.ts';`,
    'labs/hash/testing/world.ts': '',
  };
  assert.deepEqual(await problemsOf(await folderOf(context, { ...whole, ...stray })), [
    'dist/meta.json is out of place: nothing names it',
    'dist/webview/chunk-C.js is out of place: nothing names it',
    'labs/hash/exercises/draft.ts is out of place: nothing names it',
    'labs/hash/notes.ts is out of place: nothing names it',
    'labs/hash/ring.test.ts is a test, or only for tests',
    'labs/hash/ring.test.ts is out of place: nothing names it',
    'labs/hash/testing/world.ts is a test, or only for tests',
  ]);
});

test('of a lab ships what its declaration, theory, template and exercises lead to, and nothing that lies beside it', async (context) => {
  const beside = { 'labs/hash/notes.ts': '', 'labs/hash/benchmark/plan.ts': '', 'labs/hash/ring.test.ts': '' };
  const tree = await folderOf(context, { ...whole, ...beside, 'media/icon.svg': '', 'CONTRIBUTING.md': '' });
  assert.deepEqual(
    await shippedSources(tree),
    Object.keys(whole)
      .filter((name) => !name.startsWith('dist/'))
      .sort(),
  );
});

test('the types of the engine ship whole: a learner’s copy is checked against them', async () => {
  const shipped = await shippedSources(root);
  assert.ok(shipped.includes('labs/engine/benchmark/benchmark.ts'));
  assert.deepEqual(
    shipped.filter((name) => /\.test\.ts$|\/testing\/|^labs\/(?!engine)[^/]+\/benchmark\//.test(name)),
    [],
  );
});
