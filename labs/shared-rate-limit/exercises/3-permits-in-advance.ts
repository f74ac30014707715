/**
 * Exercise, advanced: permits in advance.
 *
 * A round trip for every request is dear. Here a gateway fetches three permits at a time and lets requests through on
 * them without asking; while it asks, requests wait. The store never hands out more than there are. Large limiters work
 * like this (Google's Doorman calls it a lease), and they have this bug at least once.
 *
 * Run it on *Stale counts* with seed 7. The check *No more than the quota gets through* is broken, although the store has
 * handed out exactly its quota. Mend `onPermits`. You are done when the check holds there, on *Read, then write* and on
 * *Uneven load*, and as many requests are admitted, and as many refused, as where the store decides.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/3-permits-in-advance.ts.
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from '../shared-limit.ts';

/** Permits that a gateway asks for at a time. */
const lease = 3;

export class PermitsInAdvance implements SharedLimit {
  gateway({ store, timeout }: Site): NodeProgram {
    return {
      initialState: () => ({ permits: 0, waiting: [], asking: false, admitted: 0 }),
      onJob(state: Gateway, job: Job, context: Context) {
        if (state.permits > 0) {
          state.permits--;
          state.admitted++;
          context.finish(job.id);
          return;
        }
        context.hold(job.id);
        state.waiting.push(job.id);
        if (state.asking) return;
        state.asking = true;
        context.call(store, { type: 'ask' }, { timeout, then: 'onPermits' });
      },
      onPermits(state: Gateway, { message }: Answer, context: Context) {
        state.asking = false;
        const given = (message?.permits as number | undefined) ?? 0;
        state.permits += given;
        for (const job of state.waiting.splice(0)) {
          if (given === 0) {
            context.reject(job, message ? 'quota used up' : 'the store is silent');
            continue;
          }
          if (state.permits > 0) state.permits--;
          state.admitted++;
          context.finish(job);
        }
      },
      status: ({ admitted, waiting }: Gateway) => `${admitted} admitted, ${waiting.length} waiting`,
    } as NodeProgram;
  }

  store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ left: limit }),
      onMessage(state: Left, _message: Message, _from: string, context: Context) {
        const permits = Math.min(lease, state.left);
        state.left -= permits;
        context.reply({ type: permits > 0 ? 'permits' : 'none', permits });
      },
      status: ({ left }: Left) => `${left} of ${limit} left`,
    };
  }
}

interface Gateway {
  /** Requests that may still be let through without asking. */
  permits: number;
  /** Jobs that wait for permits. */
  waiting: number[];
  /** Whether an answer of the store is on its way. */
  asking: boolean;
  admitted: number;
}

interface Left {
  left: number;
}
