/** The Your Copy view: what the learner has edited and written. Empty, it says how to get a copy. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Copies, Copy } from '../copies/copies.ts';
import { unsavedTexts } from '../copies/open-texts.ts';
import { editedFiles, type EditedFile } from '../copy/edited-files.ts';
import { command } from '../ids.ts';

/** A line of the tree. */
export type CopyNode =
  { kind: 'copy'; copy: Copy } | { kind: 'file'; copy: Copy; file: EditedFile; uri: vscode.Uri } | { kind: 'unedited' };

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
      return this.#copies.known.map((copy) => ({ kind: 'copy', copy }));
    }
    if (node.kind !== 'copy') return [];
    const { copy } = node;
    const files = await editedFiles(copy.root, copy.marker, unsavedTexts());
    if (files.length === 0) return [{ kind: 'unedited' }];
    return files.map((file) => ({
      kind: 'file',
      copy,
      file,
      uri: vscode.Uri.file(path.join(copy.root, file.lab, file.file)),
    }));
  }

  getTreeItem(node: CopyNode): vscode.TreeItem {
    if (node.kind === 'unedited') {
      const item = new vscode.TreeItem('Nothing edited yet');
      item.tooltip = 'Files that differ from the originals are listed here.';
      return item;
    }
    if (node.kind === 'copy') {
      const item = new vscode.TreeItem(path.basename(node.copy.root), vscode.TreeItemCollapsibleState.Expanded);
      item.iconPath = new vscode.ThemeIcon('folder');
      item.description = path.dirname(vscode.workspace.asRelativePath(node.copy.root, true)).replace(/^\.$/, '');
      item.tooltip = node.copy.root;
      item.contextValue = 'copy';
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
