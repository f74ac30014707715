/** What a window knows of the files of one lab in a copy: listed once, read once, and again only where an event says so. */
import path from 'node:path';
import { readPlain, statusOf, stampOf, type StampedText } from './inside.ts';
import { listLab, maxFiles, mayCount, type Listing } from './layout.ts';
import { textHash } from './marker.ts';

/** Reads a plain file; undefined where there is none. */
export type ReadFile = (file: string) => Promise<StampedText | undefined>;

interface KnownText {
  /** Undefined: no plain file, or too large to be a text. */
  text: string | undefined;
  hash: string | undefined;
  stamp: string;
}

export class LabFiles {
  readonly folder: string;
  readonly #read: ReadFile;
  /** Undefined: nothing is known, or the last look failed. */
  #listing: Promise<Listing> | undefined;
  readonly #texts = new Map<string, Promise<KnownText>>();
  /** What something has happened to since the last look, relative to the folder; '' for all of it. */
  readonly #dirty = new Set<string>();
  readonly #derived = new Map<unknown, Promise<unknown>>();

  /** @param folder the lab's folder in the copy */
  constructor(folder: string, read: ReadFile = readPlain) {
    this.folder = folder;
    this.#read = read;
  }

  /**
   * Notes that something happened to a file, or to a folder and with it to all that lies under it. Nothing else is looked at.
   * @param name relative to the lab's folder, with forward slashes; left out: anything may have happened
   */
  changed(name = ''): void {
    this.#dirty.add(name);
    this.#derived.clear();
  }

  /** The files that count as the lab's. What no event has touched stays the same object: `files`, `folders`. */
  list(): Promise<Listing> {
    if (this.#listing && this.#dirty.size === 0) return this.#listing;
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    const listing = this.#look(this.#listing, dirty);
    this.#listing = listing;
    listing.catch(() => {
      if (this.#listing === listing) this.#listing = undefined;
    });
    return listing;
  }

  /** The text of a file on disk; undefined where it is none. */
  async text(name: string): Promise<string | undefined> {
    return (await this.#known(name)).text;
  }

  /** What the text of a file on disk amounts to; undefined where it is none. */
  async hash(name: string): Promise<string | undefined> {
    return (await this.#known(name)).hash;
  }

  /** What follows from the files, worked out again only after something has happened to one. @param key names it */
  derived<Value>(key: unknown, work: () => Promise<Value>): Promise<Value> {
    const known = this.#derived.get(key) as Promise<Value> | undefined;
    if (known) return known;
    const value = work();
    this.#derived.set(key, value);
    value.catch(() => {
      if (this.#derived.get(key) === value) this.#derived.delete(key);
    });
    return value;
  }

  async #look(before: Promise<Listing> | undefined, dirty: readonly string[]): Promise<Listing> {
    const known = await before?.catch(() => undefined);
    // Of a folder with more than is listed nobody knows what comes into its place.
    if (!known || known.more || dirty.includes('')) return this.#listAll();
    const files = new Set(known.files);
    const folders = new Set(known.folders);
    let filesMoved = false;
    let foldersMoved = false;
    for (const name of dirty) {
      // A folder that is not known has just come, with the file.
      let place = name;
      for (let above = folderOf(place); !folders.has(above); above = folderOf(place)) place = above;
      if (!mayCount(place, 'went')) continue;
      const status = await statusOf(path.join(this.folder, place));
      if (folders.has(place)) {
        foldersMoved = filesMoved = true;
        for (const set of [files, folders]) for (const one of set) if (isUnder(one, place)) set.delete(one);
      }
      if (status?.isDirectory()) {
        const below = await listLab(this.folder, place);
        if (below.more) return this.#listAll();
        foldersMoved = filesMoved = true;
        for (const one of below.files) files.add(one);
        for (const one of below.folders) folders.add(one);
      } else if (status?.isFile() && mayCount(place, 'changed')) {
        filesMoved ||= !files.has(place);
        files.add(place);
      } else {
        filesMoved = files.delete(place) || filesMoved;
      }
      await this.#forgetStale([...this.#texts].filter(([one]) => isUnder(one, place)));
    }
    if (files.size > maxFiles) return this.#listAll();
    return {
      files: filesMoved ? [...files].sort() : known.files,
      more: false,
      folders: foldersMoved ? [...folders] : known.folders,
    };
  }

  async #listAll(): Promise<Listing> {
    const listing = await listLab(this.folder);
    await this.#forgetStale([...this.#texts]);
    return listing;
  }

  /** Forgets those of the texts that are no longer the ones on disk. */
  async #forgetStale(texts: readonly [string, Promise<KnownText>][]): Promise<void> {
    await Promise.all(
      texts.map(async ([name, known]) => {
        const status = await statusOf(path.join(this.folder, name));
        const { stamp } = await known.catch(() => ({ stamp: undefined }));
        if ((status ? stampOf(status) : '') !== stamp && this.#texts.get(name) === known) this.#texts.delete(name);
      }),
    );
  }

  async #known(name: string): Promise<KnownText> {
    await this.list(); // which forgets what has changed
    let known = this.#texts.get(name);
    if (!known) {
      known = this.#readKnown(name);
      this.#texts.set(name, known);
      known.catch(() => this.#texts.delete(name));
    }
    return known;
  }

  async #readKnown(name: string): Promise<KnownText> {
    const file = path.join(this.folder, name);
    const read = await this.#read(file);
    if (read) return { ...read, hash: textHash(read.text) };
    const status = await statusOf(file);
    return { text: undefined, hash: undefined, stamp: status ? stampOf(status) : '' };
  }
}

/** The folder above a path, '' the topmost. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function isUnder(name: string, place: string): boolean {
  return name === place || name.startsWith(`${place}/`);
}
