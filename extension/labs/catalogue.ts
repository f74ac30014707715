/** The bundled labs as data, read when somebody first asks. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { byId } from '../../labs/engine/lab/formerly.ts';
import { chapters, type Chapter } from '../../labs/engine/lab/lab.ts';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';

export class Catalogue {
  readonly #file: string;
  #labs: LabEntry[] | undefined;

  /** @param dist the folder that the build writes, with catalogue.json */
  constructor(dist: string) {
    this.#file = path.join(dist, 'catalogue.json');
  }

  /** Every bundled lab, in the order of the chapters. */
  get labs(): readonly LabEntry[] {
    this.#labs ??= (JSON.parse(readFileSync(this.#file, 'utf8')) as LabEntry[]).sort(
      (a, b) => chapters.indexOf(a.chapter) - chapters.indexOf(b.chapter),
    );
    return this.#labs;
  }

  /** The chapters that have labs. */
  get chapters(): Chapter[] {
    return chapters.filter((chapter) => this.labs.some((lab) => lab.chapter === chapter));
  }

  lab(id: string): LabEntry | undefined {
    return byId(this.labs, id);
  }

  algorithm(lab: string, id: string): AlgorithmEntry | undefined {
    return byId(this.lab(lab)?.algorithms ?? [], id);
  }
}
