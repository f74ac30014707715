/** The learner's copies that this window knows of: those in its folders and those opened before. */
import path from 'node:path';
import * as vscode from 'vscode';
import { copyFolder, markerFolder, type Product } from '../copy/layout.ts';
import { labsOf } from '../copy/create-copy.ts';
import { readMarker, type Marker } from '../copy/marker.ts';
import { refreshTypes } from '../copy/types-config.ts';
import { bundledScheme, command, contextKey } from '../ids.ts';

export interface Copy {
  /** Absolute path of the folder with the marker folder in it. */
  root: string;
  labs: readonly string[];
  marker: Marker;
}

/** A file of a lab, the bundled one or one in a copy. */
export interface LabFile {
  lab: string;
  /** Relative to the lab's folder, with forward slashes. */
  file: string;
  /** Undefined for the bundled one. */
  copy: Copy | undefined;
}

const rememberedKey = 'copies';
/** Copies outside of the window's folders that are looked for again at the next start. */
const maxRemembered = 20;

export class Copies implements vscode.Disposable {
  readonly #product: Product;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  #known: readonly Copy[] = [];
  readonly #subscription: vscode.Disposable;
  #watchers: vscode.Disposable[] = [];
  /** Files of copies that stand unsaved in an editor. */
  readonly #unsaved = new Set<string>();
  #refreshing: Promise<void> = Promise.resolve();

  /** Copies came or went, or the files in one did. */
  readonly onDidChange = this.#changed.event;

  constructor(product: Product, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#product = product;
    this.#memory = memory;
    this.#log = log;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.refresh()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#noteUnsaved(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#noteUnsaved(document)),
    );
  }

  get known(): readonly Copy[] {
    return this.#known;
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
    this.#refreshing = this.#refreshing.then(() => this.#look());
    return this.#refreshing;
  }

  /** Remembers a copy outside of the window's folders. */
  async remember(root: string): Promise<void> {
    const remembered = this.#memory.get<string[]>(rememberedKey, []).filter((other) => other !== root);
    await this.#memory.update(rememberedKey, [root, ...remembered].slice(0, maxRemembered));
    await this.refresh();
  }

  async #look(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .flatMap(({ uri }) => [uri.fsPath, path.join(uri.fsPath, copyFolder)]);
    const found: Copy[] = [];
    for (const root of new Set([...folders, ...this.#memory.get<string[]>(rememberedKey, [])])) {
      const marker = await readMarker(root).catch((error: Error) => {
        this.#log.warn(error.message);
        return undefined;
      });
      if (marker) found.push({ root, labs: labsOf(marker), marker });
    }
    const same = found.length === this.#known.length && found.every(({ root }, i) => root === this.#known[i]!.root);
    this.#known = found;
    if (!same) this.#watch();
    await vscode.commands.executeCommand('setContext', contextKey.hasCopy, found.length > 0);
    this.#changed.fire();
  }

  /** Brings a copy's types in line with this installation, and offers the update where it follows another version. */
  async settle(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    let behind = false;
    for (const { root, marker } of this.#known) {
      if (await refreshTypes(root, this.#product)) this.#log.info(`Types of ${root} now come from this installation.`);
      behind ||= marker.engineVersion !== this.#product.version;
    }
    if (behind) await vscode.commands.executeCommand(command.updateCopy);
  }

  /** A first unsaved edit, and the end of it, change what is the learner's own; the keystrokes between do not. */
  #noteUnsaved({ uri, isDirty }: vscode.TextDocument): void {
    const name = uri.toString();
    if (isDirty === this.#unsaved.has(name) || !this.fileOf(uri)?.copy) return;
    if (isDirty) this.#unsaved.add(name);
    else this.#unsaved.delete(name);
    this.#changed.fire();
  }

  #watch(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    this.#watchers = this.#known.flatMap(({ root }) => {
      const files = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(root), '**/*.ts'),
      );
      const marker = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(path.join(root, markerFolder)), 'copy.json'),
      );
      const tell = (): void => this.#changed.fire();
      const look = (): void => void this.refresh();
      files.onDidCreate(tell);
      files.onDidChange(tell);
      files.onDidDelete(tell);
      marker.onDidCreate(look);
      marker.onDidChange(look);
      marker.onDidDelete(look);
      return [files, marker];
    });
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#changed, ...this.#watchers).dispose();
  }
}
