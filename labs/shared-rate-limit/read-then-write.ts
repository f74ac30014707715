/**
 * Read, then write: a gateway reads the count from the store, decides, and writes back the count plus one.
 *
 * It looks right, and alone it is. With two gateways, both read 41, both let a request through, and both write
 * 42: one update is lost, and the quota is exceeded by one. The longer the way to the store and the more requests come
 * meanwhile, the more are lost: under load the count hardly rises at all, and the limit is no limit.
 *
 * Do not use it. It is here because it is what one writes first: GET, compare, SET.
 *
 * Cost: 3 messages a request that is let through, one round trip of delay; as the reward, a wrong count.
 * Source: folklore; the lost update of J. Gray, A. Reuter, "Transaction Processing", 1993.
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from './shared-limit.ts';

export class ReadThenWrite implements SharedLimit {
  gateway({ store, timeout, limit }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0 }),
      onJob(_state: Gateway, job: Job, context: Context) {
        context.hold(job.id);
        context.call(store, { type: 'read' }, { timeout, then: 'onCount', keep: job.id });
      },
      onCount(state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        const count = message?.count as number | undefined;
        if (count === undefined || count >= limit) {
          context.reject(job, message ? 'quota used up' : 'the store is silent');
          return;
        }
        state.admitted++;
        context.send(store, { type: 'write', count: count + 1 });
        context.finish(job);
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    } as NodeProgram;
  }

  store(): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, message: Message, _from: string, context: Context) {
        if (message.type === 'write') state.count = message.count as number;
        else context.reply({ type: 'count', count: state.count });
      },
      status: ({ count }: Count) => `count ${count}`,
    };
  }
}

interface Gateway {
  admitted: number;
}

interface Count {
  count: number;
}
