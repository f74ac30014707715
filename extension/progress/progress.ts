/** How far the learner has come, by ids, so that it outlives updates and moved files. */
import * as vscode from 'vscode';

/** What was done with an algorithm; each step includes the ones before. */
export type Step = 'untouched' | 'opened' | 'run';

const steps: readonly Step[] = ['untouched', 'opened', 'run'];
const key = 'progress';

export class Progress {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(lab: string, algorithm: string): Step {
    return this.#all()[`${lab}/${algorithm}`] ?? 'untouched';
  }

  /** Notes that a step was taken; one further back changes nothing. */
  async reach(lab: string, algorithm: string, step: Step): Promise<void> {
    if (steps.indexOf(step) <= steps.indexOf(this.of(lab, algorithm))) return;
    // Read again: another window may have written meanwhile.
    await this.#memory.update(key, { ...this.#all(), [`${lab}/${algorithm}`]: step });
    this.#changed.fire();
  }

  #all(): Record<string, Step> {
    return this.#memory.get<Record<string, Step>>(key, {});
  }
}
