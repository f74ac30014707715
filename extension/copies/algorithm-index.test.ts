import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { createCopy } from '../copy/create-copy.ts';
import { CopyFinder, type Copy } from '../copy/find-copies.ts';
import { readPlain } from '../copy/inside.ts';
import { AlgorithmIndex, type OpenText } from './algorithm-index.ts';

const labs = ['hashing', 'limiting'].map(
  (id) =>
    ({
      id,
      contracts: ['Placement'],
      exercises: [],
      algorithms: [{ id: 'ring', title: 'The ring', export: 'Ring', contract: 'Placement', file: 'ring.ts' }],
    }) as unknown as LabEntry,
);
const [hashing, limiting] = labs as [LabEntry, LabEntry];
const classes = (...names: string[]): string =>
  names.map((name) => `export class ${name} implements Placement {}\n`).join('');

let folder: string;
let finder: CopyFinder;
let copy: Copy;
let index: AlgorithmIndex;
/** Files that were read, relative to the copy. */
let read: string[];
/** Texts in editors, by path relative to the copy. */
let open: Map<string, OpenText>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-index-'));
  const product = { extensionPath: path.join(folder, 'installed'), version: '1.0.0' };
  for (const { id } of labs) {
    await write(`installed/labs/${id}/lab.ts`, `  id: '${id}',\n`);
    await write(`installed/labs/${id}/ring.ts`, classes('Ring'));
    for (let i = 0; i < 40; i++) await write(`installed/labs/${id}/${i}.ts`, '');
  }
  const root = path.join(folder, 'copy');
  await createCopy(
    root,
    labs.map(({ id }) => id),
    product,
  );
  read = [];
  finder = new CopyFinder(product, (file) => {
    read.push(path.relative(root, file));
    return readPlain(file);
  });
  copy = (await finder.look([root])).known[0]!;
  open = new Map();
  index = new AlgorithmIndex((under) => {
    const inside = [...open].filter(([name]) => path.join(root, name).startsWith(under + path.sep));
    return new Map(inside.map(([name, text]) => [path.relative(under, path.join(root, name)), text]));
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), text);
}

async function change(name: string, text: string): Promise<void> {
  await write(`copy/${name}`, text);
  finder.changed(copy.root, name);
}

const own = async (lab: LabEntry): Promise<string[]> => (await index.own(copy, lab)).map(({ id }) => id);
const readNow = (): string[] => read.splice(0);

test('one event reads at most one file, and forty at once each file at most once', async () => {
  for (const lab of labs) assert.deepEqual(await own(lab), []);
  assert.equal(readNow().length, 84);

  await change('hashing/7.ts', classes('Mine'));
  assert.deepEqual([await own(hashing), await own(limiting)], [['7'], []]);
  assert.deepEqual(readNow(), ['hashing/7.ts']);
  assert.deepEqual(await own(hashing), ['7']);
  finder.changed(copy.root, 'hashing/8.ts');
  assert.deepEqual(await own(hashing), ['7']);
  assert.deepEqual(readNow(), [], 'nothing is read that is still the same');

  for (let i = 0; i < 40; i++) await change(`limiting/${i}.ts`, classes('Mine', 'Other'));
  const [once, twice] = await Promise.all([own(limiting), own(limiting), own(hashing)]);
  assert.deepEqual([once.length, twice.length], [80, 80]);
  const reads = readNow();
  assert.deepEqual([reads.length, new Set(reads).size], [40, 40]);
});

test('an event about a folder is one about what lies under it', async () => {
  await change('hashing/drafts/mine.ts', classes('Mine'));
  assert.deepEqual(await own(hashing), ['drafts/mine']);
  readNow();
  await rename(path.join(copy.root, 'hashing/drafts'), path.join(copy.root, 'hashing/kept'));
  for (const name of ['drafts', 'kept']) finder.changed(copy.root, `hashing/${name}`);
  assert.deepEqual(await own(hashing), ['kept/mine']);
  assert.deepEqual(readNow(), ['hashing/kept/mine.ts']);
  await rm(path.join(copy.root, 'hashing/kept'), { recursive: true });
  finder.changed(copy.root, 'hashing/kept');
  assert.deepEqual(await own(hashing), []);
});

test('a text in an editor counts instead of the one on disk, and is looked through once a version', async () => {
  let asked = 0;
  let text = classes('Typed');
  const document = { version: 1, getText: () => (asked++, text) };
  open.set('hashing/7.ts', document);
  assert.deepEqual(await own(hashing), ['7']);
  assert.equal(index.inEditor(document, hashing, '7.ts').length, 1);
  assert.deepEqual([await own(limiting), await own(hashing)], [[], ['7']]);
  assert.equal(asked, 1);
  text = '';
  document.version++;
  assert.deepEqual(await own(hashing), []);
  open.clear();
  await change('hashing/7.ts', classes('Saved'));
  assert.equal((await index.own(copy, hashing))[0]!.export, 'Saved');
});
