/** The Your Copy view: what the learner has edited and written. Empty, it says how to get a copy. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { BrokenCopy, Copies, Copy } from '../copies/copies.ts';
import { unsavedTexts } from '../copies/open-texts.ts';
import { editedFiles, type EditedFile } from '../copy/edited-files.ts';
import { maxFiles } from '../copy/layout.ts';
import { command } from '../ids.ts';

/** A line of the tree. */
export type CopyNode =
  | { kind: 'copy'; copy: Copy }
  | { kind: 'broken'; copy: BrokenCopy }
  | { kind: 'file'; copy: Copy; file: EditedFile; uri: vscode.Uri }
  | { kind: 'renamed'; lab: string; folder: string }
  | { kind: 'more'; lab: string }
  | { kind: 'unedited' };

export class CopyTree implements vscode.TreeDataProvider<CopyNode>, vscode.Disposable {
  readonly #copies: Copies;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(copies: Copies) {
    this.#copies = copies;
    const tell = (): void => this.#changed.fire();
    this.#subscriptions = vscode.Disposable.from(
      copies.onDidChange(tell),
      vscode.workspace.onDidGrantWorkspaceTrust(tell),
    );
  }

  async getChildren(node?: CopyNode): Promise<CopyNode[]> {
    if (node === undefined) {
      // Without trust nothing of a copy runs; the view's welcome says so.
      if (!vscode.workspace.isTrusted) return [];
      return [
        ...this.#copies.broken.map((copy) => ({ kind: 'broken' as const, copy })),
        ...this.#copies.known.map((copy) => ({ kind: 'copy' as const, copy })),
      ];
    }
    if (node.kind !== 'copy') return [];
    const { copy } = node;
    const files = await editedFiles(copy, unsavedTexts());
    const cut = await Promise.all(copy.labs.map(async (lab) => ((await copy.files(lab).list()).more ? [lab] : [])));
    const nodes: CopyNode[] = [
      ...[...copy.renamed].map(([lab, folder]) => ({ kind: 'renamed' as const, lab, folder })),
      ...cut.flat().map((lab) => ({ kind: 'more' as const, lab })),
      ...files.map((file) => ({
        kind: 'file' as const,
        copy,
        file,
        uri: vscode.Uri.file(path.join(copy.root, file.lab, file.file)),
      })),
    ];
    return nodes.length > 0 ? nodes : [{ kind: 'unedited' }];
  }

  getTreeItem(node: CopyNode): vscode.TreeItem {
    if (node.kind === 'unedited') {
      const item = new vscode.TreeItem('Nothing edited yet');
      item.tooltip = 'Files that differ from the originals are listed here.';
      return item;
    }
    if (node.kind === 'copy') {
      const item = new vscode.TreeItem(node.copy.label, vscode.TreeItemCollapsibleState.Expanded);
      item.iconPath = new vscode.ThemeIcon('folder');
      if (!node.copy.label.includes('/')) {
        item.description = path.dirname(vscode.workspace.asRelativePath(node.copy.root, true)).replace(/^\.$/, '');
      }
      item.tooltip = node.copy.root;
      item.contextValue = 'copy';
      return item;
    }
    if (node.kind === 'broken') {
      const item = new vscode.TreeItem(node.copy.label, vscode.TreeItemCollapsibleState.None);
      item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
      item.description = 'its record is broken: mend it';
      item.tooltip = `${node.copy.problem}. Mending makes it anew from your files, and changes none of them.`;
      item.contextValue = 'broken';
      item.command = { command: command.mendCopy, title: 'Mend Copy', arguments: [node.copy.root] };
      return item;
    }
    if (node.kind === 'renamed') {
      const item = new vscode.TreeItem(node.folder, vscode.TreeItemCollapsibleState.None);
      item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
      item.description = `was ${node.lab}`;
      item.tooltip = `A lab is known by the name of its folder: as ${node.folder}, ${node.lab} does not run.`;
      item.command = { command: command.openLab, title: 'Open Lab', arguments: [node.lab] };
      return item;
    }
    if (node.kind === 'more') {
      const item = new vscode.TreeItem(node.lab, vscode.TreeItemCollapsibleState.None);
      item.iconPath = new vscode.ThemeIcon('info');
      item.description = `more than ${maxFiles.toLocaleString('en')} files: the rest is left out`;
      item.tooltip =
        'Code and pages count, from the top of the folder down; node_modules, dist and hidden folders do not.';
      return item;
    }
    const { file, uri } = node;
    const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.None);
    item.label = file.file;
    item.description = file.state === 'own' ? `${file.lab} · yours` : file.lab;
    item.contextValue = file.state;
    item.iconPath = vscode.ThemeIcon.File;
    item.command =
      file.state === 'own'
        ? { command: 'vscode.open', title: 'Open', arguments: [uri] }
        : { command: command.compareWithOriginal, title: 'Compare with Original', arguments: [uri] };
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}
