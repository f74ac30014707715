/** How far the learner has come, by ids, so that it outlives updates and moved files. */
import * as vscode from 'vscode';
import { idsOf, type Known } from '../../labs/engine/lab/formerly.ts';
import type { TourAnswer } from '../../labs/engine/protocol/panel.ts';
import type { ScenarioEntry } from '../../labs/engine/lab/catalogue.ts';
import { answersIn, toursTaken, withAnswer, type KeptAnswers } from './tour-answers.ts';

/** What was done with an algorithm; each step includes the ones before. */
export type Step = 'untouched' | 'opened' | 'run';

const steps: readonly Step[] = ['untouched', 'opened', 'run'];
const key = 'progress';
const answersKey = 'tourAnswers';

export class Progress {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(lab: Known, algorithm: Known): Step {
    const all = this.#all();
    const taken = idsOf(lab).flatMap((ofLab) => idsOf(algorithm).map((id) => all[`${ofLab}/${id}`] ?? 'untouched'));
    return steps.findLast((step) => taken.includes(step))!;
  }

  /** Notes that a step was taken; one further back changes nothing. */
  async reach(lab: string, algorithm: string, step: Step): Promise<void> {
    if (steps.indexOf(step) <= steps.indexOf(this.of({ id: lab }, { id: algorithm }))) return;
    // Read again: another window may have written meanwhile.
    await this.#memory.update(key, { ...this.#all(), [`${lab}/${algorithm}`]: step });
    this.#changed.fire();
  }

  /** What was answered in the tours of all labs: the last answer at each step. */
  get tourAnswers(): TourAnswer[] {
    return answersIn(this.#answers());
  }

  /** Notes an answer in the place of an earlier one at the same step. */
  async answer(answer: TourAnswer): Promise<void> {
    await this.#memory.update(answersKey, withAnswer(this.#answers(), answer));
    this.#changed.fire();
  }

  /** How many of a lab's tours have been taken to the end. */
  toursTaken(lab: Known, scenarios: readonly ScenarioEntry[]): number {
    return toursTaken(this.#answers(), lab, scenarios);
  }

  #answers(): KeptAnswers {
    return this.#memory.get<KeptAnswers>(answersKey, {});
  }

  #all(): Record<string, Step> {
    return this.#memory.get<Record<string, Step>>(key, {});
  }
}
