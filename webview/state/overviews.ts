/** What runs that are too long for a panel look like as a whole: asked of the host once each. */
import { signal } from '@preact/signals';
import type { HostMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';
import type { Overview } from '../../labs/engine/scene/overview.ts';

/** Stretches that a run is summed up in: more than a strip has pixels to tell apart. */
const pixels = 400;
/** The overviews that are kept: of the run on the screen, the one it is compared with, and one to go back to. */
const maxKept = 3;
/** Numbers of requests: apart from those for windows of traces. */
const firstRequest = 1_000_000_000;

export class Overviews {
  readonly #post: (message: PanelMessage) => void;
  /** By run; the one that came last comes last. */
  readonly #known = signal<ReadonlyMap<string, Overview>>(new Map());
  /** By number of the request. */
  readonly #wanted = new Map<number, string>();
  #requests = firstRequest;

  constructor(post: (message: PanelMessage) => void) {
    this.#post = post;
  }

  /** The overview of a run; undefined where it has not come, or was not wanted. */
  of(run: string | undefined): Overview | undefined {
    return run === undefined ? undefined : this.#known.value.get(run);
  }

  /** Asks for the overview of a run that is over, unless it is here or on its way. */
  want(run: string): void {
    if (this.#known.peek().has(run) || [...this.#wanted.values()].includes(run)) return;
    this.#wanted.set(++this.#requests, run);
    this.#post({ type: 'overview', request: this.#requests, run, pixels });
  }

  receive({ request, run, overview }: Extract<HostMessage, { type: 'overview' }>): void {
    if (!this.#wanted.delete(request)) return;
    const known = [...this.#known.peek()].filter(([id]) => id !== run).slice(1 - maxKept);
    this.#known.value = new Map([...known, [run, withGaps(overview)]]);
  }

  /** The host would not answer a request: the run is shown without. */
  refused(request: number): void {
    this.#wanted.delete(request);
  }
}

/** JSON has no NaN: gaps in curves come as null. */
function withGaps(overview: Overview): Overview {
  const charts = overview.charts.map((group) => ({
    ...group,
    series: group.series.map((series) => ({ ...series, y: (series.y as (number | null)[]).map((y) => y ?? NaN) })),
  }));
  return { ...overview, charts };
}
