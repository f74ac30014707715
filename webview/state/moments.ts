/**
 * Moments of simulated runs: asked for where the learner looks closely, one at a time, and kept.
 * The host runs the code of the run again as far as the event, so it is asked only once the cursor has come to rest.
 */
import { signal } from '@preact/signals';
import type { RunMoment } from '../../labs/engine/protocol/moment.ts';
import type { HostMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';

/** How long the cursor rests before the host is asked. */
const rest = 150; // ms
/** Moments that are kept, the oldest out first: a few hundred KB at most of each. */
const mostKept = 40;
/** Requests for windows of traces count from 0; these from so far above that the two never meet. */
const firstRequest = 2 ** 40;

/** What is known of the moment that is looked at. */
export type KnownMoment = { run: string; event: number } & (
  { state: 'asked' } | { state: 'known'; moment: RunMoment } | { state: 'refused'; why: string }
);

export class Moments {
  /** The one that is looked at. */
  readonly shown = signal<KnownMoment | undefined>(undefined);
  readonly #post: (message: PanelMessage) => void;
  readonly #kept = new Map<string, RunMoment>();
  #requests = firstRequest;
  /** The request that is under way. */
  #pending: number | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (message: PanelMessage) => void) {
    this.#post = post;
  }

  /** Somebody looks at this event: what is known of it is shown, or asked for soon. */
  look(run: string, event: number): void {
    const known = this.shown.peek();
    if (known?.run === run && known.event === event && known.state !== 'refused') return;
    this.#giveUp();
    const moment = this.#kept.get(keyOf(run, event));
    if (moment) {
      this.shown.value = { run, event, state: 'known', moment };
      return;
    }
    this.shown.value = { run, event, state: 'asked' };
    this.#resting = setTimeout(() => this.#ask(run, event), rest);
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#giveUp();
    this.shown.value = undefined;
  }

  receive({ run, moment }: Extract<HostMessage, { type: 'moment' }>): void {
    const key = keyOf(run, moment.event);
    this.#kept.delete(key);
    this.#kept.set(key, moment);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    const shown = this.shown.peek();
    if (shown?.run !== run || shown.event !== moment.event) return;
    this.#pending = undefined;
    this.shown.value = { run, event: moment.event, state: 'known', moment };
  }

  /** @returns whether the request was for a moment */
  refused(request: number, why: string): boolean {
    const shown = this.shown.peek();
    if (request === this.#pending && shown) {
      this.#pending = undefined;
      this.shown.value = { run: shown.run, event: shown.event, state: 'refused', why };
    }
    return request >= firstRequest;
  }

  /** The host may have forgotten what it was asked, and what it may do may have changed. */
  reset(): void {
    const shown = this.shown.peek();
    if (!shown || shown.state === 'known') return;
    this.leave();
    this.look(shown.run, shown.event);
  }

  #ask(run: string, event: number): void {
    this.#pending = this.#requests++;
    this.#post({ type: 'moment', request: this.#pending, run, event });
  }

  #giveUp(): void {
    clearTimeout(this.#resting);
    if (this.#pending !== undefined) this.#post({ type: 'cancelMoment' });
    this.#pending = undefined;
  }
}

function keyOf(run: string, event: number): string {
  return `${run} ${event}`;
}
