/**
 * Count here, sync now and then: a gateway decides by itself, by what it knows of the total, and from time to time tells
 * the store what it has let through since and learns what the others have.
 *
 * No request waits. Between two syncs every gateway believes that the others stand still, so together they let
 * through too much: about what the others admit between two syncs and in two round trips, since what they have let through
 * waits for their sync before it waits for this gateway's; at worst twice that. That is the bargain: the longer
 * between syncs, the fewer messages, the more over the limit.
 *
 * Use it where a little too much does no harm and delay would: protecting one's own servers, at the edge of a network.
 *
 * Cost: 2 messages a sync and gateway, no delay; over the limit by about rate · time between syncs.
 * Source: the way in which the counters of Cloudflare's edge and of Kong's advanced plugin (`sync_rate`) keep in step.
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from './shared-limit.ts';

export class SyncNowAndThen implements SharedLimit {
  gateway({ limit, store, timeout, syncEvery }: Site): NodeProgram {
    return {
      initialState: () => ({ total: 0, sending: 0, unsent: 0, admitted: 0 }),
      onStart(_state: Gateway, context: Context) {
        context.setTimer('sync', syncEvery);
      },
      onJob(state: Gateway, job: Job, context: Context) {
        if (state.total + state.sending + state.unsent >= limit) {
          context.reject(job.id, 'quota used up');
          return;
        }
        state.unsent++;
        state.admitted++;
        context.finish(job.id);
      },
      onTimer(state: Gateway, _timer: unknown, context: Context) {
        state.sending = state.unsent;
        state.unsent = 0;
        context.call(store, { type: 'add', count: state.sending }, { timeout, then: 'onTotal' });
      },
      onTotal(state: Gateway, { message }: Answer, context: Context) {
        // Without an answer nobody knows whether it was counted; counting it again would refuse without need.
        if (message) state.total = message.total as number;
        else state.total += state.sending;
        state.sending = 0;
        context.setTimer('sync', syncEvery);
      },
      status: ({ admitted, total }: Gateway) => `${admitted} admitted, knows of ${total}`,
    } as NodeProgram;
  }

  store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ total: 0 }),
      onMessage(state: Total, message: Message, _from: string, context: Context) {
        state.total += message.count as number;
        context.reply({ type: 'total', total: state.total });
      },
      status: ({ total }: Total) => `${total} of ${limit}`,
    };
  }
}

interface Gateway {
  /** What the store said last that all have let through. */
  total: number;
  /** On their way to the store. */
  sending: number;
  /** Let through since. */
  unsent: number;
  /** Let through in all. */
  admitted: number;
}

interface Total {
  total: number;
}
