/** Solution of "compare and set": the store sets only where the count is still the one that was read. */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { Site } from '../../shared-limit.ts';

export class OnlyIfStillTrue {
  gateway({ store, timeout, limit }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0 }),
      onJob(_state: Gateway, job: Job, context: Context) {
        context.hold(job.id);
        context.call(store, { type: 'read' }, { timeout, then: 'onCount', keep: job.id });
      },
      onCount(_state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        const count = message?.count as number | undefined;
        if (count === undefined || count >= limit) {
          context.reject(job, message ? 'quota used up' : 'the store is silent');
          return;
        }
        context.call(store, { type: 'set', from: count, to: count + 1 }, { timeout, then: 'onSet', keep: job });
      },
      onSet(state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        if (message?.done === true) {
          state.admitted++;
          context.finish(job);
        } else if (message) {
          context.call(store, { type: 'read' }, { timeout, then: 'onCount', keep: job }); // somebody was faster: look again
        } else {
          context.reject(job, 'the store is silent');
        }
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    } as NodeProgram;
  }

  store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, message: Message, _from: string, context: Context) {
        if (message.type === 'read') {
          context.reply({ type: 'count', count: state.count });
          return;
        }
        const done = state.count === message.from;
        if (done) state.count = message.to as number;
        context.reply({ type: done ? 'set' : 'declined', done });
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
