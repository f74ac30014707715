/** The sweep of a panel: what is to be swept, how far it has come, and what it found. */
import { batch, computed, signal } from '@preact/signals';
import type { Expectation } from '../../labs/engine/lab/report.ts';
import type { RunChoice, SweepMessage, SweepRequest, SweepRun } from '../../labs/engine/protocol/panel.ts';
import type { PanelHost } from '../host.ts';
import type { ChoiceForm } from './choice-form.ts';
import { SweepForm } from './sweep-form.ts';

/** How far a sweep has come. */
export type SweepProgress = Pick<SweepMessage, 'request' | 'state' | 'done' | 'of' | 'message'>;

export class Sweep {
  readonly form: SweepForm;
  readonly progress = signal<SweepProgress | undefined>(undefined);
  /** Runs that are over, in the order in which they ended. */
  readonly runs = signal<readonly SweepRun[]>([]);
  /** What theory says at the request's `curveAt`, for each algorithm. */
  readonly expectations = signal<readonly Expectation[][][]>([]);
  readonly running = computed(() => this.progress.value?.state === 'running');
  readonly #host: PanelHost;

  constructor(form: ChoiceForm, host: PanelHost) {
    this.form = new SweepForm(form);
    this.#host = host;
  }

  /** Asks the host for what is in the form; nothing happens while it is wrong. */
  start(): void {
    const sweep = this.form.toRun();
    if (sweep) this.#host.post({ type: 'sweep', sweep });
  }

  stop(): void {
    this.#host.post({ type: 'stopSweep' });
  }

  /** Takes in what the host says. @returns a sentence for the live region where it is over */
  receive({ first, runs, expectations, type: _, ...progress }: SweepMessage): string | undefined {
    return batch(() => {
      const isNew = first === 0 && !isSame(this.progress.peek()?.request, progress.request);
      this.progress.value = progress;
      this.runs.value = [...(isNew ? [] : this.runs.peek().slice(0, first)), ...runs];
      if (expectations) this.expectations.value = expectations;
      else if (isNew) this.expectations.value = [];
      switch (progress.state) {
        case 'finished':
          return `Sweep finished: ${progress.done} runs.`;
        case 'stopped':
          return `Sweep stopped after ${progress.done} of ${progress.of} runs.`;
        case 'failed':
          return progress.message;
      }
      return undefined;
    });
  }

  /** A run of the sweep as one that can be run again by itself. */
  choiceOf({ algorithm, value, seed }: Pick<SweepRun, 'algorithm' | 'value' | 'seed'>): RunChoice | undefined {
    const request = this.progress.value?.request;
    if (!request) return undefined;
    const { choice, parameter } = request;
    return { ...choice, algorithm, seed, parameters: { ...choice.parameters, [parameter]: value } };
  }
}

function isSame(one: SweepRequest | undefined, other: SweepRequest): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
