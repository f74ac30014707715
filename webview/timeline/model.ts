/** What the timeline shows: the lanes, the stretch of time in view, and where the cursor stands in it. */
import { computed, effect, signal } from '@preact/signals';
import { clockOf, endOf, eventAtPlace, placeOf } from '../../labs/engine/scene/axis.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { outlineOf } from '../../labs/engine/scene/outline.ts';
import { firstRowOf, indexOf } from '../../labs/engine/scene/trace-view.ts';
import type { Playground } from '../state/playground.ts';
import { inUnit, lanesOf, type Lanes } from './lanes.ts';
import { isWhole, moved, revealed, zoomed, type Span } from './span.ts';
import type { TimeUnit } from './ticks.ts';

/** Marks that are named when what is in view is told. */
const listed = 6;

/** How much longer or shorter the window gets at a press of a key or a button. */
const zoomStep = 2;

export class TimelineModel {
  readonly unit = computed<TimeUnit>(() => (this.#playground.nature.value.clock === 'operations' ? 'operation' : 'ns'));
  readonly lanes = computed<Lanes>(() => {
    const { runs, run } = this.#playground;
    if (!run.value) return { lanes: [], shown: -1, more: 0 };
    const summaries = runs.list.value.map(({ summary }) => summary);
    return lanesOf(summaries, run.value.summary, runs.outlines.value);
  });
  /** From the first event of any lane to the end of the longest. */
  readonly bounds = computed<Span>(() => {
    const { lanes } = this.lanes.value;
    const { trace, player } = this.#playground;
    // The lane of a run that is coming in is behind it by a moment.
    const arrived = player.length.value === 0 ? 0 : endOf(clockOf(trace.value));
    const from = Math.min(...lanes.map((lane) => lane.from));
    const to = Math.max(arrived, ...lanes.map((lane) => lane.to));
    return to > from ? { from, to } : { from: 0, to: 1 };
  });
  /** What of it is in view. */
  readonly window = computed<Span>(() => this.#zoom.value ?? this.bounds.value);
  readonly isZoomed = computed(() => this.#zoom.value !== undefined);
  /** Where the cursor stands. */
  readonly place = computed(() => {
    const { trace, player, reducedMotion, destination } = this.#playground;
    const to = destination.value;
    if (typeof to === 'object') return to.place;
    const phase = reducedMotion.value ? 0 : player.phase.value;
    const [cursor, length] = [player.cursor.value, Math.min(player.length.value, trace.value.length)];
    if (cursor >= length) return 0;
    const clock = clockOf(trace.value);
    const place = placeOf(clock, cursor);
    return place + (phase === 0 ? 0 : phase * (placeOf(clock, cursor + 1) - place));
  });

  /** What is in view, in words: the stretch of time, and what is marked in it. */
  readonly inView = computed(() => {
    const { lanes, shown } = this.lanes.value;
    const { from, to } = this.window.value;
    const marks = (lanes[shown]?.outline?.marks ?? []).filter(({ place }) => place >= from && place <= to);
    const texts = marks.slice(0, listed).map(({ text }) => text);
    if (marks.length > listed) texts.push(`and ${formatFigure(marks.length - listed)} more`);
    const [begin, end] = [from, to].map((place) => inUnit(Math.floor(place), this.unit.value));
    const stretch = this.isZoomed.value ? `${begin} to ${end}` : `the whole run, ${begin} to ${end}`;
    return `In view: ${stretch}; ${marks.length === 0 ? 'no marks' : `marks: ${texts.join(', ')}`}.`;
  });

  readonly #playground: Playground;
  readonly #zoom = signal<Span | undefined>(undefined);
  #family: string | undefined;
  /** Runs whose outlines the host was asked for, with how many events they had. */
  readonly #asked = new Set<string>();
  #placeBefore = 0;
  #scrubbing = false;
  /** The lane that was gone to last, and the moment. */
  #visited: { run: string; place: number } | undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
    effect(() => this.#forgetOthers());
    effect(() => this.#askForOutlines());
    effect(() => this.#follow());
  }

  /** Brings the lane of the run on the screen up to date. */
  outlineShown(): void {
    const { run, runs, trace, marks, holding } = this.#playground;
    const summary = run.peek()?.summary;
    if (!summary || trace.peek().length === 0) return;
    const held = trace.peek();
    // The host may have told more than has arrived here. Of a stretch, the lane is as long as what can be scrubbed.
    if (!holding.isStretched && (runs.outlines.peek().get(summary.id)?.events ?? 0) >= held.length) return;
    const outline = outlineOf(clockOf(held), marks.peek(), summary, firstRowOf(held));
    const named = outline.marks.map((mark) => ({ ...mark, event: indexOf(held, mark.event) }));
    runs.outline(summary.id, { ...outline, marks: named });
  }

  /** The event of the run on the screen at a place. */
  eventAt(place: number): number {
    return eventAtPlace(clockOf(this.#playground.trace.value), place);
  }

  /** Puts the cursor on the event nearest to a place; the window stays: the learner has the pointer on it. */
  scrub(place: number): void {
    const { player, trace } = this.#playground;
    const clock = clockOf(trace.value);
    if (clock.length === 0) return;
    const before = this.eventAt(place);
    const after = Math.min(clock.length - 1, before + 1);
    const nearest = place - placeOf(clock, before) <= placeOf(clock, after) - place ? before : after;
    this.#scrubbing = true;
    player.step(nearest - player.cursor.value);
    this.#scrubbing = false;
  }

  zoomIn(around = this.#middle()): void {
    this.zoom(1 / zoomStep, around);
  }

  zoomOut(around = this.#middle()): void {
    this.zoom(zoomStep, around);
  }

  /** Shows a stretch `factor` times as long, in which `around` stays where it is. */
  zoom(factor: number, around: number): void {
    this.#show(zoomed(this.window.value, factor, around, this.bounds.value));
  }

  zoomAll(): void {
    this.#zoom.value = undefined;
  }

  /** Announces what is in view: to be called when a key has changed it. */
  tell(): void {
    this.#playground.notice.value = this.inView.value;
  }

  /** Moves the window by a share of its length. */
  pan(share: number): void {
    const { from, to } = this.window.value;
    this.#show(moved(this.window.value, share * (to - from), this.bounds.value));
  }

  /** Shows a lane's run at the moment that is on the screen. */
  showLane(number: number): void {
    const { lanes, shown } = this.lanes.value;
    const run = lanes[number]?.run.id;
    if (run === undefined || number === shown) return;
    const { shown: id, player } = this.#playground;
    // A run that was over by then stands at its end: who goes on to the next lane still means the moment before.
    const visited = this.#visited;
    const meant = visited !== undefined && visited.run === id.value ? visited.place : this.place.value;
    const place = this.eventAt(meant) === player.cursor.value ? meant : this.place.value;
    this.#visited = { run, place };
    this.#playground.open(run, { place });
  }

  #show(span: Span): void {
    // Before there is anything to see there is nothing to see closely.
    if (this.#playground.player.length.value === 0) return;
    this.#zoom.value = isWhole(span, this.bounds.value) ? undefined : span;
  }

  /** Keys zoom at the cursor, or in the middle where it is out of sight. */
  #middle(): number {
    const { from, to } = this.window.value;
    const place = this.place.value;
    return place >= from && place <= to ? place : (from + to) / 2;
  }

  /** Lanes of another family: the window, and what is known of those that went, belong to the past. */
  #forgetOthers(): void {
    const { lanes } = this.lanes.value;
    const family = lanes[0]?.run.id;
    if (family === this.#family) return;
    this.#family = family;
    this.#asked.clear();
    this.#zoom.value = undefined;
    const { outlines } = this.#playground.runs;
    const known = outlines.peek();
    outlines.value = new Map(
      lanes.flatMap(({ run }) => (known.has(run.id) ? [[run.id, known.get(run.id)!] as const] : [])),
    );
  }

  /** Lanes that have not been on the screen, or not to their end, are known to the host. */
  #askForOutlines(): void {
    const { lanes, shown } = this.lanes.value;
    lanes.forEach(({ run, outline }, number) => {
      const kept = run.events - run.dropped;
      const name = `${run.id} ${kept}`;
      if (number === shown || run.state === 'running' || this.#asked.has(name) || (outline?.events ?? -1) >= kept)
        return;
      this.#asked.add(name);
      this.#playground.askOutline(run.id);
    });
  }

  /**
   * Keeps the cursor in the window: leafs on where it is played to the end of it, and goes where it is put. A learner
   * who plays and has moved the window elsewhere is left alone.
   */
  #follow(): void {
    const { player, destination } = this.#playground;
    const place = this.place.value;
    const span = this.#zoom.peek();
    if (destination.value !== undefined) return;
    const before = this.#placeBefore;
    this.#placeBefore = place;
    if (!span || place === before || this.#scrubbing) return;
    const playing = player.playing.peek();
    if (playing && (before < span.from || before > span.to)) return;
    this.#zoom.value = revealed(span, place, playing ? 0.1 : 0.5, this.bounds.peek());
  }
}
