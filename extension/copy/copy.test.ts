import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createCopy } from './create-copy.ts';
import { editedFiles, type EditedFile } from './edited-files.ts';
import { LabFiles } from './lab-files.ts';
import { bundledFiles, bundledLabs, listFiles, type Product } from './layout.ts';
import { labsOf, readMarker, textHash, writeMarker } from './marker.ts';
import { mendCopy, placeAt, renamedFolder } from './mend-copy.ts';
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

const declaration = "export default {\n  id: 'hashing',\n  algorithms: [{\n    id: 'ring' }],\n};\n";

/** An installation of a version, with one lab beside the engine. */
async function release(version: string, files: Record<string, string>): Promise<Product> {
  const extensionPath = path.join(folder, version);
  const all = { 'hashing/lab.ts': declaration, 'engine/index.ts': '', 'engine/lab/lab.ts': '' };
  for (const [name, text] of Object.entries(all)) await write(path.join(extensionPath, 'labs', name), text);
  for (const [name, text] of Object.entries(files)) await write(path.join(extensionPath, 'labs/hashing', name), text);
  return { extensionPath, version };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const mine = (file: string): string => path.join(root, 'hashing', file);
const read = (file: string): Promise<string> => readFile(mine(file), 'utf8');
const record = (): string => path.join(root, '.system-design-labs/copy.json');

/** What of the copy is the learner's own. */
async function edited(unsaved?: Map<string, string>): Promise<EditedFile[]> {
  const files = (lab: string): LabFiles => new LabFiles(path.join(root, lab));
  return editedFiles({ root, marker: (await readMarker(root))!, files }, unsaved);
}

/** Every file below a folder, hidden ones too. */
async function everything(at = root): Promise<string[]> {
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => path.relative(at, path.join(parentPath, name)))
    .sort();
}

test('a copy holds what ships, without tests, and knows its version', async () => {
  await createCopy(root, ['hashing'], product);
  assert.deepEqual(await everything(), [
    '.system-design-labs/.gitignore',
    '.system-design-labs/copy.json',
    '.system-design-labs/tsconfig.json',
    'hashing/broken/bug.ts',
    'hashing/lab.ts',
    'hashing/ring.ts',
    'tsconfig.json',
  ]);
  const marker = (await readMarker(root))!;
  assert.equal(marker.engineVersion, '1.0.0');
  assert.deepEqual(labsOf(marker), ['hashing']);
  assert.deepEqual(await edited(), []);
});

test('every file of every lab that ships counts as one', async () => {
  const installed: Product = { extensionPath: path.resolve(import.meta.dirname, '../..'), version: '1.0.0' };
  const labs = await bundledLabs(installed);
  assert.ok(labs.length >= 5 && !labs.includes('engine'));
  for (const lab of labs) {
    const counted = await bundledFiles(installed, lab);
    const all = await everything(path.join(installed.extensionPath, 'labs', lab));
    const shipped = all.filter((file) => !/^(benchmark|testing|templates)\/|\.test\.ts$/.test(file));
    assert.deepEqual(counted, shipped, lab);
  }
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

for (const lab of ['hushing', 'engine', '.', '..', '']) {
  test(`a lab that does not ship is refused by name: '${lab}'`, async () => {
    await assert.rejects(createCopy(root, [lab], product), new RegExp(`no bundled lab '${lab}'`));
    assert.equal(existsSync(root), false);
  });
}

test('edited files and own ones are told apart; line ends and a byte order mark are no edit, unsaved text is', async () => {
  await createCopy(root, ['hashing'], product);
  await writeFile(mine('ring.ts'), '\uFEFFring 1\r\n');
  await writeFile(mine('own.ts'), 'own\n');
  assert.deepEqual(await edited(new Map([[mine('broken/bug.ts'), 'fixed\n']])), [
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
    passed: [],
  });
  assert.equal(await read('ring.ts'), 'mine\n');
  assert.equal(await read('broken/bug.ts'), 'bug 2\n');
  assert.deepEqual(
    await updateCopy(root, next),
    { followed: [], kept: [], passed: [] },
    'a second update changes nothing',
  );
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
  assert.deepEqual(await updateCopy(root, next), { followed: ['hashing/a.ts'], kept: [], passed: [] });
  assert.deepEqual(await listFiles(path.join(root, 'hashing')), ['b.ts', 'lab.ts']);
});

test('a file with a byte order mark is unedited, so it follows', async () => {
  await createCopy(root, ['hashing'], product);
  await writeFile(mine('ring.ts'), '\uFEFFring 1\r\n');
  const next = await release('2.0.0', { 'ring.ts': 'ring 2\n', 'broken/bug.ts': 'bug 1\n' });
  assert.deepEqual((await updateCopy(root, next))!.followed, ['hashing/ring.ts']);
});

test('an update of what is no copy does nothing', async () => {
  assert.equal(await updateCopy(folder, product), undefined);
});

describe('a record', () => {
  beforeEach(() => createCopy(root, ['hashing'], product));

  const wrong: readonly (readonly [what: string, text: string, said: RegExp])[] = [
    ['that is not JSON', '{', /not JSON/],
    ['with conflict marks', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n', /conflict marks/],
    ['of another version', JSON.stringify({ format: 2 }), /another version/],
    ['that is nothing', 'null', /damaged/],
    ...[
      '../x.ts',
      'hashing/../../x.ts',
      '/etc/passwd',
      './x.ts',
      'hashing',
      'hashing//x.ts',
      'a\\b/x.ts',
      'c:/x.ts',
    ].map(
      (name) =>
        [
          `that names ${name}`,
          JSON.stringify({ format: 1, engineVersion: '1.0.0', files: { [name]: '0'.repeat(32) } }),
          /a file in the folder of a lab/,
        ] as const,
    ),
    [
      'of too many files',
      JSON.stringify({
        format: 1,
        engineVersion: '1.0.0',
        files: Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`hashing/${i}.ts`, '0'.repeat(32)])),
      }),
      /at most 5000 files/,
    ],
    ['that is too large', ' '.repeat(1_000_001), /too large/],
  ];
  for (const [what, text, said] of wrong) {
    test(`${what} is refused, and mended from the files, none of which changes`, async () => {
      await writeFile(mine('ring.ts'), 'mine\n');
      await writeFile(mine('own.ts'), 'own\n');
      await writeFile(record(), text);
      await assert.rejects(readMarker(root), said);
      await assert.rejects(updateCopy(root, product), said);
      const place = await placeAt(root, product);
      assert.equal(place.kind, 'broken');
      const before = await contents();
      await mendCopy(root, product);
      assert.deepEqual(await contents(), before);
      assert.deepEqual(await edited(), [
        { lab: 'hashing', file: 'own.ts', state: 'own' },
        { lab: 'hashing', file: 'ring.ts', state: 'edited' },
      ]);
    });
  }

  test('with a byte order mark is a record', async () => {
    await writeFile(record(), `\uFEFF${await readFile(record(), 'utf8')}`);
    assert.deepEqual(labsOf((await readMarker(root))!), ['hashing']);
  });

  test('that was deleted with its folder leaves a likeness, which Open Lab takes over and completes', async () => {
    await writeFile(mine('ring.ts'), 'mine\n');
    await rm(mine('broken/bug.ts'));
    await rm(path.dirname(record()), { recursive: true });
    assert.deepEqual(await placeAt(root, product), { kind: 'likeness', labs: ['hashing'] });
    await createCopy(root, ['hashing'], product);
    assert.equal(await read('ring.ts'), 'mine\n');
    assert.equal(await read('broken/bug.ts'), 'bug 1\n');
    assert.deepEqual(await edited(), [{ lab: 'hashing', file: 'ring.ts', state: 'edited' }]);
  });

  test('names what this version does not ship, and the update leaves that alone', async () => {
    const marker = (await readMarker(root))!;
    for (const name of ['engine/x.ts', 'later/x.ts']) {
      await write(path.join(root, name), 'text\n');
      marker.files[name] = textHash('text\n');
    }
    await writeMarker(root, marker);
    await updateCopy(root, await release('2.0.0', { 'ring.ts': 'ring 2\n' }));
    const all = await everything();
    assert.ok(all.includes('engine/x.ts') && all.includes('later/x.ts'));
    assert.ok(!all.includes('engine/index.ts'), 'the engine is no lab');
    assert.equal((await readMarker(root))!.files['later/x.ts'], textHash('text\n'));
  });

  /** What stands in the files of labs. */
  async function contents(): Promise<string[]> {
    const files = (await everything()).filter((file) => file.startsWith('hashing/'));
    return Promise.all(files.map(async (file) => `${file}: ${await readFile(path.join(root, file), 'utf8')}`));
  }
});

test('a place for a copy is free when it is empty, or when only a making that was cut short has been there', async () => {
  assert.deepEqual(await placeAt(root, product), { kind: 'free' });
  await mkdir(path.join(root, '.system-design-labs'), { recursive: true });
  assert.deepEqual(await placeAt(root, product), { kind: 'free' });
  await writeFile(path.join(root, 'letter.txt'), 'dear\n');
  assert.deepEqual(await placeAt(root, product), { kind: 'taken' });
  assert.deepEqual(await placeAt(path.join(root, 'letter.txt'), product), { kind: 'taken' });
});

test('a lab’s folder that was renamed is found by what it declares', async () => {
  await createCopy(root, ['hashing'], product);
  assert.equal(await renamedFolder(root, 'hashing'), undefined);
  await rename(path.join(root, 'hashing'), path.join(root, 'my hashing'));
  assert.equal(await renamedFolder(root, 'hashing'), 'my hashing');
  assert.equal(await renamedFolder(root, 'ring'), undefined, 'an algorithm is no lab');
});

test('types come from the installation that made or updated the copy', async () => {
  await createCopy(root, ['hashing'], product);
  const types = path.join(root, '.system-design-labs/tsconfig.json');
  assert.match(await readFile(types, 'utf8'), /1\.0\.0\/labs\/engine\/index\.ts/);
  await updateCopy(root, await release('2.0.0', { 'ring.ts': 'ring 1\n' }));
  assert.match(await readFile(types, 'utf8'), /2\.0\.0\/labs\/engine\/index\.ts/);
});
