/**
 * Whether the host still answers. It is asked again and again; it has gone when it has left several questions in a row
 * unanswered, and is back with whatever it says next. Counted in questions, not in time: a computer may sleep.
 */
import { signal } from '@preact/signals';

/** Time between two questions. */
export const beatEvery = 2000; // ms
/** Questions left unanswered by a host that may still be busy. */
const patience = 3;

export class Pulse {
  readonly gone = signal(false);
  readonly #ask: () => void;
  #unanswered = 0;

  /** @param ask puts the question */
  constructor(ask: () => void) {
    this.#ask = ask;
  }

  /** Asks once more. */
  beat(): void {
    if (this.#unanswered >= patience) this.gone.value = true;
    else this.#unanswered++;
    this.#ask();
  }

  /** The host has said something. */
  heard(): void {
    this.#unanswered = 0;
    this.gone.value = false;
  }
}
