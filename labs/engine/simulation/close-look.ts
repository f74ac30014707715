/** One event of a run, watched closely while the run is repeated: which handler, which line, and what came of it. */
import type { Effect } from './world.ts';

/** What a handler asked for, as it happened. */
export interface AskedEvent {
  /** Index of the event. */
  readonly index: number;
  /** The stack of the line that asked for it. */
  readonly callSite: string;
}

/** Events that are noted of one handler: more than anybody reads. */
const mostNoted = 100;

interface CallSite {
  readonly handler: string;
  /** The event that the handler reacted to. */
  readonly cause: number;
  /** Its stack is only written out where somebody reads it. */
  readonly error: Error;
}

/** Told of a run while it is repeated; it changes nothing about it. */
export class CloseLook {
  readonly #event: number;
  readonly #callSites = new WeakMap<Effect, CallSite>();
  #running = '';
  /** The handler that asked for the event or, where the event set one going, that one; '' for none. */
  handler = '';
  /** The stack of the line that asked for the event, where a line did. */
  callSite: string | undefined;
  /** What the event carries: the message, what is written, what a timer keeps, what the handler was given. */
  content: unknown;
  /** Whether a line asked for the event, and it was before this look began. */
  missedIt = false;
  /** What the handler that the event set going asked for. */
  readonly did: AskedEvent[] = [];

  /** @param event index of the one that is looked at */
  constructor(event: number) {
    this.#event = event;
  }

  /** A step of the run begins. */
  stepBegins(): void {
    this.#running = '';
  }

  /** A handler is about to run. @param cause the event that it reacts to @param given what it gets: a message, a timer, a job */
  handlerBegins(handler: string, cause: number, given: unknown): void {
    this.#running = handler;
    if (cause !== this.#event) return;
    this.handler = handler;
    this.content = given;
  }

  /** The handler that runs asks for an effect. */
  asked(effect: Effect, cause: number): void {
    this.#callSites.set(effect, { handler: this.#running, cause, error: new Error('asked for here') });
  }

  /** An event is written. @param effect that is happening, if one is */
  wrote(index: number, effect: Effect | undefined): void {
    const site = effect && this.#callSites.get(effect);
    if (index === this.#event) {
      this.handler = site?.handler ?? (effect ? '' : this.#running);
      this.callSite = site?.error.stack;
      this.content = effect && contentOf(effect);
      this.missedIt = effect !== undefined && site === undefined;
    } else if (site?.cause === this.#event && this.did.length < mostNoted) {
      this.did.push({ index, callSite: site.error.stack ?? '' });
    }
  }
}

function contentOf(effect: Effect): unknown {
  switch (effect.do) {
    case 'send':
    case 'call':
      return effect.packet.message;
    case 'setTimer':
      return effect.keep;
    case 'write':
      return effect.write.value;
    default:
      return undefined;
  }
}
