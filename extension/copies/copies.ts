/** The learner's copies that this window knows of: those in its folders and those opened before. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { CopyFinder, placesIn, type BrokenCopy, type Copy } from '../copy/find-copies.ts';
import type { LabFiles } from '../copy/lab-files.ts';
import { markerFile, markerFolder, mayCount, type Product } from '../copy/layout.ts';
import { bundledScheme, contextKey } from '../ids.ts';
import { FolderWatch, type InFolder } from './folder-watch.ts';
import { forgetRealPaths } from './open-texts.ts';
import { Rounds } from './rounds.ts';

export type { BrokenCopy, Copy } from '../copy/find-copies.ts';

/** A file of a lab, the bundled one or one in a copy. */
export interface LabFile {
  lab: string;
  /** Relative to the lab's folder, with forward slashes. */
  file: string;
  /** Undefined for the bundled one. */
  copy: Copy | undefined;
}

/** What has happened to the copies since listeners were told last. */
export interface CopyNews {
  /** Whether copies came or went, or what is known of one as a whole has changed. */
  copies: boolean;
  /** The labs in copies to whose files something has happened, on disk or in an editor. */
  labs: readonly LabInCopy[];
}

export interface LabInCopy {
  root: string;
  lab: string;
}

const rememberedKey = 'copies';
/** Copies outside of the window's folders that are looked for again at the next start. */
const maxRemembered = 20;
/** So many folders are watched one by one. */
const maxWatched = 500;

export class Copies implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #finder: CopyFinder;
  readonly #changed = new vscode.EventEmitter<CopyNews>();
  #known: readonly Copy[] = [];
  #broken: readonly BrokenCopy[] = [];
  readonly #subscriptions: vscode.Disposable;
  readonly #rounds: Rounds;
  /** By what they watch. */
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #folderWatch = new FolderWatch((file, kind) => this.#notePath(file, kind));
  /** Files of copies that stand unsaved in an editor. */
  readonly #unsaved = new Set<string>();
  /** What has happened since the last round: something to a file, something that takes a look for copies. */
  #news: 'nothing' | 'files' | 'copies' = 'nothing';
  /** The labs in copies to which it happened. */
  readonly #touched = new Map<string, LabInCopy>();
  /** The folders of a lab as they are watched. */
  readonly #watchedFolders = new WeakMap<LabFiles, readonly string[]>();
  /** Folders in which a copy may be that has not been seen yet. */
  #places: readonly string[] = [];

  /** Copies came or went, or the files in one did. */
  readonly onDidChange = this.#changed.event;

  constructor(product: Product, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#memory = memory;
    this.#finder = new CopyFinder(product);
    this.#rounds = new Rounds(
      () => this.#round(),
      (error) => log.error(error),
    );
    const { onDidChangeTextDocument, onDidSaveTextDocument, onDidCloseTextDocument } = vscode.workspace;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.refresh()),
      // Where a disk tells nobody what happens on it, copies are looked for when the learner comes back.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#rounds.soon();
      }),
      onDidChangeTextDocument(({ document }) => this.#noteUnsaved(document)),
      onDidSaveTextDocument((document) => this.#noteUnsaved(document)),
      onDidCloseTextDocument((document) => this.#noteUnsaved(document, false)),
    );
  }

  get known(): readonly Copy[] {
    return this.#known;
  }

  /** Copies whose record cannot be used. */
  get broken(): readonly BrokenCopy[] {
    return this.#broken;
  }

  /** Copies that hold a lab, the one of the active editor first. */
  withLab(lab: string): Copy[] {
    const active = vscode.window.activeTextEditor?.document.uri;
    const first = active && this.fileOf(active)?.copy;
    return this.#known
      .filter((copy) => copy.labs.includes(lab))
      .sort((a, b) => Number(b.root === first?.root) - Number(a.root === first?.root));
  }

  /** Which file of which lab a document is, undefined for all others. */
  fileOf(uri: vscode.Uri): LabFile | undefined {
    if (uri.scheme === bundledScheme) {
      const [, lab, ...rest] = uri.path.split('/');
      return lab && rest.length > 0 ? { lab, file: rest.join('/'), copy: undefined } : undefined;
    }
    if (uri.scheme !== 'file') return undefined;
    for (const copy of this.#known) {
      const [lab, ...rest] = path.relative(copy.root, uri.fsPath).split(path.sep);
      if (lab && rest.length > 0 && copy.labs.includes(lab)) return { lab, file: rest.join('/'), copy };
    }
    return undefined;
  }

  /** Looks for copies again. What is asked for while a look is under way is answered by the next one. */
  refresh(): Promise<void> {
    this.#news = 'copies';
    this.#finder.changedAll();
    return this.#rounds.now();
  }

  /** Remembers a copy outside of the window's folders. */
  async remember(root: string): Promise<void> {
    const remembered = this.#remembered().filter((other) => other !== root);
    await this.#memory.update(rememberedKey, [root, ...remembered].slice(0, maxRemembered));
    await this.refresh();
  }

  #remembered(): string[] {
    return this.#memory.get<string[]>(rememberedKey, []);
  }

  /** Looks for copies, and tells what has changed since the last round. */
  async #round(): Promise<void> {
    const news = this.#news;
    const touched = [...this.#touched.values()];
    this.#news = 'nothing';
    this.#touched.clear();
    const copies = news === 'files' ? false : (await this.#look()) || news === 'copies';
    if (news !== 'files' || (await this.#foldersMoved(touched))) {
      // Something may have happened in a folder before it was watched.
      for (const folder of await this.#folderWatch.set(await this.#foldersToWatch())) this.#noteFolder(folder);
    }
    if (copies || touched.length > 0) this.#changed.fire({ copies, labs: touched });
  }

  /** Looks for copies. @returns whether there are others, or something is known of one that was not */
  async #look(): Promise<boolean> {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath);
    const places = (await Promise.all(folders.map(placesIn))).flat();
    const remembered = this.#remembered();
    const { known, broken } = await this.#finder.look([...places, ...remembered]);
    const isNews = signatureOf(known, broken) !== signatureOf(this.#known, this.#broken);
    this.#known = known;
    this.#broken = broken;
    forgetRealPaths();
    this.#places = [...places, ...remembered];
    await this.#watch(folders, remembered);
    await vscode.commands.executeCommand('setContext', contextKey.hasCopy, known.length > 0);
    await vscode.commands.executeCommand('setContext', contextKey.hasBrokenCopy, broken.length > 0);
    for (const document of vscode.workspace.textDocuments) this.#noteUnsaved(document);
    return isNews;
  }

  /** Whether folders of these labs came or went, or have taken another's place. */
  async #foldersMoved(labs: readonly LabInCopy[]): Promise<boolean> {
    for (const { root, lab } of labs) {
      const files = this.#known.find((copy) => copy.root === root)?.files(lab);
      if (files && (await files.list()).folders !== this.#watchedFolders.get(files)) return true;
    }
    return false;
  }

  /** Every folder in which something may happen that is to be seen here. */
  async #foldersToWatch(): Promise<string[]> {
    const folders: string[] = [];
    for (const { root, labs, files } of this.#known) {
      folders.push(root, path.join(root, markerFolder));
      for (const lab of labs) {
        const known = files(lab);
        const listing = await known.list();
        this.#watchedFolders.set(known, listing.folders);
        folders.push(...listing.folders.map((name) => path.join(root, lab, name)));
      }
    }
    // A marker may still be on its way into a folder that has just come.
    folders.push(...this.#places.flatMap((place) => [place, path.join(place, markerFolder)]));
    return [...new Set(folders)].slice(0, maxWatched);
  }

  /** Something happened in one of the folders that are watched one by one. */
  #notePath(file: string, kind: InFolder): void {
    const copy = this.#copyAround(file);
    if (copy) return this.#noteFile(copy.root, path.relative(copy.root, file), kind === 'moved' ? 'went' : 'changed');
    const isMarker = [markerFolder, markerFile].includes(path.basename(file));
    if (isMarker || (kind === 'moved' && !path.basename(file).includes('.'))) this.#tell('copies');
  }

  /** Anything may have happened in a folder. */
  #noteFolder(folder: string): void {
    const copy = this.#copyAround(folder);
    if (copy) this.#noteFile(copy.root, path.relative(copy.root, folder), 'went');
    else this.#tell('copies');
  }

  /** The innermost copy around a path: one may lie in another. */
  #copyAround(file: string): Copy | undefined {
    return this.#known
      .filter(({ root }) => !path.relative(root, file).startsWith('..'))
      .sort((a, b) => b.root.length - a.root.length)[0];
  }

  /** A first unsaved edit, and the end of it, change what is the learner's own; the keystrokes between do not. */
  #noteUnsaved({ uri, isDirty }: vscode.TextDocument, isOpen = true): void {
    const name = uri.toString();
    const unsaved = isDirty && isOpen;
    if (unsaved === this.#unsaved.has(name)) return;
    const file = this.fileOf(uri);
    if (!unsaved) this.#unsaved.delete(name);
    else if (file?.copy) this.#unsaved.add(name);
    if (file?.copy) this.#tell('files', { root: file.copy.root, lab: file.lab });
  }

  /** Notes what has happened, for the next round. */
  #tell(news: 'files' | 'copies', lab?: LabInCopy): void {
    if (this.#news !== 'copies') this.#news = news;
    if (lab) this.#touched.set(JSON.stringify([lab.root, lab.lab]), lab);
    this.#rounds.soon();
  }

  /** Watches the folders in which a copy may come, go or be renamed, and all that is in the copies that are there. */
  async #watch(folders: readonly string[], remembered: readonly string[]): Promise<void> {
    const wanted = new Map<string, () => vscode.Disposable>();
    const watch = (base: string, pattern: string, act: (file: string, kind: FileEvent) => void): void => {
      wanted.set(`${base}\0${pattern}`, () => watcherOf(base, pattern, act));
    };
    const look = (): void => this.#tell('copies');
    const marks = [markerFolder, `${markerFolder}/${markerFile}`].flatMap((name) => [name, `*/${name}`]);
    for (const folder of folders) {
      watch(folder, `{*,${marks.join()}}`, (file, kind) => {
        // A copy comes and goes with a folder, and changes with its record: what is written to other files is neither.
        if (kind !== 'changed' || path.basename(file) === markerFile) look();
      });
    }
    const within = (root: string): boolean => folders.some((folder) => !path.relative(folder, root).startsWith('..'));
    for (const root of remembered.filter((place) => !within(place))) {
      watch(path.dirname(root), '*', (file) => {
        if (file === root) look();
      });
      watch(root, '*', look);
      watch(path.join(root, markerFolder), markerFile, look);
    }
    for (const { root } of this.#known) {
      // A copy that is known by a link is told of under its real path.
      for (const base of new Set([root, await realpath(root).catch(() => root)])) {
        watch(base, '**', (file, kind) => this.#noteFile(root, path.relative(base, file), kind));
      }
    }
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watchers.delete(key);
    }
    for (const [key, make] of wanted) if (!this.#watchers.has(key)) this.#watchers.set(key, make());
  }

  /** Something happened in a copy. @param relative to the copy */
  #noteFile(root: string, relative: string, kind: FileEvent): void {
    const name = relative.split(path.sep).join('/');
    const isMarker = name === markerFolder || name === `${markerFolder}/${markerFile}`;
    if (!isMarker && !mayCount(name, kind)) return;
    this.#finder.changed(root, name);
    const [lab = ''] = name.split('/');
    const isOfALab = this.#known.some((copy) => copy.root === root && copy.labs.includes(lab));
    // The record, the copy itself, or the folder of a lab.
    this.#tell(isMarker || !name.includes('/') ? 'copies' : 'files', isOfALab ? { root, lab } : undefined);
  }

  dispose(): void {
    this.#rounds.dispose();
    this.#folderWatch.dispose();
    vscode.Disposable.from(this.#subscriptions, this.#changed, ...this.#watchers.values()).dispose();
  }
}

type FileEvent = 'came' | 'changed' | 'went';

function watcherOf(base: string, pattern: string, act: (file: string, kind: FileEvent) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(base), pattern));
  watcher.onDidCreate(({ fsPath }) => act(fsPath, 'came'));
  watcher.onDidChange(({ fsPath }) => act(fsPath, 'changed'));
  watcher.onDidDelete(({ fsPath }) => act(fsPath, 'went'));
  return watcher;
}

/** All of a look for copies that others are told of. Of a record it is enough that it says the same: it is compared as a whole. */
function signatureOf(known: readonly Copy[], broken: readonly BrokenCopy[]): string {
  return JSON.stringify([known.map(({ renamed, ...copy }) => ({ ...copy, renamed: [...renamed] })), broken]);
}
