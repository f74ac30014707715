/** The runs that the panel knows of: their summaries, what became of them, and the traces of those on the screen. */
import { signal, type Signal } from '@preact/signals';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { Outline } from '../../labs/engine/scene/outline.ts';
import { TraceStore } from '../trace/trace-store.ts';

export interface KnownRun {
  id: string;
  summary: RunSummary;
  report?: RunReport;
  failure?: RunFailure;
  /** 0 … 1 while it runs. */
  share: number;
}

/** How many events of a run the host has. */
export function keptEvents({ events, dropped }: RunSummary): number {
  return events - dropped;
}

/** Traces that are held at once: the run on the screen and the one it is compared with, and one to go back to. */
const maxTraces = 3;

export class Runs {
  /** Newest first. */
  readonly list: Signal<readonly KnownRun[]> = signal([]);
  /** Courses of runs in outline, by their ids: of those on the timeline. */
  readonly outlines: Signal<ReadonlyMap<string, Outline>> = signal(new Map());
  readonly #traces = new Map<string, TraceStore>();
  /** Runs whose traces stay, whatever else is looked at. */
  pinned: ReadonlySet<string> = new Set();

  /** What the host knows, over what was known. */
  reset(summaries: readonly RunSummary[]): void {
    const known = new Map(this.list.value.map((run) => [run.id, run]));
    this.list.value = summaries.map((summary) => ({ share: 1, ...known.get(summary.id), id: summary.id, summary }));
  }

  find(id: string | undefined): KnownRun | undefined {
    return this.list.value.find((run) => run.id === id);
  }

  /** Adds a run at the top, or brings a known one up to date. */
  update(summary: RunSummary, news: Partial<KnownRun> = {}): void {
    const known = this.find(summary.id);
    if (known) this.#replace({ ...known, summary, ...news });
    else this.list.value = [{ id: summary.id, summary, share: 0, ...news }, ...this.list.value];
  }

  progress(id: string, share: number, events: number, dropped: number): void {
    const known = this.find(id);
    if (known) this.#replace({ ...known, share, summary: { ...known.summary, events, dropped } });
  }

  /** Counts exchanges of a trace for another stretch of the same run. */
  readonly exchanges = signal(0);

  /** Whether a run's trace, or a stretch of it, is held. */
  holds(id: string): boolean {
    return this.#traces.has(id);
  }

  /** Holds another stretch of a run from now on. */
  exchange(id: string, store: TraceStore): void {
    this.#traces.set(id, store);
    this.exchanges.value++;
  }

  /** The trace of a run; those not looked at for longest are given up. @param given told which one went */
  trace(id: string, given: (id: string) => void): TraceStore {
    const store = this.#traces.get(id) ?? new TraceStore();
    this.#traces.delete(id);
    this.#traces.set(id, store);
    for (const oldest of this.#traces.keys()) {
      if (this.#traces.size - this.pinned.size <= maxTraces) break;
      if (this.pinned.has(oldest)) continue;
      this.#traces.delete(oldest);
      given(oldest);
    }
    return store;
  }

  outline(id: string, outline: Outline): void {
    this.outlines.value = new Map(this.outlines.value).set(id, outline);
  }

  #replace(run: KnownRun): void {
    this.list.value = this.list.value.map((known) => (known.id === run.id ? run : known));
  }
}
