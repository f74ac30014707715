/** The labs as a learner has them: the bundled ones, as their copy declares them, with algorithms of their own. */
import * as vscode from 'vscode';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Copies, Copy } from '../copies/copies.ts';
import { ownAlgorithms } from '../copies/own-algorithms.ts';
import type { Catalogue } from './catalogue.ts';

export class LabDirectory implements vscode.Disposable {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  /** What a copy's own lab.ts declares, by root and lab. */
  readonly #declared = new Map<string, LabEntry>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** What was told last. */
  #told = '';
  /** Labs, algorithms or parameters came, went or changed. */
  readonly onDidChange = this.#changed.event;

  constructor(catalogue: Catalogue, copies: Copies) {
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#subscription = copies.onDidChange(() => void this.#tell());
  }

  /** @param rootOf of the copy of each lab that is meant; undefined for the bundled lab, or where the copy has gone */
  entries(rootOf: (lab: string) => string | undefined): Promise<LabEntry[]> {
    return Promise.all(this.#catalogue.labs.map((lab) => this.#asIn(rootOf(lab.id), lab)));
  }

  async entry(id: string, root: string | undefined): Promise<LabEntry | undefined> {
    const lab = this.#catalogue.lab(id);
    return lab && this.#asIn(root, lab);
  }

  /**
   * Takes over what a copy's own lab.ts declared when it ran: nothing is executed for a panel alone. While it does
   * not run, what it said before stands.
   */
  async learn(root: string, declared: LabEntry): Promise<void> {
    this.#declared.set(keyOf(root, declared.id), declared);
    await this.#tell();
  }

  async #asIn(root: string | undefined, lab: LabEntry): Promise<LabEntry> {
    const copy = this.#copies.withLab(lab.id).find((known) => known.root === root);
    if (!copy) return lab;
    const declared = this.#declaredIn(copy, lab);
    const own = await ownAlgorithms(copy, lab);
    const unnamed = own.filter(({ id }) => !declared.algorithms.some((algorithm) => algorithm.id === id));
    return unnamed.length === 0 ? declared : { ...declared, algorithms: [...declared.algorithms, ...unnamed] };
  }

  #declaredIn({ root }: Copy, lab: LabEntry): LabEntry {
    const declared = this.#declared.get(keyOf(root, lab.id));
    return declared ? { ...declared, benchmarked: lab.benchmarked ?? false } : lab;
  }

  async #tell(): Promise<void> {
    const copies = this.#copies.known;
    const entries = await Promise.all(copies.map(({ root }) => this.entries(() => root)));
    const now = JSON.stringify(copies.map(({ root, labs }, i) => [root, labs, entries[i]]));
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#changed).dispose();
  }
}

function keyOf(root: string, lab: string): string {
  return JSON.stringify([root, lab]);
}
