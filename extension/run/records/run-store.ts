/**
 * The runs that are kept on disk: a folder, one file a run. Several windows may use one folder at once: a
 * file appears whole by a rename under a name that no other run has, and nothing is ever rewritten.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunSummary } from '../../../labs/engine/protocol/panel.ts';
import { decodeSummary, RecordError, summaryWithin } from '../../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import { requireReadableSize, type RecordFiles } from './record-files.ts';
import { withoutWhatItLeft } from './record-of.ts';

const extension = '.sdlrun';
/** A half-written file this old belongs to a window that has crashed. */
const abandonedAfter = 3_600_000; // ms

export interface RunStoreOptions {
  /** By which files are read and written. */
  files: RecordFiles;
  /** Bytes of all files together; the oldest go first. 200 MB where left out. */
  maxBytes?: number;
  /** For the log channel. */
  log(line: string): void;
}

export class RunStore {
  readonly #folder: string;
  readonly #files: RecordFiles;
  readonly #maxBytes: number;
  readonly #log: (line: string) => void;
  /** Summaries by file name: files never change. */
  readonly #summaries = new Map<string, RunSummary | undefined>();

  /** @param folder absolute path; made when the first run is kept */
  constructor(folder: string, options: RunStoreOptions) {
    this.#folder = folder;
    this.#files = options.files;
    this.#maxBytes = options.maxBytes ?? 200 * 1024 * 1024;
    this.#log = (line) => options.log(line);
  }

  /**
   * Keeps a run, and lets the oldest go when there are too many. Of one whose file could not be read again it keeps that it
   * was, as a failed run that says why.
   * @throws RecordError when not even that can be kept, or it alone is larger than everything that may be
   */
  async save(record: RunRecord): Promise<void> {
    const bytes = await this.#files.write(record).catch((error: unknown) => {
      if (!(error instanceof RecordError)) throw error;
      this.#log(`run ${record.id}: ${error.message}`);
      return this.#files.write(withoutWhatItLeft(record, error.message));
    });
    if (bytes.length > this.#maxBytes) {
      throw new RecordError(
        `this run takes ${megabytes(bytes.length)}, more than the ${megabytes(this.#maxBytes)} kept`,
      );
    }
    await mkdir(this.#folder, { recursive: true });
    const name = `${String(record.startedAt).padStart(15, '0')}-${record.id}${extension}`;
    const half = path.join(this.#folder, `${name}.${process.pid}.half`);
    await writeFile(half, bytes, { flush: true });
    await rename(half, path.join(this.#folder, name));
    await this.#makeRoom();
  }

  /**
   * A kept run; undefined when it is not, or no longer, there.
   * @throws RecordError when its file is damaged, or of another version
   */
  async load(id: string): Promise<RunRecord | undefined> {
    const name = (await this.#names()).find((one) => one.endsWith(`-${id}${extension}`));
    const file = name && path.join(this.#folder, name);
    const found = file && (await stat(file).catch(unlessGone));
    if (!found) return undefined;
    requireReadableSize(found.size);
    const bytes = await readFile(file).catch(unlessGone);
    return bytes && this.#files.read(bytes);
  }

  /** The kept runs, newest first. Reads the beginning of files it has not seen yet; leaves out what is no run. */
  async list(): Promise<RunSummary[]> {
    const names = await this.#names();
    for (const known of this.#summaries.keys()) if (!names.includes(known)) this.#summaries.delete(known);
    for (const name of names) {
      if (!this.#summaries.has(name)) this.#summaries.set(name, await this.#summary(name));
    }
    return names.flatMap((name) => this.#summaries.get(name) ?? []).reverse();
  }

  /** Forgets a run, if it is there. */
  async remove(id: string): Promise<void> {
    const name = (await this.#names()).find((one) => one.endsWith(`-${id}${extension}`));
    if (name) await unlink(path.join(this.#folder, name)).catch(unlessGone);
  }

  async #summary(name: string): Promise<RunSummary | undefined> {
    const file = await open(path.join(this.#folder, name)).catch(unlessGone);
    if (!file) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(summaryWithin), 0, summaryWithin, 0);
      return decodeSummary(buffer.subarray(0, bytesRead));
    } catch (error) {
      this.#log(`${name}: ${(error as Error).message}`);
      return undefined;
    } finally {
      await file.close();
    }
  }

  /** Names of the runs' files, oldest first: they begin with the time. */
  async #names(): Promise<string[]> {
    const all = (await readdir(this.#folder).catch(unlessGone)) ?? [];
    return all.filter((name) => name.endsWith(extension)).sort();
  }

  async #makeRoom(): Promise<void> {
    const sizes: { file: string; bytes: number }[] = [];
    for (const name of (await readdir(this.#folder)).sort()) {
      const file = path.join(this.#folder, name);
      const found = await stat(file).catch(unlessGone);
      if (found && name.endsWith(extension)) sizes.push({ file, bytes: found.size });
      else if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(file, { force: true });
    }
    let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { file, bytes } of sizes) {
      if (total <= this.#maxBytes) break;
      await unlink(file).catch(unlessGone);
      total -= bytes;
    }
  }
}

/** Another window may have removed it in the meantime. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
