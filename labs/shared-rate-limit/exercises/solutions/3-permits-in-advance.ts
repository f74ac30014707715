/** Solution of "permits in advance": as many of the waiting pass as there are permits; for the others it asks again. */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { Site } from '../../shared-limit.ts';

/** Permits that a gateway asks for at a time. */
const lease = 3;

export class NoMoreThanGiven {
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
        const given = (message?.permits as number | undefined) ?? 0;
        state.permits += given;
        for (const job of state.waiting.splice(0, state.permits)) {
          state.permits--;
          state.admitted++;
          context.finish(job);
        }
        state.asking = given > 0 && state.waiting.length > 0;
        if (state.asking) context.call(store, { type: 'ask' }, { timeout, then: 'onPermits' });
        else
          for (const job of state.waiting.splice(0))
            context.reject(job, message ? 'quota used up' : 'the store is silent');
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
