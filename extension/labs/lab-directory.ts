/** The labs as a learner has them: the bundled ones, as their copy declares them, with algorithms of their own. */
import * as vscode from 'vscode';
import type { WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { AlgorithmIndex } from '../copies/algorithm-index.ts';
import type { Copies, Copy, CopyNews } from '../copies/copies.ts';
import type { Catalogue } from './catalogue.ts';

export class LabDirectory implements vscode.Disposable {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #algorithms: AlgorithmIndex;
  /** What a copy's own lab.ts declares, by root and lab. */
  readonly #declared = new Map<string, WholeLabEntry>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** The copies with their labs as they were told last. */
  #copiesTold = '';
  /** The learner's own algorithms as they were told last to whoever asked, by root and lab. */
  readonly #ownTold = new Map<string, { root: string; lab: WholeLabEntry; own: string }>();
  /** Labs, algorithms or parameters came, went or changed. */
  readonly onDidChange = this.#changed.event;

  constructor(catalogue: Catalogue, copies: Copies, algorithms: AlgorithmIndex) {
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#algorithms = algorithms;
    this.#subscription = copies.onDidChange((news) => void this.#tell(news));
  }

  /** @param root of the copy that is meant; undefined for the bundled lab, or where the copy has gone */
  async entry(id: string, root: string | undefined): Promise<WholeLabEntry | undefined> {
    const lab = this.#catalogue.lab(id);
    return lab && this.#asIn(root, lab);
  }

  /**
   * Takes over what a copy's own lab.ts declared when it ran: nothing is executed for a panel alone. While it does
   * not run, what it said before stands.
   */
  learn(root: string, declared: WholeLabEntry): void {
    const key = keyOf(root, declared.id);
    const isNews = JSON.stringify(declared) !== JSON.stringify(this.#declared.get(key));
    this.#declared.set(key, declared);
    if (isNews) this.#changed.fire();
  }

  async #asIn(root: string | undefined, lab: WholeLabEntry): Promise<WholeLabEntry> {
    const copy = root === undefined ? undefined : this.#copyAt(root, lab);
    if (!copy) return lab;
    const declared = this.#declaredIn(copy, lab);
    const own = await this.#algorithms.own(copy, lab);
    this.#ownTold.set(keyOf(copy.root, lab.id), { root: copy.root, lab, own: JSON.stringify(own) });
    const unnamed = own.filter(({ id }) => !declared.algorithms.some((algorithm) => algorithm.id === id));
    return unnamed.length === 0 ? declared : { ...declared, algorithms: [...declared.algorithms, ...unnamed] };
  }

  #declaredIn({ root }: Copy, lab: WholeLabEntry): WholeLabEntry {
    const declared = this.#declared.get(keyOf(root, lab.id));
    return declared ? { ...declared, benchmarked: lab.benchmarked ?? false } : lab;
  }

  #copyAt(root: string, { id }: WholeLabEntry): Copy | undefined {
    return this.#copies.known.find((copy) => copy.root === root && copy.labs.includes(id));
  }

  async #tell({ copies, labs }: CopyNews): Promise<void> {
    let isNews = false;
    if (copies) {
      const now = JSON.stringify(this.#copies.known.map((copy) => [copy.root, copy.labs]));
      isNews = now !== this.#copiesTold;
      this.#copiesTold = now;
    }
    const touched = new Set(labs.map(({ root, lab }) => keyOf(root, lab)));
    for (const [key, told] of this.#ownTold) {
      if (!copies && !touched.has(key)) continue;
      const copy = this.#copyAt(told.root, told.lab);
      const own = copy ? JSON.stringify(await this.#algorithms.own(copy, told.lab)) : '';
      if (own === told.own) continue;
      isNews = true;
      if (copy) this.#ownTold.set(key, { ...told, own });
      else this.#ownTold.delete(key);
    }
    if (isNews) this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#changed).dispose();
  }
}

function keyOf(root: string, lab: string): string {
  return JSON.stringify([root, lab]);
}
