/** The labs as a learner has them: the bundled ones, with the algorithms of their own among the others. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Copies } from '../copies/copies.ts';
import { ownAlgorithms } from '../copies/own-algorithms.ts';
import type { Catalogue } from './catalogue.ts';

export class LabDirectory {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;

  constructor(catalogue: Catalogue, copies: Copies) {
    this.#catalogue = catalogue;
    this.#copies = copies;
  }

  entries(): Promise<LabEntry[]> {
    return Promise.all(this.#catalogue.labs.map((lab) => this.#withOwn(lab)));
  }

  async entry(id: string): Promise<LabEntry | undefined> {
    const lab = this.#catalogue.lab(id);
    return lab && this.#withOwn(lab);
  }

  async #withOwn(lab: LabEntry): Promise<LabEntry> {
    const [copy] = this.#copies.withLab(lab.id);
    const own = copy ? await ownAlgorithms(copy, lab) : [];
    return own.length === 0 ? lab : { ...lab, algorithms: [...lab.algorithms, ...own] };
  }
}
