/** The record that a copy carries: which version it follows, and what each file looked like when it came. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import { CopyFault } from './disk-fault.ts';
import { isInside, readText, statusOf, writeInside } from './inside.ts';
import { markerFile, markerFolder, maxFiles } from './layout.ts';

const fileOfALab = v.pipe(
  v.string(),
  v.maxLength(1_000),
  v.check((name) => name.includes('/') && isInside(name), 'a file in the folder of a lab'),
);

const marker = v.object({
  /** Version of this record's form. */
  format: v.literal(1),
  /** The version of the extension whose files these are. */
  engineVersion: v.pipe(v.string(), v.maxLength(100)),
  /** Base hashes by path relative to the copy, with forward slashes. */
  files: v.pipe(
    v.record(fileOfALab, v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
    v.check((files) => Object.keys(files).length <= maxFiles, `at most ${maxFiles} files`),
  ),
});

/** What a copy says of itself. */
export type Marker = v.InferOutput<typeof marker>;

/** A record that is there and cannot be used: Mend Copy makes a new one. */
export class BrokenMarker extends CopyFault {}

/** Where a copy keeps its record. */
export function markerPath(root: string): string {
  return path.join(root, markerFolder, markerFile);
}

/**
 * The record of a copy.
 * @returns undefined where `root` has none
 * @throws BrokenMarker when there is one that cannot be understood; its message says what is wrong with it
 */
export async function readMarker(root: string): Promise<Marker | undefined> {
  const file = markerPath(root);
  if (!(await statusOf(file))) return undefined;
  const text = (await readText(file))?.replace(/^\uFEFF/, '');
  if (text === undefined) throw new BrokenMarker(`${file} is no plain file, or too large`);
  if (/^<{7} /m.test(text)) throw new BrokenMarker(`${file} has conflict marks in it`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BrokenMarker(`${file} is damaged: it is not JSON`);
  }
  const result = v.safeParse(marker, json, { abortEarly: true });
  if (result.success) return result.output;
  const { format } = (json ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format !== 1) {
    throw new BrokenMarker(`${file} was written by another version of System Design Labs`);
  }
  throw new BrokenMarker(`${file} is damaged: ${result.issues[0].message}`);
}

/** Writes the record of a copy, over a broken one as well. */
export async function writeMarker(root: string, record: Marker): Promise<void> {
  const files = Object.fromEntries(Object.entries(record.files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify({ ...record, files }, null, 2)}\n`;
  await writeInside(root, `${markerFolder}/${markerFile}`, text, 'anything');
}

/** Ids of the labs that a copy holds by its record. */
export function labsOf(record: Marker): string[] {
  return [...new Set(Object.keys(record.files).map((name) => name.slice(0, name.indexOf('/'))))].sort();
}

/** What a file's text amounts to: a byte order mark, or line ends that a checkout has turned, are no edit. */
export function textHash(text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  return createHash('sha256').update(plain).digest('hex').slice(0, 32);
}
