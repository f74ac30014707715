import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describeLab, type LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { findImplementations } from '../../labs/engine/lab/discovery.ts';
import type { Lab } from '../../labs/engine/lab/lab.ts';
import { createCopy } from './create-copy.ts';
import { bundledFiles, type Product } from './layout.ts';
import { idChecker, writeNewAlgorithm, type NewAlgorithmPlace } from './new-algorithm.ts';

const extensionPath = path.resolve(import.meta.dirname, '../..');
const product: Product = { extensionPath, version: '1.0.0' };
const folders = await readdir(path.join(extensionPath, 'labs'));
const labs = folders.filter((name) => existsSync(path.join(extensionPath, 'labs', name, 'lab.ts')));

let root: string;
before(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'sdl-new-algorithm-'));
  await createCopy(root, labs, product);
});
after(() => rm(root, { recursive: true }));

const declarationOf = async (id: string): Promise<Lab> =>
  ((await import(pathToFileURL(path.join(extensionPath, 'labs', id, 'lab.ts')).href)) as { default: Lab }).default;

async function placeOf(id: string): Promise<NewAlgorithmPlace & { lab: LabEntry }> {
  return { root, lab: describeLab(await declarationOf(id)), product };
}

for (const id of labs) {
  test(`${id}: an algorithm of one's own compiles to one implementation, from a template that no copy holds`, async () => {
    const place = await placeOf(id);
    const file = await writeNewAlgorithm(place, 'my-first-idea');
    const text = await readFile(file, 'utf8');
    const found = findImplementations(text, place.lab.contracts).map(({ name }) => name);
    assert.deepEqual(found, ['MyFirstIdea']);
    assert.match(text, /^\/\*\*\n \* My first idea: /);
    assert.doesNotMatch(text, /new.?algorithm|\.\.\//i);
    assert.ok((await bundledFiles(product, id)).every((name) => !name.startsWith('templates/')));
    assert.ok(place.lab.algorithms.every((algorithm) => algorithm.export !== 'NewAlgorithm'));
  });
}

test('a copy with an algorithm of one’s own in every lab is free of problems', async () => {
  for (const id of labs) await writeNewAlgorithm(await placeOf(id), 'my-second-idea');
  const project = path.join(root, '.system-design-labs/tsconfig.json');
  const text = await readFile(project, 'utf8');
  // The built extension brings Node's types along; here they are where they come from.
  await writeFile(
    project,
    text.replaceAll(/"[^"]*\/dist\/types"/g, JSON.stringify(`${extensionPath}/node_modules/@types`)),
  );
  const tsc = path.join(extensionPath, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', root], { cwd: root, encoding: 'utf8' });
  const said = await run.catch((error: { stdout: string }) => error);
  // What it has to say of the engine's own files is not about the copy.
  assert.deepEqual(
    said.stdout.split('\n').filter((line) => /^[\w-]+\//.test(line)),
    [],
  );
});

describe('a name', () => {
  const complaint = async (id: string): Promise<string> =>
    (await idChecker(await placeOf('rate-limiting')))(id) ?? 'fine';

  test('is written with small letters, digits and hyphens', async () => {
    for (const id of [
      '',
      'Mine',
      'my_idea',
      'my idea',
      '-mine',
      'mine-',
      'my--idea',
      '2nd',
      '../mine',
      'mine.ts',
      'idée',
    ]) {
      assert.match(await complaint(id), /^Use small letters/, id);
    }
    assert.equal(await complaint('second-try-2'), 'fine');
  });

  test('is short, and legal on every system', async () => {
    assert.match(await complaint('a'.repeat(41)), /at most 40/);
    assert.match(await complaint('con'), /Windows/);
  });

  test('is not taken, by an algorithm, a file or a class', async () => {
    for (const id of ['gcra', 'fixed-window', 'lab', 'limiter', 'new-algorithm']) {
      assert.match(await complaint(id), /already/, id);
    }
    assert.match(await complaint('rate-limiter'), /class would be called RateLimiter/);
  });
});

test('nothing is overwritten', async () => {
  const place = await placeOf('rate-limiting');
  const file = path.join(root, 'rate-limiting/precious.ts');
  await writeFile(file, 'mine\n');
  assert.match((await idChecker(place))('precious')!, /already/);
  await assert.rejects(writeNewAlgorithm(place, 'precious'), /exists already, so it stays as it is/);
  assert.equal(await readFile(file, 'utf8'), 'mine\n');
});
