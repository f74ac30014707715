import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createCopy } from './create-copy.ts';
import { editedFiles } from './edited-files.ts';
import { CopyFinder, placesIn, type Copy } from './find-copies.ts';
import { LabFiles } from './lab-files.ts';
import { labelsOf } from './labels.ts';
import { maxFiles, type Product } from './layout.ts';
import { mendCopy } from './mend-copy.ts';

let folder: string;
let product: Product;
let finder: CopyFinder;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-find-'));
  product = { extensionPath: path.join(folder, 'installed'), version: '1.0.0' };
  await write('installed/labs/hashing/lab.ts', "  id: 'hashing',\n");
  for (let i = 0; i < 40; i++) await write(`installed/labs/hashing/${i}.ts`, `${i}\n`);
  await mkdir(path.join(folder, 'work'));
  finder = new CopyFinder(product);
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const at = (...names: string[]): string => path.join(folder, 'work', ...names);
const look = async () => finder.look(await placesIn(at()));
const make = (...names: string[]): Promise<void> => createCopy(at(...names), ['hashing'], product);

test('copies come, go and are renamed', async () => {
  assert.deepEqual(await look(), { known: [], broken: [] });
  await make('system-design-labs');
  assert.deepEqual(
    (await look()).known.map(({ root, labs }) => [root, labs]),
    [[at('system-design-labs'), ['hashing']]],
  );
  await rename(at('system-design-labs'), at('mine'));
  assert.deepEqual(
    (await look()).known.map(({ label }) => label),
    ['mine'],
  );
  await make('system-design-labs');
  assert.deepEqual(
    (await look()).known.map(({ label }) => label),
    ['system-design-labs', 'mine'],
  );
  await rm(at('system-design-labs'), { recursive: true });
  await rm(at('mine'), { recursive: true });
  assert.deepEqual(await look(), { known: [], broken: [] });
});

test('the folder itself may be a copy, and a copy may be known by a link', async () => {
  await make('.');
  assert.deepEqual(
    (await look()).known.map(({ root }) => root),
    [at()],
  );
  await createCopy(path.join(folder, 'elsewhere'), ['hashing'], product);
  await symlink(path.join(folder, 'elsewhere'), at('linked'));
  assert.deepEqual(
    (await look()).known.map(({ label }) => label),
    ['work', 'linked'],
  );
});

test('a copy with a broken record is seen as one, and whole again once it is mended', async () => {
  await make('mine');
  const record = at('mine/.system-design-labs/copy.json');
  const text = await readFile(record, 'utf8');
  await look();
  await writeFile(record, `<<<<<<< HEAD\n${text}`);
  const [broken] = (await look()).broken;
  assert.match(broken!.problem, /conflict marks/);
  assert.deepEqual([broken!.label, broken!.labs], ['mine', ['hashing']]);
  await rm(record);
  assert.match((await look()).broken[0]!.problem, /has lost its record/);
  await mendCopy(at('mine'), product);
  const { known, broken: none } = await look();
  assert.deepEqual([known.length, none], [1, []]);
});

test('a lab whose folder was renamed is not in the copy, which says where it went', async () => {
  await make('mine');
  await rename(at('mine/hashing'), at('mine/my-hashing'));
  const [copy] = (await look()).known;
  assert.deepEqual(copy!.labs, []);
  assert.deepEqual([...copy!.renamed], [['hashing', 'my-hashing']]);
});

test('one event reads at most one file, and forty at once each file at most once', async () => {
  await make('mine');
  const copy = (await look()).known[0]!;
  const files = copy.files('hashing');
  assert.deepEqual(await editedFiles(copy), []);
  assert.equal(files.reads, 41);
  await editedFiles((await look()).known[0]!);
  assert.equal(files.reads, 41, 'a second look reads nothing');

  await change(copy, '7.ts', 'mine\n');
  assert.deepEqual(
    (await editedFiles(copy)).map(({ file }) => file),
    ['7.ts'],
  );
  assert.equal(files.reads, 42);
  await change(copy, 'own.ts', 'own\n');
  assert.equal((await editedFiles(copy)).length, 2);
  assert.ok(files.reads <= 43);
  await rm(at('mine/hashing/own.ts'));
  finder.changed(copy.root, 'hashing/own.ts');
  assert.equal((await editedFiles(copy)).length, 1);

  const before = files.reads;
  for (let i = 0; i < 40; i++) await change(copy, `${i}.ts`, 'all mine\n');
  const [once, twice] = await Promise.all([editedFiles(copy), editedFiles(copy)]);
  assert.deepEqual([once.length, twice.length], [40, 40]);
  assert.equal(files.reads, before + 40);
});

test('an event about a folder is one about the files in it', async () => {
  await make('mine');
  const copy = (await look()).known[0]!;
  await change(copy, 'sub/own.ts', 'own\n');
  assert.equal((await editedFiles(copy)).length, 1);
  await rename(at('mine/hashing/sub'), at('mine/hashing/below'));
  for (const name of ['sub', 'below']) finder.changed(copy.root, `hashing/${name}`);
  assert.deepEqual(
    (await editedFiles(copy)).map(({ file }) => file),
    ['below/own.ts'],
  );
});

async function change(copy: Copy, name: string, text: string): Promise<void> {
  await write(path.relative(folder, path.join(copy.root, 'hashing', name)), text);
  finder.changed(copy.root, `hashing/${name}`);
}

test('what a build has put into a lab’s folder does not count, and the algorithms are listed whatever lies there', async () => {
  await make('mine');
  for (const name of ['node_modules/a', 'dist', '.cache', 'deep/er'])
    await mkdir(at('mine/hashing', name), { recursive: true });
  for (const name of ['node_modules/a/x.ts', 'dist/x.ts', '.cache/x.ts', 'x.js', 'x.ts.map']) {
    await writeFile(at('mine/hashing', name), '');
  }
  const files = new LabFiles(at('mine/hashing'));
  assert.deepEqual([(await files.list()).files.length, (await files.list()).more], [41, false]);
  for (let i = 0; i < maxFiles; i++) await writeFile(at('mine/hashing/deep/er', `${i}.ts`), '');
  files.changed();
  const { files: listed, more } = await files.list();
  assert.deepEqual([listed.length, more, listed.includes('7.ts')], [maxFiles, true, true]);
});

test('copies are called by their folder, and by more of it only where that is not enough', () => {
  const of = (...roots: string[]): string[] => labelsOf(roots.map((root) => path.resolve('/', root)));
  assert.deepEqual(of('a/labs'), ['labs']);
  assert.deepEqual(of('a/labs', 'a/mine'), ['labs', 'mine']);
  assert.deepEqual(of('a/labs', 'b/labs', 'b/mine'), ['a/labs', 'b/labs', 'mine']);
  assert.deepEqual(of('x/a/labs', 'y/a/labs', 'labs'), ['x/a/labs', 'y/a/labs', 'labs']);
});
