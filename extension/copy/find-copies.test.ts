import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createCopy } from './create-copy.ts';
import { editedFiles } from './edited-files.ts';
import { CopyFinder, placesIn, type Copy } from './find-copies.ts';
import { readPlain } from './inside.ts';
import { LabFiles } from './lab-files.ts';
import { labelsOf } from './labels.ts';
import { maxFiles, type Product } from './layout.ts';
import { mendCopy } from './mend-copy.ts';

let folder: string;
let product: Product;
let finder: CopyFinder;
/** Files of labs that were read, by their paths relative to the lab's folder. */
let read: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-find-'));
  product = { extensionPath: path.join(folder, 'installed'), version: '1.0.0' };
  await write('installed/labs/hashing/lab.ts', "  id: 'hashing',\n");
  for (let i = 0; i < 40; i++) await write(`installed/labs/hashing/${i}.ts`, `${i}\n`);
  await mkdir(path.join(folder, 'work'));
  read = [];
  finder = new CopyFinder(product, (file) => {
    read.push(path.relative(at('mine/hashing'), file));
    return readPlain(file);
  });
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
  assert.deepEqual(await editedFiles(copy), []);
  assert.equal(readNow().length, 41);
  await editedFiles((await look()).known[0]!);
  assert.deepEqual(readNow(), [], 'a second look reads nothing');

  await change(copy, '7.ts', 'mine\n');
  assert.deepEqual(
    (await editedFiles(copy)).map(({ file }) => file),
    ['7.ts'],
  );
  assert.deepEqual(readNow(), ['7.ts']);
  await change(copy, 'own.ts', 'own\n');
  assert.equal((await editedFiles(copy)).length, 2);
  assert.deepEqual(readNow(), [], 'what is the learner’s own shows in its name');
  await rm(at('mine/hashing/own.ts'));
  finder.changed(copy.root, 'hashing/own.ts');
  assert.equal((await editedFiles(copy)).length, 1);

  for (let i = 0; i < 40; i++) await change(copy, `${i}.ts`, 'all mine\n');
  const [once, twice] = await Promise.all([editedFiles(copy), editedFiles(copy)]);
  assert.deepEqual([once.length, twice.length], [40, 40]);
  assert.equal(readNow().length, 40);
});

test('an event has nothing looked at but what it names', async () => {
  await make('mine');
  const copy = (await look()).known[0]!;
  await editedFiles(copy);
  await write('work/mine/hashing/7.ts', 'unnoticed\n');
  await change(copy, '8.ts', 'mine\n');
  assert.deepEqual(
    (await editedFiles(copy)).map(({ file }) => file),
    ['8.ts'],
  );
  finder.changed(copy.root, 'hashing/7.ts');
  assert.equal((await editedFiles(copy)).length, 2);
  await write('work/mine/hashing/9.ts', 'unnoticed\n');
  finder.changedAll();
  assert.equal((await editedFiles(copy)).length, 3, 'anything may have happened');
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

test('what comes in folders that came, goes with folders that went, or is hidden, is listed as it stands', async () => {
  await make('mine');
  const files = (await look()).known[0]!.files('hashing');
  const before = await files.list();
  const now = async (...names: string[]): Promise<string[]> => {
    for (const name of names) finder.changed(at('mine'), `hashing/${name}`);
    const { files: listed, folders } = await files.list();
    const afresh = await new LabFiles(at('mine/hashing')).list();
    assert.deepEqual([listed, [...folders].sort()], [afresh.files, [...afresh.folders].sort()]);
    return listed.filter((name) => !before.files.includes(name));
  };
  await write('work/mine/hashing/a/b/c/deep.ts', 'mine\n');
  assert.deepEqual(await now('a/b/c/deep.ts'), ['a/b/c/deep.ts'], 'before anybody has told of its folders');
  await write('work/mine/hashing/a/other.ts', 'mine\n');
  await rename(at('mine/hashing/a/b'), at('mine/hashing/a/.b'));
  assert.deepEqual(await now('a'), ['a/other.ts']);
  await rm(at('mine/hashing/a'), { recursive: true });
  await write('work/mine/hashing/a', 'a file by the name of a folder\n');
  await write('work/mine/hashing/node_modules/x/y.ts', '');
  await symlink(at('mine/hashing/7.ts'), at('mine/hashing/link.ts'));
  assert.deepEqual(await now('a', 'node_modules/x/y.ts', 'link.ts', 'a/gone.ts'), []);
  assert.equal((await files.list()).folders.length, before.folders.length);
});

function readNow(): string[] {
  return read.splice(0);
}

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
