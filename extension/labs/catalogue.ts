/** The bundled labs as data: their heads are read when somebody first asks, a lab when it is asked for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { byId } from '../../labs/engine/lab/formerly.ts';
import { chapters, type Chapter } from '../../labs/engine/lab/lab.ts';
import type { AlgorithmEntry, LabHead, WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import { headsFile, labFile } from '../../labs/engine/lab/catalogue-files.ts';

export class Catalogue {
  readonly #dist: string;
  #heads: LabHead[] | undefined;
  readonly #labs = new Map<string, WholeLabEntry>();

  /** @param dist the folder that the build writes */
  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Every bundled lab, in the order of the chapters. */
  get heads(): readonly LabHead[] {
    this.#heads ??= (this.#read(headsFile) as LabHead[]).sort(
      (a, b) => chapters.indexOf(a.chapter) - chapters.indexOf(b.chapter),
    );
    return this.#heads;
  }

  /** The chapters that have labs. */
  get chapters(): Chapter[] {
    return chapters.filter((chapter) => this.heads.some((lab) => lab.chapter === chapter));
  }

  /** A lab whole: each time the same object. */
  lab(id: string): WholeLabEntry | undefined {
    const head = byId(this.heads, id);
    if (!head) return undefined;
    const lab = this.#labs.get(head.id) ?? (this.#read(labFile(head.id)) as WholeLabEntry);
    this.#labs.set(head.id, lab);
    return lab;
  }

  /** Every lab whole: for what somebody waits for, not for a start. */
  get all(): WholeLabEntry[] {
    return this.heads.map(({ id }) => this.lab(id)!);
  }

  algorithm(lab: string, id: string): AlgorithmEntry | undefined {
    return byId(this.lab(lab)?.algorithms ?? [], id);
  }

  #read(file: string): unknown {
    return JSON.parse(readFileSync(path.join(this.#dist, file), 'utf8'));
  }
}
