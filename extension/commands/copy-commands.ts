/** Commands about the learner's copy: make it, compare it, put a file back, follow an update, mend its record. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Copies, Copy } from '../copies/copies.ts';
import { offerToMend } from '../copies/copy-notices.ts';
import { unsavedTexts } from '../copies/open-texts.ts';
import { createCopy } from '../copy/create-copy.ts';
import { CopyFault } from '../copy/disk-fault.ts';
import { copyFolder, type Product } from '../copy/layout.ts';
import { mendCopy, placeAt } from '../copy/mend-copy.ts';
import { idChecker, writeNewAlgorithm } from '../copy/new-algorithm.ts';
import { updateCopy, type CopyUpdate } from '../copy/update-copy.ts';
import { bundledUri } from '../files/bundled-files.ts';
import { command } from '../ids.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { Playground } from '../panel/playground.ts';
import type { TextChoices } from '../panel/text-choices.ts';
import type { Targets } from './targets.ts';

/** A lab that is to be opened once the window has been loaded again on its folder. */
interface PendingOpen {
  root: string;
  lab: string;
  /** The algorithm that it is opened at, its first where left out. */
  algorithm?: string;
  /** Milliseconds since 1970. */
  askedAt: number;
}

const pendingKey = 'pendingOpen';
/** Loading a window takes seconds; a request that is older was given up. */
const pendingFor = 120_000; // ms

export class CopyCommands {
  readonly #product: Product;
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #playground: Playground;
  readonly #choices: TextChoices;
  readonly #targets: Targets;
  readonly #memory: vscode.Memento;

  constructor(
    product: Product,
    catalogue: Catalogue,
    copies: Copies,
    playground: Playground,
    choices: TextChoices,
    targets: Targets,
    memory: vscode.Memento,
  ) {
    this.#product = product;
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#playground = playground;
    this.#choices = choices;
    this.#targets = targets;
    this.#memory = memory;
  }

  register(): vscode.Disposable[] {
    const { registerCommand } = vscode.commands;
    return [
      registerCommand(
        command.openLab,
        writing((argument) => this.#openLab(argument)),
      ),
      registerCommand(
        command.newAlgorithm,
        writing((argument, id) => this.#newAlgorithm(argument, id)),
      ),
      registerCommand(command.openOriginal, (argument: unknown) => this.#openOriginal(argument)),
      registerCommand(command.compareWithOriginal, (argument: unknown) => this.#compare(argument)),
      registerCommand(
        command.resetToOriginal,
        writing((argument) => this.#reset(argument)),
      ),
      registerCommand(
        command.updateCopy,
        writing((argument) => this.#update(argument)),
      ),
      registerCommand(
        command.mendCopy,
        writing((argument) => this.#mend(argument)),
      ),
    ];
  }

  /** Goes on with a lab for which this window was loaded again. */
  async resume(): Promise<void> {
    const pending = this.#memory.get<PendingOpen>(pendingKey);
    if (!pending) return;
    const stale = Date.now() - pending.askedAt > pendingFor;
    if (!stale && !this.#copies.known.some(({ root }) => root === pending.root)) return;
    await this.#memory.update(pendingKey, undefined);
    if (!stale) await this.#show(pending.root, pending.lab, pending.algorithm);
  }

  async #openLab(argument: unknown): Promise<void> {
    const lab = await this.#targets.lab(argument);
    const root = lab === undefined ? undefined : await this.#rootFor(lab);
    if (lab === undefined || root === undefined || !(await this.#isInPlace(root, lab))) return;
    await createCopy(root, [lab], this.#product);
    await this.#open(root, lab);
  }

  /**
   * Makes a file for an algorithm of the learner's own, in their copy, and opens it.
   * @param wish its id, where a key binding or a link names one that is free; it is asked for otherwise
   */
  async #newAlgorithm(argument: unknown, wish: unknown): Promise<void> {
    const lab = this.#catalogue.lab((await this.#targets.lab(argument)) ?? '');
    const root = lab && (await this.#rootFor(lab.id));
    if (!lab || root === undefined || !(await this.#isInPlace(root, lab.id))) return;
    const place = { root, lab, product: this.#product };
    const complaint = await idChecker(place);
    const free = typeof wish === 'string' && complaint(wish) === undefined;
    const id = free ? wish : await askForId(lab.title, complaint);
    if (id === undefined) return;
    await createCopy(root, [lab.id], this.#product);
    await writeNewAlgorithm(place, id);
    await this.#open(root, lab.id, id);
  }

  /** The copy that a lab is in or goes into, which need not be there yet. */
  async #rootFor(lab: string): Promise<string | undefined> {
    await this.#copies.refresh();
    const { known, broken } = this.#copies;
    const having = this.#copies.withLab(lab);
    if (having.length > 1) return this.#oneOf(having);
    const copy =
      having[0] ??
      known.find(({ renamed }) => renamed.has(lab)) ??
      broken.find(({ labs }) => labs.includes(lab)) ??
      known[0] ??
      broken[0];
    return copy ? copy.root : this.#placeForCopy();
  }

  /** The copy of the active editor, else the one that the learner picks. @param copies that of the active editor first */
  async #oneOf(copies: readonly Copy[]): Promise<string | undefined> {
    const { activeTextEditor } = vscode.window;
    const active = activeTextEditor && this.#copies.fileOf(activeTextEditor.document.uri)?.copy;
    if (active && active.root === copies[0]!.root) return active.root;
    const items = copies.map(({ label, root }) => ({ label, description: root, root }));
    return (await vscode.window.showQuickPick(items, { placeHolder: 'In which of your copies?' }))?.root;
  }

  /**
   * Asks what is to be done where the folder of a lab has another name now.
   * @returns whether the lab is to be opened under its own
   */
  async #isInPlace(root: string, lab: string): Promise<boolean> {
    const copy = this.#copies.known.find((known) => known.root === root);
    const folder = copy?.renamed.get(lab);
    if (!copy || folder === undefined) return true;
    const [back, fresh] = ['Rename It Back', 'Make a Fresh One'];
    const message =
      `The folder ${lab} in ${copy.label} is called ${folder} now, and a lab is known by the name of its folder: ` +
      'as it is, nothing in it runs.';
    const choice = await vscode.window.showWarningMessage(message, back, fresh);
    if (choice !== back) return choice === fresh;
    // As an edit, so that what stands unsaved in editors moves along.
    const edit = new vscode.WorkspaceEdit();
    const [from, to] = [folder, lab].map((name) => vscode.Uri.file(path.join(root, name)));
    edit.renameFile(from!, to!);
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new CopyFault(`${from!.fsPath} could not be renamed to ${lab}.`);
    await this.#copies.refresh();
    return true;
  }

  /** Opens a copy's lab, after loading the window on the copy's folder where it has none. */
  async #open(root: string, lab: string, algorithm?: string): Promise<void> {
    if (!vscode.workspace.getWorkspaceFolder(vscode.Uri.file(root))) {
      await this.#copies.remember(root);
      if (!vscode.workspace.workspaceFolders?.length) {
        const pending: PendingOpen = {
          root,
          lab,
          askedAt: Date.now(),
          ...(algorithm === undefined ? {} : { algorithm }),
        };
        await this.#memory.update(pendingKey, pending);
        await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(root), { forceReuseWindow: true });
        return;
      }
    }
    await this.#copies.refresh();
    await this.#show(root, lab, algorithm);
  }

  /** Opens an algorithm of a lab, the first where none is named, and the playground beside it. */
  async #show(root: string, lab: string, algorithm?: string): Promise<void> {
    const first = this.#catalogue.lab(lab)?.algorithms[0];
    const file = algorithm === undefined ? first?.file : `${algorithm}.ts`;
    const id = algorithm ?? first?.id;
    if (file === undefined || id === undefined) return;
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(root, lab, file)), {
      viewColumn: vscode.ViewColumn.One,
      preview: false,
    });
    const panel = this.#playground.reveal();
    this.#choices.choose(panel, lab, root);
    if (panel.state.lab !== lab || algorithm !== undefined) panel.choose(lab, id);
    await panel.open();
  }

  /** Where a first copy goes: into the workspace's folder, into one of them, or into a folder of the learner's choosing. */
  async #placeForCopy(): Promise<string | undefined> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    let folder = folders[0]?.uri;
    if (folders.length > 1) {
      const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
      const picked = await vscode.window.showQuickPick(items, {
        placeHolder: `In which folder should ${copyFolder}/, your copy of the labs, be made?`,
      });
      if (!picked) return undefined;
      folder = picked.uri;
    }
    for (;;) {
      if (folder) {
        const here = (await placeAt(folder.fsPath, this.#product)).kind;
        if (isOurs(here)) return folder.fsPath;
        const root = path.join(folder.fsPath, copyFolder);
        const there = (await placeAt(root, this.#product)).kind;
        if (there === 'free' || isOurs(there)) return root;
        void vscode.window.showWarningMessage(
          `${root} exists already and is no copy of the labs, so it stays as it is: choose another folder.`,
        );
      }
      const chosen = await vscode.window.showOpenDialog({
        title: `Choose the folder in which to make ${copyFolder}/, your copy of the labs`,
        openLabel: 'Make the Copy Here',
        canSelectFiles: false,
        canSelectFolders: true,
      });
      if (!chosen?.[0]) return undefined;
      folder = chosen[0];
    }
  }

  async #openOriginal(argument: unknown): Promise<void> {
    const target = await this.#targets.algorithm(argument);
    const entry = target && this.#catalogue.algorithm(target.lab, target.algorithm);
    if (entry) await vscode.window.showTextDocument(bundledUri(target.lab, entry.file));
  }

  async #compare(argument: unknown): Promise<void> {
    const uri = this.#targets.file(argument);
    const original = uri && this.#originalOf(uri);
    if (!original) return;
    const title = `${path.posix.basename(uri.path)} (original ↔ yours)`;
    await vscode.commands.executeCommand('vscode.diff', original, uri, title);
  }

  /** Puts a file's original text back, as an edit that Undo takes back. */
  async #reset(argument: unknown): Promise<void> {
    const uri = this.#targets.file(argument);
    const original = uri && this.#originalOf(uri);
    if (!original) return;
    const document = await vscode.workspace.openTextDocument(uri);
    const text = (await vscode.workspace.openTextDocument(original)).getText();
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, whole, text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${uri.fsPath} could not be edited`);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** The bundled text of a file in a copy; undefined, and said so, for a file that is the learner's own. */
  #originalOf(uri: vscode.Uri): vscode.Uri | undefined {
    const file = this.#copies.fileOf(uri);
    if (file?.copy && file.copy.marker.files[`${file.lab}/${file.file}`] !== undefined) {
      return bundledUri(file.lab, file.file);
    }
    void vscode.window.showInformationMessage('This file has no original: it is not one that came with a lab.');
    return undefined;
  }

  /** @param argument root of the one copy that is meant, all where left out */
  async #update(argument: unknown): Promise<void> {
    await this.#copies.refresh();
    const isMeant = ({ root }: { root: string }): boolean => typeof argument !== 'string' || argument === root;
    for (const copy of this.#copies.broken.filter(isMeant)) void offerToMend(copy);
    for (const copy of this.#copies.known.filter(isMeant)) {
      const held = [...unsavedTexts().keys()].map((file) => path.relative(copy.root, file).split(path.sep).join('/'));
      const update = await updateCopy(copy.root, this.#product, new Set(held));
      if (update) void this.#report(copy, update);
    }
    await this.#copies.refresh();
  }

  /** Makes the record of a copy anew. @param argument its root, or its line in the tree */
  async #mend(argument: unknown): Promise<void> {
    await this.#copies.refresh();
    const { copy: { root = argument } = {} } = (argument ?? {}) as { copy?: { root?: unknown } };
    const copies = this.#copies.broken.filter((copy) => root === undefined || copy.root === root);
    for (const { root: broken, label } of copies) {
      await mendCopy(broken, this.#product);
      vscode.window.setStatusBarMessage(`$(check) The record of ${label} is whole again.`, 5_000);
    }
    await this.#copies.refresh();
  }

  async #report({ root, label, marker }: Copy, { followed, kept, passed }: CopyUpdate): Promise<void> {
    const { version } = this.#product;
    if (followed.length === 0 && kept.length === 0 && passed.length === 0) {
      if (marker.engineVersion === version) {
        vscode.window.setStatusBarMessage(`$(check) ${label} is up to date with ${version}.`, 5_000);
      }
      return;
    }
    const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
    const parts = [
      ...(followed.length > 0 ? [`${files(followed.length)} brought up to date`] : []),
      ...(kept.length > 0 ? [`${files(kept.length)} with your edits kept: ${kept.join(', ')}`] : []),
      ...(passed.length > 0 ? [`links and what is no plain file left alone: ${passed.join(', ')}`] : []),
    ];
    const compare = kept.length > 0 ? ['Compare'] : [];
    const message = `Your copy of the labs in ${label} now follows ${version}. ${parts.join('; ')}.`;
    if ((await vscode.window.showInformationMessage(message, ...compare)) !== 'Compare') return;
    const file = kept.length === 1 ? kept[0] : await vscode.window.showQuickPick(kept, { placeHolder: 'Which file?' });
    if (file !== undefined) await this.#compare(vscode.Uri.file(path.join(root, file)));
  }
}

/** Whether a folder is a copy already, or can become one again: what is in it stays as it is. */
function isOurs(kind: Awaited<ReturnType<typeof placeAt>>['kind']): boolean {
  return kind === 'copy' || kind === 'broken' || kind === 'likeness';
}

/** A command that writes to the learner's files: nothing without trust, and what the disk has against it in our words. */
function writing(action: (...args: unknown[]) => Promise<void>): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    if (!vscode.workspace.isTrusted) {
      const manage = 'Manage Workspace Trust';
      const message =
        'This workspace is not trusted, so nothing is written to it and no code of your own runs: trust it first.';
      void vscode.window.showWarningMessage(message, manage).then((choice) => {
        if (choice === manage) void vscode.commands.executeCommand('workbench.trust.manage');
      });
      return;
    }
    try {
      await action(...args);
    } catch (error) {
      if (!(error instanceof CopyFault)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** Asks for the name of a new algorithm until it can be used, or the learner gives up. */
function askForId(lab: string, complaint: (id: string) => string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `New Algorithm in ${lab}`,
    prompt: 'A short name, which becomes that of its file.',
    placeHolder: 'my-first-idea',
    validateInput: complaint,
  });
}
