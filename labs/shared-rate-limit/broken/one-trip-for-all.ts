/**
 * The store decides, with a bug: while a question is on its way, a gateway asks no second one.
 *
 * Run it on *Read, then write*. It sends fewer messages than the others, nothing is read before it is written, and the
 * check *No more than the quota gets through* is broken all the same. How far off is the store's own count?
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from '../shared-limit.ts';
import { StoreDecides } from '../store-decides.ts';

export class OneTripForAll extends StoreDecides implements SharedLimit {
  override gateway({ store, timeout }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0, waiting: [] }),
      onJob({ waiting }: Gateway, job: Job, context: Context) {
        context.hold(job.id);
        waiting.push(job.id);
        if (waiting.length === 1) context.call(store, { type: 'take' }, { timeout, then: 'onTaken' });
      },
      onTaken(state: Gateway, { message }: Answer<Message>, context: Context) {
        for (const job of state.waiting) {
          if (message?.granted === true) {
            state.admitted++;
            context.finish(job);
          } else {
            context.reject(job, message ? 'quota used up' : 'the store is silent');
          }
        }
        state.waiting = [];
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    } as NodeProgram;
  }
}

interface Gateway {
  admitted: number;
  /** Requests that the next answer is for. */
  waiting: number[];
}
