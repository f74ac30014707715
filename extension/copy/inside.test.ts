/** A copy with something in it that is no plain file: nothing outside is touched, nothing waits, nothing stays behind. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { createCopy } from './create-copy.ts';
import { CopyFault } from './disk-fault.ts';
import { isInside, nameOf, readPlain, removeInside, writeInside } from './inside.ts';
import { listFiles, type Product } from './layout.ts';
import { readMarker, textHash, writeMarker } from './marker.ts';
import { mendCopy, placeAt } from './mend-copy.ts';
import { updateCopy } from './update-copy.ts';

let folder: string;
let root: string;
let product: Product;
let next: Product;
let outside: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-inside-'));
  root = path.join(folder, 'work/system-design-labs');
  outside = path.join(folder, 'outside');
  product = await release('1.0.0', {
    'lab.ts': "  id: 'hashing',\n",
    'ring.ts': 'ring 1\n',
    'broken/bug.ts': 'bug 1\n',
  });
  next = await release('2.0.0', { 'lab.ts': "  id: 'hashing',\n", 'ring.ts': 'ring 2\n', 'broken/new.ts': 'new\n' });
  await write(path.join(outside, 'precious'), 'precious\n');
  await createCopy(root, ['hashing'], product);
});
afterEach(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
  return rm(folder, { recursive: true });
});

async function release(version: string, files: Record<string, string>): Promise<Product> {
  const extensionPath = path.join(folder, version);
  for (const [name, text] of Object.entries(files)) await write(path.join(extensionPath, 'labs/hashing', name), text);
  return { extensionPath, version };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** What lies outside of the copy, file by file with its text. */
async function outsideNow(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(outside, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    found[path.relative(outside, file)] = entry.isFile() ? await readFile(file, 'utf8') : 'a folder';
  }
  return found;
}

/** Names of what was written and has not taken its place. */
async function drafts(): Promise<string[]> {
  return (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.tmp'));
}

/** Has the record name a file with the hash of its text, as if it had come with the copy and ships no more. */
async function record(name: string, text: string): Promise<void> {
  const marker = (await readMarker(root))!;
  await writeMarker(root, { ...marker, files: { ...marker.files, [name]: textHash(text) } });
}

const ring = (): string => path.join(root, 'hashing/ring.ts');
const broken = (): string => path.join(root, 'hashing/broken');

for (const name of ['', '.', '..', 'a/../b', '/a', 'a//b', 'a/', './a', 'a\\b', 'c:', 'a\0']) {
  test(`${JSON.stringify(name)} is no path inside of a copy`, async () => {
    assert.equal(isInside(name), false);
    await assert.rejects(writeInside(root, name, 'x'), CopyFault);
    await assert.rejects(removeInside(root, name), CopyFault);
  });
}

test('what a panel says of a file of a lab names one', () => {
  assert.equal(nameOf('hashing', 'broken/bug.ts'), 'hashing/broken/bug.ts');
  for (const [lab, file] of [
    ['hashing', '../../.bashrc'],
    ['..', '.bashrc'],
    ['hashing', '/etc/passwd'],
    ['hashing/..', 'x.ts'],
    ['a/b', 'x.ts'],
    ['', 'x.ts'],
    ['hashing', ''],
  ]) {
    assert.throws(() => nameOf(lab!, file!), /is no file of a lab/);
  }
});

describe('through a link', () => {
  test('an update removes and writes nothing', async () => {
    await rm(broken(), { recursive: true });
    await symlink(outside, broken());
    await record('hashing/broken/precious', 'precious\n');
    const before = await outsideNow();
    const update = (await updateCopy(root, next))!;
    assert.deepEqual(await outsideNow(), before);
    assert.deepEqual(update.followed, ['hashing/ring.ts']);
    assert.deepEqual(update.passed, ['hashing/broken/new.ts']);
  });

  test('of the whole lab nothing is written, by an update or by Open Lab', async () => {
    await rm(path.join(root, 'hashing'), { recursive: true });
    await symlink(outside, path.join(root, 'hashing'));
    await record('hashing/precious', 'precious\n');
    const before = await outsideNow();
    assert.deepEqual((await updateCopy(root, next))!.passed, ['hashing']);
    await assert.rejects(createCopy(root, ['hashing'], next), /is a link, so it was left alone/);
    assert.deepEqual(await outsideNow(), before);
    assert.deepEqual(await drafts(), []);
  });

  test('of a single file nothing is written', async () => {
    await writeFile(path.join(outside, 'precious'), 'ring 1\n');
    await rm(ring());
    await symlink(path.join(outside, 'precious'), ring());
    assert.deepEqual((await updateCopy(root, next))!.passed, ['hashing/ring.ts']);
    assert.deepEqual(await outsideNow(), { precious: 'ring 1\n' });
    assert.ok((await lstat(ring())).isSymbolicLink());
  });

  test('that leads nowhere nothing is made', async () => {
    await rm(ring());
    await symlink(path.join(outside, 'not-there'), ring());
    await updateCopy(root, next);
    assert.deepEqual(await outsideNow(), { precious: 'precious\n' });
  });

  test('of the marker folder nothing is written', async () => {
    await rename(path.join(root, '.system-design-labs'), path.join(outside, 'marker'));
    await symlink(path.join(outside, 'marker'), path.join(root, '.system-design-labs'));
    const before = await outsideNow();
    await assert.rejects(updateCopy(root, next), /is a link, so it was left alone/);
    await assert.rejects(mendCopy(root, next), /is a link, so it was left alone/);
    await assert.rejects(createCopy(root, ['hashing'], next), /is a link, so it was left alone/);
    assert.deepEqual(await outsideNow(), before);
  });

  test('of the record itself it is mended in its place', async () => {
    const file = path.join(root, '.system-design-labs/copy.json');
    await rm(file);
    await symlink(path.join(outside, 'precious'), file);
    assert.equal((await placeAt(root, product)).kind, 'broken');
    await mendCopy(root, product);
    assert.deepEqual(await outsideNow(), { precious: 'precious\n' });
    assert.equal((await placeAt(root, product)).kind, 'copy');
  });

  test('of the copy as a whole it is updated: the learner keeps it elsewhere', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    await rename(root, elsewhere);
    await symlink(elsewhere, root);
    assert.deepEqual((await updateCopy(root, next))!.passed, []);
    assert.equal(await readFile(ring(), 'utf8'), 'ring 2\n');
  });
});

describe('where no plain file is', () => {
  test('a FIFO is neither waited for nor written over', async () => {
    await rm(ring());
    execFileSync('mkfifo', [ring()]);
    assert.equal(await readPlain(ring()), undefined);
    assert.deepEqual((await updateCopy(root, next))!.passed, ['hashing/ring.ts']);
    await createCopy(root, ['hashing'], next);
    assert.ok((await lstat(ring())).isFIFO());
    assert.ok(!(await listFiles(root)).includes('hashing/ring.ts'));
  });

  test('a record that is a FIFO is mended', async () => {
    const file = path.join(root, '.system-design-labs/copy.json');
    await rm(file);
    execFileSync('mkfifo', [file]);
    assert.equal((await placeAt(root, product)).kind, 'broken');
    await mendCopy(root, product);
    assert.equal((await placeAt(root, product)).kind, 'copy');
  });

  test('a folder by the name of a file, and a file by that of a folder, stay', async () => {
    await rm(ring());
    await mkdir(ring());
    await rm(broken(), { recursive: true });
    await writeFile(broken(), 'mine\n');
    assert.deepEqual((await updateCopy(root, next))!.passed, ['hashing/broken/new.ts', 'hashing/ring.ts']);
    assert.equal(await readFile(broken(), 'utf8'), 'mine\n');
    await rm(path.join(root, '.system-design-labs/copy.json'));
    await mkdir(path.join(root, '.system-design-labs/copy.json'));
    await assert.rejects(mendCopy(root, product), /copy\.json is a folder where a file belongs/);
  });
});

describe('a disk that refuses', () => {
  const said: Readonly<Record<string, RegExp>> = {
    ENOSPC: /disk that holds .* is full: free some space/,
    EROFS: /can only be read: choose a folder elsewhere/,
    EACCES: /may not be written: give yourself the right/,
    EISDIR: /is a folder where a file belongs: rename it/,
  };
  for (const [code, words] of Object.entries(said)) {
    test(`${code} is said in our words, what was there stays, and nothing is left lying`, async () => {
      const fresh = path.join(folder, 'work/fresh');
      refuseWriting(code);
      await assert.rejects(createCopy(fresh, ['hashing'], product), words);
      await assert.rejects(updateCopy(root, next), words);
      assert.equal(existsSync(fresh), false);
      assert.equal(await readFile(ring(), 'utf8'), 'ring 1\n');
      assert.deepEqual(await drafts(), []);
    });
  }

  test('in the middle of a making, Open Lab completes it once there is space', async () => {
    const fresh = path.join(folder, 'work/fresh');
    refuseWriting('ENOSPC', 1);
    await assert.rejects(createCopy(fresh, ['hashing'], product), /full/);
    mock.restoreAll();
    syncBuiltinESMExports();
    assert.deepEqual(await placeAt(fresh, product), { kind: 'free' });
    await createCopy(fresh, ['hashing'], product);
    assert.deepEqual(await listFiles(fresh), ['hashing/broken/bug.ts', 'hashing/lab.ts', 'hashing/ring.ts']);
  });

  /** Has writing a file fail, from the n-th on. */
  function refuseWriting(code: string, from = 0): void {
    const write_ = fs.promises.writeFile;
    let written = 0;
    mock.method(fs.promises, 'writeFile', async (...args: Parameters<typeof write_>) => {
      if (written++ < from) return write_(...args);
      throw Object.assign(new Error(`${code}: as the system says it`), { code });
    });
    syncBuiltinESMExports();
  }
});

describe('killed', () => {
  /** Has a process do something to the copy and end, as by kill -9, in the middle of its n-th file. */
  async function killedAt(file: number, action: string): Promise<void> {
    const program = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { writeFile } = fs.promises;
      let written = 0;
      fs.promises.writeFile = async (name, text, options) => {
        await writeFile(name, text.slice(0, 3), options);
        if (written++ === ${file}) process.kill(process.pid, 'SIGKILL');
        await writeFile(name, text);
      };
      syncBuiltinESMExports();
      const { createCopy } = await import(${JSON.stringify(new URL('create-copy.ts', import.meta.url).href)});
      const { updateCopy } = await import(${JSON.stringify(new URL('update-copy.ts', import.meta.url).href)});
      await ${action};
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [unknown, unknown];
    assert.equal(signal, 'SIGKILL');
  }

  test('in an update: no file is half written, and the next one removes what was left and goes on', async () => {
    const [at, to] = [JSON.stringify(root), JSON.stringify(next)];
    for (const file of [0, 1]) {
      await killedAt(file, `updateCopy(${at}, ${to})`);
      assert.ok((await drafts()).every((name) => name.startsWith('.system-design-labs/')));
      assert.ok(['ring 1\n', 'ring 2\n'].includes(await readFile(ring(), 'utf8')));
    }
    await updateCopy(root, next);
    assert.deepEqual(await drafts(), []);
    assert.deepEqual(await listFiles(root), ['hashing/broken/new.ts', 'hashing/lab.ts', 'hashing/ring.ts']);
    assert.equal((await readMarker(root))!.engineVersion, '2.0.0');
  });

  test('in a making: Open Lab makes the copy as if nothing had been there', async () => {
    for (const file of [0, 2, 4, 6]) {
      const fresh = path.join(folder, `work/fresh-${file}`);
      await killedAt(file, `createCopy(${JSON.stringify(fresh)}, ['hashing'], ${JSON.stringify(product)})`);
      assert.notEqual((await placeAt(fresh, product)).kind, 'taken');
      await createCopy(fresh, ['hashing'], product);
      assert.deepEqual(await listFiles(fresh), ['hashing/broken/bug.ts', 'hashing/lab.ts', 'hashing/ring.ts']);
      assert.deepEqual(
        (await readdir(fresh, { recursive: true })).filter((name) => name.endsWith('.tmp')),
        [],
      );
    }
  });
});
