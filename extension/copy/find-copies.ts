/** Finds the copies among the folders where one may be. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readPlain, statusOf, stampOf } from './inside.ts';
import { LabFiles, type ReadFile } from './lab-files.ts';
import { labelsOf } from './labels.ts';
import { bundledLabs, copyFolder, markerFolder, type Product } from './layout.ts';
import { labsOf, markerPath, type Marker } from './marker.ts';
import { placeAt, renamedFolder, type Place } from './mend-copy.ts';

/** A copy that can be used. */
export interface Copy {
  /** Absolute path of the folder with the marker folder in it. */
  root: string;
  /** The folder's name, with those above it where another copy has the same. */
  label: string;
  labs: readonly string[];
  marker: Marker;
  /** Labs whose folder has another name now, by that name: nothing of them runs. */
  renamed: ReadonlyMap<string, string>;
  /** What is known of the files of a lab. */
  files(lab: string): LabFiles;
}

/** A copy whose record cannot be used: *Mend Copy* makes it anew. */
export interface BrokenCopy {
  root: string;
  label: string;
  /** What is wrong with its record. */
  problem: string;
  /** Labs whose folders it has. */
  labs: readonly string[];
}

/** Folders in a workspace folder that are looked into for a copy. */
const maxFolders = 1_000;

/** Where a copy may be in a workspace folder: it, the folder that Open Lab makes, and any other by which that one goes now. */
export async function placesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  const first = names.includes(copyFolder) ? [copyFolder] : [];
  const others = names.filter((name) => name !== copyFolder && name !== 'node_modules').slice(0, maxFolders);
  return [folder, ...[...first, ...others.sort()].map((name) => path.join(folder, name))];
}

/** Looks for copies again and again. What has not changed since the last look is not read again. */
export class CopyFinder {
  readonly #product: Product;
  readonly #read: ReadFile;
  /** What stood in a place, and the stamps of what was looked at for it. */
  readonly #places = new Map<string, { stamp: string; place: Place }>();
  readonly #files = new Map<string, Map<string, LabFiles>>();
  /** Where the folder of a lab went that is not there, by copy and lab. */
  readonly #renamedTo = new Map<string, { stamp: string; folder: string | undefined }>();
  #shipped: Promise<string[]> | undefined;

  /** @param read reads the files of labs in copies */
  constructor(product: Product, read: ReadFile = readPlain) {
    this.#product = product;
    this.#read = read;
  }

  /** The copies in these places, in their order. */
  async look(places: Iterable<string>): Promise<{ known: Copy[]; broken: BrokenCopy[] }> {
    const found: { root: string; place: Place & { kind: 'copy' | 'broken' } }[] = [];
    for (const root of new Set(places)) {
      const place = await this.#placeAt(root);
      if (place && (place.kind === 'copy' || place.kind === 'broken')) found.push({ root, place });
    }
    const labels = labelsOf(found.map(({ root }) => root));
    const known: Copy[] = [];
    const broken: BrokenCopy[] = [];
    for (const [index, { root, place }] of found.entries()) {
      const label = labels[index]!;
      if (place.kind === 'copy') known.push(await this.#copy(root, label, place.marker));
      else broken.push({ root, label, problem: place.problem, labs: place.labs });
    }
    for (const root of this.#files.keys()) if (!known.some((copy) => copy.root === root)) this.#files.delete(root);
    return { known, broken };
  }

  /**
   * Notes that something happened to a file or folder of a copy.
   * @param name relative to the copy, with forward slashes; '' for all of it
   */
  changed(root: string, name: string): void {
    const [lab = '', ...rest] = name.split('/');
    const files = this.#files.get(root);
    if (lab !== '') files?.get(lab)?.changed(rest.join('/'));
    else for (const known of files?.values() ?? []) known.changed();
  }

  /** Notes that anything may have happened to the files of every copy. */
  changedAll(): void {
    for (const root of this.#files.keys()) this.changed(root, '');
  }

  /** What stands in a place that has a marker folder; undefined for all others. */
  async #placeAt(root: string): Promise<Place | undefined> {
    const folder = await statusOf(path.join(root, markerFolder));
    if (!folder?.isDirectory()) {
      this.#places.delete(root);
      return undefined;
    }
    const marker = await statusOf(markerPath(root));
    // Without a record it is a copy that was damaged, or one that is being made: that shows in its other files.
    const stamp = marker ? stampOf(marker) : undefined;
    const last = this.#places.get(root);
    if (last && stamp !== undefined && last.stamp === stamp) return last.place;
    const place = await placeAt(root, this.#product);
    if (stamp === undefined) this.#places.delete(root);
    else this.#places.set(root, { stamp, place });
    return place;
  }

  async #copy(root: string, label: string, marker: Marker): Promise<Copy> {
    const labs: string[] = [];
    const renamed = new Map<string, string>();
    const shipped = await (this.#shipped ??= bundledLabs(this.#product));
    for (const lab of labsOf(marker).filter((id) => shipped.includes(id))) {
      if (await statusOf(path.join(root, lab))) labs.push(lab);
      else {
        const folder = await this.#renamed(root, lab);
        if (folder !== undefined) renamed.set(lab, folder);
      }
    }
    const files = this.#files.get(root) ?? new Map<string, LabFiles>();
    this.#files.set(root, files);
    const filesOf = (lab: string): LabFiles => {
      const known = files.get(lab) ?? new LabFiles(path.join(root, lab), this.#read);
      files.set(lab, known);
      return known;
    };
    return { root, label, labs, marker, renamed, files: filesOf };
  }

  /** As `renamedFolder`, looked for again when a folder of the copy has come, gone or been renamed. */
  async #renamed(root: string, lab: string): Promise<string | undefined> {
    const key = JSON.stringify([root, lab]);
    const stamp = stampOf(await stat(root));
    const last = this.#renamedTo.get(key);
    if (last?.stamp === stamp) return last.folder;
    const folder = await renamedFolder(root, lab);
    this.#renamedTo.set(key, { stamp, folder });
    return folder;
  }
}
