/** The marks among the events at hand, found once each while they arrive. */
import { signal } from '@preact/signals';
import { marksOf, type Mark } from '../../labs/engine/scene/marks.ts';
import { firstRowOf, type TraceView } from '../../labs/engine/scene/trace-view.ts';

export class FoundMarks {
  readonly marks = signal<readonly Mark[]>([]);
  #trace: TraceView | undefined;
  #upTo = 0;

  /** Looks at what a trace has that was not looked at yet; forgets those of another trace. */
  add(trace: TraceView): void {
    const fresh = this.#trace !== trace;
    if (fresh) this.#upTo = 0;
    this.#trace = trace;
    // What is only restated is not among the marks of this stretch.
    const found = marksOf(trace, Math.max(this.#upTo, firstRowOf(trace)));
    if (fresh) this.marks.value = found;
    else if (found.length > 0) this.marks.value = [...this.marks.value, ...found];
    this.#upTo = trace.length;
  }
}
