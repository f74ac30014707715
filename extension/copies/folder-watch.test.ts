import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { FolderWatch } from './folder-watch.ts';

let folder: string;
let events: EventEmitter;
let watch: FolderWatch;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-watch-'));
  events = new EventEmitter();
  watch = new FolderWatch((file, kind) => events.emit(path.relative(folder, file), kind));
});
afterEach(async () => {
  watch.dispose();
  await rm(folder, { recursive: true });
});

const at = (name: string): string => path.join(folder, name);

test('what happens in a folder is told, also when the folder was made and filled in one go', async () => {
  await mkdir(at('copy/marker'), { recursive: true });
  await writeFile(at('copy/marker/copy.json'), '{}');
  const folders = [folder, at('copy'), at('copy/marker')];
  assert.deepEqual(await watch.set([...folders, at('not-there')]), folders);
  assert.deepEqual(await watch.set(folders), [], 'nothing new');
  const changed = once(events, 'copy/marker/copy.json');
  await writeFile(at('copy/marker/copy.json'), '{ }');
  await changed;
  const came = once(events, 'copy/lab');
  await mkdir(at('copy/lab'));
  assert.deepEqual(await came, ['moved']);
});

test('another folder by the same name is watched instead of the first', async () => {
  await mkdir(at('copy'));
  await watch.set([folder, at('copy')]);
  const went = once(events, 'copy');
  await rename(at('copy'), at('other'));
  await went;
  await mkdir(at('copy'));
  assert.deepEqual(await watch.set([folder, at('copy')]), [at('copy')]);
  const changed = once(events, 'copy/a.ts');
  await writeFile(at('copy/a.ts'), '');
  await changed;
});
