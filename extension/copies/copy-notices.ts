/** Tells the learner what is the matter with a copy, with the button that mends it. Nothing is written before it is clicked. */
import * as vscode from 'vscode';
import type { Product } from '../copy/layout.ts';
import { typesFit } from '../copy/types-config.ts';
import { command } from '../ids.ts';
import type { BrokenCopy, Copies, Copy } from './copies.ts';

export class CopyNotices implements vscode.Disposable {
  readonly #product: Product;
  readonly #copies: Copies;
  readonly #subscriptions: vscode.Disposable;
  /** Copies that were told of, with what was said. */
  readonly #told = new Map<string, string>();

  constructor(product: Product, copies: Copies) {
    this.#product = product;
    this.#copies = copies;
    const look = (): void => void this.#look();
    this.#subscriptions = vscode.Disposable.from(
      copies.onDidChange((news) => {
        if (news.copies) look();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(look),
    );
  }

  async #look(): Promise<void> {
    // Without trust nothing of a copy runs, and nothing is written to it.
    if (!vscode.workspace.isTrusted) return;
    const { known, broken } = this.#copies;
    for (const root of this.#told.keys()) {
      if (![...known, ...broken].some((copy) => copy.root === root)) this.#told.delete(root);
    }
    for (const copy of broken) if (this.#isNews(copy.root, copy.problem)) void offerToMend(copy);
    for (const copy of known) {
      const wanted = await this.#updateWanted(copy);
      if (wanted === undefined) this.#told.delete(copy.root);
      else if (this.#isNews(copy.root, wanted)) void offerUpdate(wanted, copy);
    }
  }

  #isNews(root: string, message: string): boolean {
    if (this.#told.get(root) === message) return false;
    this.#told.set(root, message);
    return true;
  }

  /** Why a copy should be brought up to date, undefined where it should not. */
  async #updateWanted({ root, label, marker }: Copy): Promise<string | undefined> {
    const { version } = this.#product;
    if (marker.engineVersion !== version) {
      return `Your copy of the labs in ${label} follows ${marker.engineVersion}; ${version} is installed.`;
    }
    if (await typesFit(root, this.#product)) return undefined;
    return `The editor does not know yet where the types for your copy of the labs in ${label} are on this machine.`;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Says what is wrong with a copy's record, and offers to make it anew. */
export async function offerToMend({ root, label, problem }: BrokenCopy): Promise<void> {
  const mend = 'Mend Copy';
  const message =
    `The labs in ${label} do not run as your copy: ${problem}. ` +
    'Mending makes that record anew from your files, and changes none of them.';
  if ((await vscode.window.showWarningMessage(message, mend)) === mend) {
    await vscode.commands.executeCommand(command.mendCopy, root);
  }
}

async function offerUpdate(message: string, { root }: Copy): Promise<void> {
  const update = 'Update Copy';
  if ((await vscode.window.showInformationMessage(message, update)) === update) {
    await vscode.commands.executeCommand(command.updateCopy, root);
  }
}
