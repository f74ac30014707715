/**
 * Reading and writing within a copy and nowhere else. A copy comes from anywhere (a clone, an archive, a colleague), so
 * what lies in it is looked at before it is opened: only plain files, below folders that are none of them a link.
 */
import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CopyFault, inOurWords } from './disk-fault.ts';
import { markerFolder } from './layout.ts';

/** More than any text of a lab has: what is longer is not read. */
const maxText = 1_000_000; // bytes

/** In the marker folder, so on the same disk: what is written before it takes its place by a rename. */
const draftName = /^(\d+)-[0-9a-f-]{36}\.tmp$/;
/** Drafts that this process is writing. */
const underway = new Set<string>();

/** Whether a name leads from a folder to something below it, the same on every system: `a/b.ts`. */
export function isInside(name: string): boolean {
  return (
    !/[\\:\u0000-\u001f]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** The name within a copy of a file of a lab. @throws CopyFault when what somebody says of it leads elsewhere */
export function nameOf(lab: string, file: string): string {
  const name = `${lab}/${file}`;
  if (lab.includes('/') || !isInside(name)) throw new CopyFault(`${name} is no file of a lab`);
  return name;
}

/** What the system knows of a file or folder, links not followed; undefined where there is nothing. */
export async function statusOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw inOurWords(error, file);
  }
}

/** A text on disk, and when it was written: two texts with one stamp are the same. */
export interface StampedText {
  text: string;
  stamp: string;
}

/** What tells one state of a file from another without reading it. */
export function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join();
}

/**
 * Reads a plain file.
 * @returns undefined where there is none: nothing, a link, a folder, a pipe, a device, or more than a text can be
 */
export async function readPlain(file: string): Promise<StampedText | undefined> {
  const status = await statusOf(file);
  if (!status?.isFile()) return undefined;
  try {
    // What has become of it since is not waited for, nor followed.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const now = await handle.stat();
      if (!now.isFile() || now.size > maxText) return undefined;
      return { text: await handle.readFile('utf8'), stamp: stampOf(now) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw inOurWords(error, file);
  }
}

/** The text of a plain file, undefined where there is none. */
export async function readText(file: string): Promise<string | undefined> {
  return (await readPlain(file))?.text;
}

/**
 * Writes a file of a copy by renaming, so that another window reads either the old text or the new one.
 * @param name relative to the copy, with forward slashes
 * @param over what may stand there already: a plain file, or anything but a folder
 * @throws CopyFault when it would be written outside of the copy, or over what may not be there
 */
export async function writeInside(
  root: string,
  name: string,
  text: string,
  over: 'a file' | 'anything' = 'a file',
): Promise<void> {
  const file = path.join(root, name);
  await makeParent(root, name);
  const status = await statusOf(file);
  if (status?.isDirectory() || (over === 'a file' && status && !status.isFile())) throw notPlain(file, status);
  await throughDraft(root, async (draft) => {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, file);
  }).catch((error: unknown) => {
    throw inOurWords(error, file);
  });
}

/**
 * Puts a new folder of files into a copy, whole or not at all.
 * @param name relative to the copy; nothing stands there yet
 * @param files texts by path relative to the folder
 */
export async function writeFolder(root: string, name: string, files: ReadonlyMap<string, string>): Promise<void> {
  const folder = path.join(root, name);
  await makeParent(root, name);
  await throughDraft(root, async (draft) => {
    for (const [file, text] of files) {
      if (!isInside(file)) throw new CopyFault(`${file} is no path inside of ${name}`);
      await mkdir(path.dirname(path.join(draft, file)), { recursive: true });
      await writeFile(path.join(draft, file), text, { flag: 'wx' });
    }
    await rename(draft, folder);
  }).catch((error: unknown) => {
    throw inOurWords(error, folder);
  });
}

/** Takes a plain file of a copy away. @param name relative to the copy @throws CopyFault as `writeInside` */
export async function removeInside(root: string, name: string): Promise<void> {
  await checkParent(root, name);
  const file = path.join(root, name);
  const status = await statusOf(file);
  if (!status) return;
  if (!status.isFile()) throw notPlain(file, status);
  await unlink(file).catch((error: unknown) => {
    throw inOurWords(error, file);
  });
}

/** Takes away what was being written when this process, or another one that is gone, was ended. */
export async function removeDrafts(root: string): Promise<void> {
  await checkParent(root, `${markerFolder}/x`);
  const folder = path.join(root, markerFolder);
  if (!(await statusOf(folder))) return;
  for (const name of await readdir(folder)) {
    const owner = Number(draftName.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(owner) || underway.has(name) || (owner !== process.pid && isAlive(owner))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Removes folders as far as they are empty, the innermost first. */
export async function removeEmpty(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    try {
      await rmdir(folder);
    } catch {
      return; // something is in it, or it was never made
    }
  }
}

/** Makes the folders above a file of a copy. @throws CopyFault when one of them is no folder of the copy */
async function makeParent(root: string, name: string): Promise<void> {
  await checkParent(root, name);
  const parent = path.dirname(path.join(root, name));
  try {
    await mkdir(parent, { recursive: true });
  } catch (error) {
    throw inOurWords(error, parent);
  }
  await checkParent(root, name);
}

/** Sees to it that what is named lies in the copy. @throws CopyFault when a folder on the way leads out of it */
async function checkParent(root: string, name: string): Promise<void> {
  if (!isInside(name)) throw new CopyFault(`${name} is no path inside of your copy, so it was left alone.`);
  const parts = name.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = path.join(root, ...parts.slice(0, depth));
    const status = await statusOf(folder);
    if (!status) return;
    if (!status.isDirectory()) throw notPlain(folder, status);
  }
  const parent = path.dirname(name);
  if (!(await statusOf(path.join(root, parent)))) return;
  // No part is a link; what else may lead elsewhere (a junction, a mount by another name) shows in the real path.
  const real = path.join(await realpath(root), parent);
  if (path.relative(real, await realpath(path.join(root, parent))) !== '') {
    throw new CopyFault(`${path.join(root, parent)} leads out of your copy, so nothing was written there.`);
  }
}

/** Lets `write` make a draft and put it in its place; whatever happens, nothing of it stays behind. */
async function throughDraft(root: string, write: (draft: string) => Promise<void>): Promise<void> {
  const name = `${process.pid}-${randomUUID()}.tmp`;
  await makeParent(root, `${markerFolder}/${name}`);
  const draft = path.join(root, markerFolder, name);
  underway.add(name);
  try {
    await write(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
    underway.delete(name);
  }
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

function notPlain(file: string, status: Stats): CopyFault {
  const what = status.isSymbolicLink()
    ? 'is a link'
    : status.isDirectory()
      ? 'is a folder where a file belongs'
      : status.isFile()
        ? 'is a file where a folder belongs'
        : 'is no plain file';
  return new CopyFault(`${file} ${what}, so it was left alone: rename or remove it, then try again.`);
}
