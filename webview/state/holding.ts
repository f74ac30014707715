/**
 * Which events the panel holds: all of a run, or of a long one a stretch around the cursor, exchanged for another when the
 * cursor leaves it. The host has the rest.
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { FrameMessage, PanelMessage, RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Mark } from '../../labs/engine/scene/marks.ts';
import { firstRowOf, indexOf, rowOf } from '../../labs/engine/scene/trace-view.ts';
import { TraceFeed } from '../trace/trace-feed.ts';
import { maxEventsHeld, stretchAround, stretchLength, TraceStore } from '../trace/trace-store.ts';
import { Overviews } from './overviews.ts';
import type { Player } from './player.ts';
import { keptEvents, type Runs } from './runs.ts';

/** Another stretch of the run on the screen, on its way. */
interface Exchange {
  run: string;
  store: TraceStore;
  /** Index in the run of the event at which the cursor is to stand. */
  to: number;
  /** Whether playing goes on there. */
  play: boolean;
}

/** Kinds of event, by their numbers. */
export interface KnownKinds {
  kinds: ReadonlySet<number>;
  /** Whether the run has, and will have, no others. */
  all: boolean;
}

/** What is looked at, and how to ask for it. */
export interface HoldingParts {
  runs: Runs;
  player: Player;
  /** Id of the run on the screen. */
  shown: ReadonlySignal<string | undefined>;
  /** Id of the run that it is compared with. */
  compared: ReadonlySignal<string | undefined>;
  /** Ids of the runs that stand below it. */
  below: ReadonlySignal<readonly string[]>;
  post(message: PanelMessage): void;
}

const noTrace = new TraceStore();

export class Holding {
  /** What is at hand of the run on the screen, and of the one it is compared with. */
  readonly trace: ReadonlySignal<TraceStore>;
  readonly compared: ReadonlySignal<TraceStore | undefined>;
  /** Index in the run of the event that is waited for, because it is not among those at hand. */
  readonly awaited = signal<number | undefined>(undefined);
  /** What runs that are too long to be held look like as a whole. */
  readonly overviews: Overviews;
  readonly #runs: Runs;
  readonly #player: Player;
  readonly #shown: ReadonlySignal<string | undefined>;
  readonly #comparedId: ReadonlySignal<string | undefined>;
  readonly #below: ReadonlySignal<readonly string[]>;
  readonly #feed: TraceFeed;
  #exchange: Exchange | undefined;

  constructor({ runs, player, shown, compared, below, post }: HoldingParts) {
    this.#runs = runs;
    this.#player = player;
    this.#shown = shown;
    this.#comparedId = compared;
    this.#below = below;
    this.#feed = new TraceFeed((message) => post(message));
    this.overviews = new Overviews((message) => post(message));
    this.trace = computed(() => (shown.value === undefined ? noTrace : this.traceOf(shown.value)));
    this.compared = computed(() => (compared.value === undefined ? undefined : this.traceOf(compared.value)));
    player.onLeave = (by) => this.#leave(by);
    effect(() => this.#playOn());
    effect(() => {
      runs.pinned = new Set(below.value);
      untracked(() => this.fetch());
    });
  }

  /** What is at hand of a run. */
  traceOf(id: string): TraceStore {
    void this.#runs.exchanges.value;
    return this.#runs.trace(id, (given) => this.#feed.forget(given));
  }

  /** The run on the screen. */
  get #summary(): RunSummary | undefined {
    return this.#runs.find(this.#shown.value)?.summary;
  }

  /** Whether some of the run's events are not, and will not be, at hand together with the others. */
  get isStretched(): boolean {
    const run = this.#summary;
    return run !== undefined && (this.trace.value.first > 0 || keptEvents(run) > mostOf(run));
  }

  /** How many events there are to go to: those at hand, or all of the run where it is too long for that. */
  get length(): number {
    return this.isStretched ? keptEvents(this.#summary!) : this.#player.length.value;
  }

  /** Whether no more events of the run on the screen are on their way, and none follow those at hand. */
  get isComplete(): boolean {
    const run = this.#summary;
    return run !== undefined && this.hasArrived(run.id) && !this.#feed.hasMore(run.id);
  }

  /** Whether all that is to be held of a run that is over is here. */
  hasArrived(id: string): boolean {
    const state = this.#runs.find(id)?.summary.state;
    return state !== undefined && state !== 'running' && this.#feed.isComplete(id);
  }

  /** Chooses what to hold of the run that is now on the screen. @param at index of the event at which the cursor will stand */
  begin(at: number): void {
    const run = this.#summary!;
    const kept = keptEvents(run);
    const first = kept > mostOf(run) ? stretchAround(Math.min(at, kept - 1), kept) : 0;
    this.#stopWaiting();
    if (this.trace.value.first !== first) {
      this.#feed.forget(run.id);
      this.#runs.exchange(run.id, new TraceStore(first));
    }
    this.#player.setLength(this.trace.value.length, firstRowOf(this.trace.value));
  }

  /**
   * Which kinds of event the run on the screen is known to have. What has come of it says so, one frame after the other; of a
   * run that is over and too long to be held as a whole, the overview that the host makes of all of it.
   */
  get kinds(): KnownKinds {
    const run = this.#summary;
    const trace = this.trace.value;
    void trace.revision.value;
    if (!run || run.state === 'running') return { kinds: trace.kinds, all: false };
    if (trace.first === 0 && trace.length >= keptEvents(run)) return { kinds: trace.kinds, all: true };
    const overview = this.overviews.of(run.id);
    return overview ? { kinds: new Set(overview.kinds), all: true } : { kinds: trace.kinds, all: false };
  }

  /** About which event of the run on the screen happened at a time; 0 where the run is at hand as a whole. */
  indexNear(time: number): number {
    const overview = this.overviews.of(this.#shown.value);
    const part = overview?.times.findLastIndex((from) => from <= time) ?? 0;
    return overview ? Math.floor((Math.max(0, part) * overview.events) / overview.times.length) : 0;
  }

  /** Asks the host for what is missing of the runs that are looked at. */
  fetch(): void {
    for (const id of new Set([this.#shown.value, this.#comparedId.value, ...this.#below.value])) {
      const run = this.#runs.find(id)?.summary;
      if (!run) continue;
      const shown = id === this.#shown.value;
      const store = shown ? (this.#exchange?.store ?? this.trace.value) : this.traceOf(run.id);
      const kept = keptEvents(run);
      this.#feed.follow(run.id, store, kept, mostOf(run), run.state === 'running');
      if (run.state !== 'running' && kept > mostOf(run)) this.overviews.want(run.id);
    }
  }

  /** Takes in a frame. @throws RangeError when it does not fit */
  receive(frame: FrameMessage): void {
    this.#feed.receive(frame);
    this.#takeExchange();
  }

  /** The host would not answer a request. */
  refused(request: number): void {
    this.overviews.refused(request);
    if (this.#feed.refused(request)) this.#stopWaiting();
  }

  /**
   * Puts the cursor on an event of the run, wherever it lies: where it is not at hand, the stretch around it is fetched.
   * @param index in the run
   */
  goTo(index: number): void {
    const trace = this.trace.value;
    const row = rowOf(trace, index);
    this.#player.pause();
    if (row >= firstRowOf(trace)) {
      this.#stopWaiting();
      this.#player.seek(row);
      this.fetch();
    } else this.#fetchAround(index, false);
  }

  /** Goes to the next mark that is not at hand, or to the end of the run where there is none. @returns the mark */
  goToMark(direction: 1 | -1): Mark | undefined {
    const run = this.#summary;
    const here = indexOf(this.trace.value, this.#player.cursor.value);
    const marks = this.overviews.of(run?.id)?.marks ?? [];
    const mark = direction > 0 ? marks.find(({ event }) => event > here) : marks.findLast(({ event }) => event < here);
    if (run) this.goTo(mark?.event ?? (direction > 0 ? keptEvents(run) - 1 : 0));
    return mark;
  }

  /** The cursor was to leave the events at hand. */
  #leave(by: number): void {
    if (!this.isStretched) return;
    const here = indexOf(this.trace.value, this.#player.cursor.value);
    const to = Math.min(keptEvents(this.#summary!) - 1, Math.max(0, here + by));
    if (to !== here) this.goTo(to);
  }

  /** Fetches the stretch around an event. What is at hand stays on the screen until it has come. */
  #fetchAround(to: number, play: boolean): void {
    const run = this.#summary;
    if (!run) return;
    const kept = keptEvents(run);
    const index = Math.min(Math.max(0, to), Math.max(0, kept - 1));
    const store = new TraceStore(stretchAround(index, kept));
    this.#exchange = { run: run.id, store, to: index, play };
    this.awaited.value = index;
    this.fetch();
  }

  /** Takes the stretch that has come for the one on the screen. */
  #takeExchange(): void {
    const exchange = this.#exchange;
    if (!exchange || !this.#feed.isComplete(exchange.run)) return;
    const { run, store, to, play } = exchange;
    batch(() => {
      this.#stopWaiting();
      this.#runs.exchange(run, store);
      this.#player.setLength(store.length, firstRowOf(store));
      this.#player.seek(rowOf(store, to));
      if (play) this.#player.play();
    });
  }

  #stopWaiting(): void {
    this.#exchange = undefined;
    this.awaited.value = undefined;
  }

  /** Playing has come to the end of a stretch: it goes on in the next. */
  #playOn(): void {
    const { playing, cursor, end } = this.#player;
    if (!playing.value || cursor.value < end || this.#exchange) return;
    const run = this.#summary;
    const { next, length } = this.trace.value;
    if (!run || length === 0 || run.state === 'running') return;
    if (this.#feed.isComplete(run.id) && this.#feed.hasMore(run.id)) this.#fetchAround(next, true);
  }
}

/** How many events of a run are held at once: all, unless they are too many; of one that goes on, nobody knows. */
function mostOf(run: RunSummary): number {
  return run.state === 'running' || keptEvents(run) > maxEventsHeld ? stretchLength : maxEventsHeld;
}
