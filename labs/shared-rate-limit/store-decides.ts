/**
 * The store decides: a gateway asks for every request, and the store counts and answers in one step.
 *
 * All decisions are made in one place, one after the other, so nothing can come between looking at the count and
 * raising it. The limit holds to the last request. The price is a round trip for each, and a store that nobody can
 * do without: while it is silent, this gateway refuses.
 *
 * Use it where the limit must hold: money, licences, another company's quota. In Redis it is a script or INCR, whose answer
 * is the new count; the point is that reading and writing are one operation.
 *
 * Cost: 2 messages a request, one round trip of delay.
 * Source: the documentation of Redis, INCR, "Pattern: Rate limiter".
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from './shared-limit.ts';

export class StoreDecides implements SharedLimit {
  gateway({ store, timeout }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0 }),
      onJob(_state: Gateway, job: Job, context: Context) {
        context.hold(job.id);
        context.call(store, { type: 'take' }, { timeout, then: 'onTaken', keep: job.id });
      },
      onTaken(state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        if (message?.granted === true) {
          state.admitted++;
          context.finish(job);
        } else {
          context.reject(job, message ? 'quota used up' : 'the store is silent');
        }
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    } as NodeProgram;
  }

  store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, _message: Message, _from: string, context: Context) {
        const granted = state.count < limit;
        if (granted) state.count++;
        context.reply({ type: granted ? 'granted' : 'refused', granted });
      },
      status: ({ count }: Count) => `${count} of ${limit}`,
    };
  }
}

interface Gateway {
  admitted: number;
}

interface Count {
  count: number;
}
