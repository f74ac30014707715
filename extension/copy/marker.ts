/** The record that a copy carries: which version it follows, and what each file looked like when it came. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { markerFolder } from './layout.ts';

const relativePath = v.pipe(
  v.string(),
  v.check(
    (name) => !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..') && name !== '',
    'a path inside the copy',
  ),
);

const marker = v.object({
  /** Version of this record's form. */
  format: v.literal(1),
  /** The version of the extension whose files these are. */
  engineVersion: v.string(),
  /** Base hashes by path relative to the copy, with forward slashes. */
  files: v.record(relativePath, v.string()),
});

/** What a copy says of itself. */
export type Marker = v.InferOutput<typeof marker>;

/**
 * The record of a copy.
 * @returns undefined where `root` is no copy
 * @throws Error when there is a record that cannot be understood
 */
export async function readMarker(root: string): Promise<Marker | undefined> {
  const file = path.join(root, markerFolder, 'copy.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged: delete it, then open a lab again; your files stay as they are`);
  }
  const result = v.safeParse(marker, json);
  if (result.success) return result.output;
  throw new Error(`${file} was written by another version: update System Design Labs, or delete that file`);
}

/** Writes the record of a copy. */
export async function writeMarker(root: string, record: Marker): Promise<void> {
  const files = Object.fromEntries(Object.entries(record.files).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(path.join(root, markerFolder, 'copy.json'), `${JSON.stringify({ ...record, files }, null, 2)}\n`);
}

/** What a file's text amounts to. A checkout on Windows that turns line ends is no edit. */
export function textHash(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 32);
}

/** Writes a file by renaming, so that another window reads either the old text or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The text of a file, undefined where there is none. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
