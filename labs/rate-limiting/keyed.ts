/**
 * One limiter for each client: by address, by API key, by user.
 *
 * The trap is memory. Clients come, send three requests and are never seen again, and a table that only grows is
 * an outage that takes a month to arrive. A timer that goes over everything now and then stops the world now
 * and then. Here every newcomer pays instead: before it gets a limiter, two others are looked at, and dropped
 * if they have nothing left to remember. Two are looked at for one that comes, so the walk gets around the table
 * before the table can double, and no single request pays much.
 *
 * A limiter that is dropped is one that decides like a new one, so nobody can tell.
 *
 * Cost: O(1) a request; memory for the clients of about two windows, not for all that ever came.
 */
import type { RateLimiter } from './limiter.ts';

/** Limiters looked at for each newcomer. */
const lookedAt = 2;

export class Keyed<Limiter extends RateLimiter = RateLimiter> {
  readonly #create: () => Limiter;
  readonly #limiters = new Map<string, Limiter>();
  /** Goes around the table; a Map's iterator bears entries that come and go under it. */
  #walk = this.#limiters.entries();

  /** @param create makes the limiter of a client that is not known */
  constructor(create: () => Limiter) {
    this.#create = create;
  }

  /** Decides about a request of a client that arrives now. */
  admit(client: string): boolean {
    return this.of(client).admit();
  }

  /** The limiter of a client. */
  of(client: string): Limiter {
    return this.#limiters.get(client) ?? this.#welcome(client);
  }

  /** Clients that are remembered. */
  get size(): number {
    return this.#limiters.size;
  }

  /** The limiters of all clients that are remembered. */
  get limiters(): Iterable<Limiter> {
    return this.#limiters.values();
  }

  #welcome(newcomer: string): Limiter {
    for (let i = 0; i < lookedAt; i++) {
      const step = this.#walk.next();
      if (step.done) {
        this.#walk = this.#limiters.entries();
        break;
      }
      const [client, limiter] = step.value;
      if (limiter.isIdle()) this.#limiters.delete(client);
    }
    const limiter = this.#create();
    this.#limiters.set(newcomer, limiter);
    return limiter;
  }
}
