/** The cursor and what moves it: play, step, scrub. A run executes ahead; only this moves on the screen. */
import { batch, signal } from '@preact/signals';

import { formatFigure } from '../../labs/engine/scene/event-text.ts';

/** Ways to play: events a second, or the whole run in so many seconds. */
export const speeds = [
  { id: 'crawl', title: '1 event in 5 s', perSecond: 0.2 },
  { id: 'creep', title: '1 event in 2 s', perSecond: 0.5 },
  { id: 'step', title: '1 event/s', perSecond: 1 },
  { id: 'slow', title: '4 events/s', perSecond: 4 },
  { id: 'walk', title: '20 events/s', perSecond: 20 },
  { id: 'run', title: '200 events/s', perSecond: 200 },
  { id: 'whole', title: 'All in 10 s', seconds: 10 },
  { id: 'fast', title: 'All in 2 s', seconds: 2 },
  { id: 'instant', title: 'As fast as it goes', seconds: 0 },
] as const;
export type SpeedId = (typeof speeds)[number]['id'];

/** Events a second that a speed means in a run of `length` events. */
export function eventsPerSecond(speed: SpeedId, length: number): number {
  const { perSecond, seconds } = speeds.find(({ id }) => id === speed)! as { perSecond?: number; seconds?: number };
  if (perSecond !== undefined) return perSecond;
  // A tiny run spread over ten seconds would crawl; nothing needs more than half a second an event.
  return seconds === 0 ? Infinity : Math.max(2, length / seconds!);
}

/** What a speed means in a run of `length` events, in words. */
export function speedInWords(speed: SpeedId, length: number): string {
  const perSecond = eventsPerSecond(speed, length);
  if (perSecond === Infinity) return 'everything at once';
  if (perSecond < 1) return `an event every ${formatFigure(1 / perSecond)} seconds`;
  return perSecond === 1 ? 'an event a second' : `${formatFigure(Number(perSecond.toPrecision(2)))} events/s`;
}

/** Up to so many events a second one can see what happens between two of them. */
const slowMotion = 4;

export class Player {
  /** Index of the last event that has happened on the screen; 0 in an empty run. */
  readonly cursor = signal(0);
  readonly playing = signal(false);
  readonly speed = signal<SpeedId>('whole');
  /** In slow motion: how far it is from the event at the cursor to the next, 0 up to 1; at rest and otherwise 0. */
  readonly phase = signal(0);
  /** How many events there are to play. */
  readonly length = signal(0);
  /** The first event that the cursor may stand on: those before it only say how things stand there. */
  readonly begin = signal(0);
  /** Called instead of a step that would leave the events at hand. @param by how far beyond the first (negative) or the last of them */
  onLeave: ((by: number) => void) | undefined;
  /** Fraction of an event that has passed since the cursor moved. */
  #carry = 0;
  /** Where playing ends before the end, and how fast it gets there. */
  #stop: { event: number; perSecond: number } | undefined;

  /** Index of the last event. */
  get end(): number {
    return Math.max(0, this.length.value - 1);
  }

  /** Another run, the same one grown, or another stretch of it. @param begin the first event to stand on */
  setLength(length: number, begin = 0): void {
    this.length.value = length;
    this.begin.value = begin;
    if (this.cursor.value > this.end) this.cursor.value = this.end;
    else if (this.cursor.value < begin) this.cursor.value = Math.min(begin, this.end);
  }

  /** Puts the cursor somewhere and keeps playing if it was. */
  seek(cursor: number): void {
    this.#carry = 0;
    this.#stop = undefined;
    this.phase.value = 0;
    this.cursor.value = Math.min(this.end, Math.max(this.begin.value, Math.round(cursor)));
  }

  play(): void {
    batch(() => {
      if (this.cursor.value >= this.end) this.seek(this.begin.value);
      this.playing.value = this.length.value > 1;
    });
  }

  /** Plays on to an event and stops there, in a few seconds at most. */
  playTo(event: number): void {
    batch(() => {
      this.play();
      const distance = event - this.cursor.value;
      this.#stop = { event, perSecond: Math.max(eventsPerSecond(this.speed.value, this.length.value), distance / 3) };
    });
  }

  pause(): void {
    this.playing.value = false;
    this.#stop = undefined;
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  /** Moves by whole events and stops playing. */
  step(by: number): void {
    batch(() => {
      this.pause();
      const to = this.cursor.value + by;
      this.seek(to);
      if (to < this.begin.value) this.onLeave?.(to - this.begin.value);
      else if (to > this.end) this.onLeave?.(to - this.end);
    });
  }

  /**
   * Lets time pass.
   * @param milliseconds since the last call
   * @param growing whether more events are on their way, so that the end is to be waited at
   */
  tick(milliseconds: number, growing: boolean): void {
    if (!this.playing.value) return;
    const { event: end, perSecond } = this.#stop ?? {
      event: this.end,
      perSecond: eventsPerSecond(this.speed.value, this.length.value),
    };
    const distance = this.#carry + (perSecond * milliseconds) / 1000;
    const whole = Math.min(Math.floor(distance), end - this.cursor.value);
    batch(() => {
      if (whole > 0) this.cursor.value += whole;
      this.#carry = Number.isFinite(distance) ? distance - Math.floor(distance) : 0;
      this.phase.value = perSecond <= slowMotion && this.cursor.value < end ? this.#carry : 0;
      if (this.cursor.value >= end && (this.#stop || !growing)) this.pause();
    });
  }
}
