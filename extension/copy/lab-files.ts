/** What a window knows of the files of one lab in a copy: listed once, read once, and again only where one has changed. */
import path from 'node:path';
import { readPlain, statusOf, stampOf } from './inside.ts';
import { listLab, type Listing } from './layout.ts';
import { textHash } from './marker.ts';

interface KnownText {
  /** Undefined: no plain file, or too large to be a text. */
  text: string | undefined;
  hash: string | undefined;
  stamp: string;
}

export class LabFiles {
  readonly folder: string;
  #listing: Promise<Listing> | undefined;
  readonly #texts = new Map<string, Promise<KnownText>>();
  /** How many files were read so far: one event costs one at most. */
  reads = 0;

  /** @param folder the lab's folder in the copy */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Notes that something happened in the folder: what has another stamp since is read again, and nothing else. */
  changed(): void {
    this.#listing = undefined;
  }

  /** The files that count as the lab's. */
  list(): Promise<Listing> {
    if (!this.#listing) {
      const listing = this.#list();
      this.#listing = listing;
      listing.catch(() => this.changed());
    }
    return this.#listing;
  }

  /** The text of a file on disk; undefined where it is none. */
  async text(name: string): Promise<string | undefined> {
    return (await this.#known(name)).text;
  }

  /** What the text of a file on disk amounts to; undefined where it is none. */
  async hash(name: string): Promise<string | undefined> {
    return (await this.#known(name)).hash;
  }

  /** Lists anew, and forgets the texts that are no longer those on disk. */
  async #list(): Promise<Listing> {
    const listing = await listLab(this.folder);
    await Promise.all(
      [...this.#texts].map(async ([name, known]) => {
        const status = await statusOf(path.join(this.folder, name));
        const { stamp } = await known.catch(() => ({ stamp: undefined }));
        if ((status ? stampOf(status) : '') !== stamp && this.#texts.get(name) === known) this.#texts.delete(name);
      }),
    );
    return listing;
  }

  async #known(name: string): Promise<KnownText> {
    await this.list(); // which forgets what has changed
    let known = this.#texts.get(name);
    if (!known) {
      known = this.#read(name);
      this.#texts.set(name, known);
      known.catch(() => this.#texts.delete(name));
    }
    return known;
  }

  async #read(name: string): Promise<KnownText> {
    this.reads++;
    const file = path.join(this.folder, name);
    const read = await readPlain(file);
    if (read) return { ...read, hash: textHash(read.text) };
    const status = await statusOf(file);
    return { text: undefined, hash: undefined, stamp: status ? stampOf(status) : '' };
  }
}
