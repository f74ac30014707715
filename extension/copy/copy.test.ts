import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createCopy, labsOf } from './create-copy.ts';
import { editedFiles } from './edited-files.ts';
import { listFiles, type Product } from './layout.ts';
import { readMarker } from './marker.ts';
import { updateCopy } from './update-copy.ts';

let folder: string;
let root: string;
let product: Product;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-copy-'));
  root = path.join(folder, 'work/system-design-labs');
  product = await release('1.0.0', { 'ring.ts': 'ring 1\n', 'broken/bug.ts': 'bug 1\n', 'ring.test.ts': 'test' });
});
afterEach(() => rm(folder, { recursive: true }));

/** An installation of a version, with one lab. */
async function release(version: string, files: Record<string, string>): Promise<Product> {
  const extensionPath = path.join(folder, version);
  for (const [name, text] of Object.entries(files)) await write(path.join(extensionPath, 'labs/hashing', name), text);
  return { extensionPath, version };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const mine = (file: string): string => path.join(root, 'hashing', file);
const read = (file: string): Promise<string> => readFile(mine(file), 'utf8');

test('a copy holds what ships, without tests, and knows its version', async () => {
  await createCopy(root, ['hashing'], product);
  assert.deepEqual(await listFiles(root), ['hashing/broken/bug.ts', 'hashing/ring.ts', 'tsconfig.json']);
  const marker = (await readMarker(root))!;
  assert.equal(marker.engineVersion, '1.0.0');
  assert.deepEqual(labsOf(marker), ['hashing']);
  assert.deepEqual(await editedFiles(root, marker), []);
});

test('making a copy again overwrites nothing', async () => {
  await createCopy(root, ['hashing'], product);
  await writeFile(mine('ring.ts'), 'mine\n');
  await createCopy(root, ['hashing'], product);
  assert.equal(await read('ring.ts'), 'mine\n');
});

test('a lab whose folder was deleted comes back', async () => {
  await createCopy(root, ['hashing'], product);
  await rm(path.join(root, 'hashing'), { recursive: true });
  await createCopy(root, ['hashing'], product);
  assert.equal(await read('ring.ts'), 'ring 1\n');
});

test('a lab that does not ship is refused by name', async () => {
  await assert.rejects(createCopy(root, ['hushing'], product), /no bundled lab 'hushing'/);
});

test('edited files and own ones are told apart; line ends are no edit, unsaved text is', async () => {
  await createCopy(root, ['hashing'], product);
  const marker = (await readMarker(root))!;
  await writeFile(mine('ring.ts'), 'ring 1\r\n');
  await writeFile(mine('own.ts'), 'own\n');
  assert.deepEqual(await editedFiles(root, marker, new Map([[mine('broken/bug.ts'), 'fixed\n']])), [
    { lab: 'hashing', file: 'broken/bug.ts', state: 'edited' },
    { lab: 'hashing', file: 'own.ts', state: 'own' },
  ]);
});

test('an update moves what is unedited and keeps what is edited', async () => {
  await createCopy(root, ['hashing'], product);
  await writeFile(mine('ring.ts'), 'mine\n');
  const next = await release('2.0.0', { 'ring.ts': 'ring 2\n', 'broken/bug.ts': 'bug 2\n', 'new.ts': 'new\n' });
  assert.deepEqual(await updateCopy(root, next), {
    followed: ['hashing/broken/bug.ts', 'hashing/new.ts'],
    kept: ['hashing/ring.ts'],
  });
  assert.equal(await read('ring.ts'), 'mine\n');
  assert.equal(await read('broken/bug.ts'), 'bug 2\n');
  assert.deepEqual(await updateCopy(root, next), { followed: [], kept: [] }, 'a second update changes nothing');
  assert.equal((await readMarker(root))!.engineVersion, '2.0.0');
});

test('an update leaves what stands unsaved in an editor alone', async () => {
  await createCopy(root, ['hashing'], product);
  const next = await release('2.0.0', { 'ring.ts': 'ring 2\n', 'broken/bug.ts': 'bug 1\n' });
  const { kept } = (await updateCopy(root, next, new Set(['hashing/ring.ts'])))!;
  assert.deepEqual(kept, ['hashing/ring.ts']);
  assert.equal(await read('ring.ts'), 'ring 1\n');
});

test('an update takes away what no longer ships, unless it was edited, and brings nothing deleted back', async () => {
  product = await release('1.5.0', { 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' });
  await createCopy(root, ['hashing'], product);
  await writeFile(mine('b.ts'), 'mine\n');
  await rm(mine('c.ts'));
  const next = await release('2.0.0', { 'c.ts': 'c 2\n' });
  assert.deepEqual(await updateCopy(root, next), { followed: ['hashing/a.ts'], kept: [] });
  assert.deepEqual(await listFiles(path.join(root, 'hashing')), ['b.ts']);
});

test('an update of what is no copy does nothing', async () => {
  assert.equal(await updateCopy(folder, product), undefined);
});

test('a damaged record is refused with the mend, and so is one that points out of the copy', async () => {
  await createCopy(root, ['hashing'], product);
  const record = path.join(root, '.system-design-labs/copy.json');
  await writeFile(record, '{');
  await assert.rejects(readMarker(root), /damaged: delete it/);
  await writeFile(record, JSON.stringify({ format: 1, engineVersion: '1.0.0', files: { '../../outside.ts': 'x' } }));
  await assert.rejects(readMarker(root), /another version/);
});

test('types come from the installation that made or updated the copy', async () => {
  await createCopy(root, ['hashing'], product);
  const types = path.join(root, '.system-design-labs/tsconfig.json');
  assert.match(await readFile(types, 'utf8'), /1\.0\.0\/labs\/engine\/index\.ts/);
  await updateCopy(root, await release('2.0.0', { 'ring.ts': 'ring 1\n' }));
  assert.match(await readFile(types, 'utf8'), /2\.0\.0\/labs\/engine\/index\.ts/);
});
