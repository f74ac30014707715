/** The benchmarks of a panel: the one that is measured, or was measured last, and earlier ones of an algorithm. */
import { signal } from '@preact/signals';
import type { BenchmarkHistoryMessage, BenchmarkMessage } from '../../labs/engine/protocol/panel.ts';
import type { PanelHost } from '../host.ts';
import type { ChoiceForm } from './choice-form.ts';

export class Benchmarks {
  readonly latest = signal<BenchmarkMessage | undefined>(undefined);
  /** Earlier benchmarks of the algorithm that was asked about last. */
  readonly earlier = signal<BenchmarkHistoryMessage | undefined>(undefined);
  readonly #form: ChoiceForm;
  readonly #host: PanelHost;

  constructor(form: ChoiceForm, host: PanelHost) {
    this.#form = form;
    this.#host = host;
  }

  /** Measures the algorithm in the form. */
  start(): void {
    this.#host.post({ type: 'benchmark', ...this.#chosen });
  }

  cancel(): void {
    this.#host.post({ type: 'cancelBenchmark' });
  }

  /** Asks for the earlier benchmarks of the algorithm in the form. */
  askForEarlier(): void {
    this.#host.post({ type: 'benchmarkHistory', ...this.#chosen });
  }

  /** Shows what two of them have measured as a diff. @param after left out: what stands in the editor */
  compareCode(before: string, after?: string): void {
    const { lab, algorithm } = this.earlier.value ?? this.#chosen;
    this.#host.post({ type: 'compareBenchmarks', lab, algorithm, before, ...(after === undefined ? {} : { after }) });
  }

  get #chosen(): { lab: string; algorithm: string } {
    return { lab: this.#form.lab.value, algorithm: this.#form.algorithm.value };
  }
}
