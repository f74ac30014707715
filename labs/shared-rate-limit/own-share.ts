/**
 * A share for each: the quota is cut into equal pieces, and each gateway keeps its own.
 *
 * No messages, no delay, nothing that can fail, and never one too many. But requests do not come in equal
 * pieces: the gateway that most clients happen to talk to runs out, and refuses, while the others sit on shares
 * that nobody asks for.
 *
 * Use it where a balancer before the gateways spreads requests evenly, or as what a gateway falls back to when the store
 * is silent.
 *
 * Cost: nothing at all but the requests that are refused without need.
 * Source: folklore; what several nginx with `limit_req` are, each of which knows only its own zone.
 */
import type { Context, Job, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from './shared-limit.ts';

export class OwnShare implements SharedLimit {
  gateway({ limit, gateways }: Site): NodeProgram {
    return {
      initialState: (self) => ({ admitted: 0, share: shareOf(self, limit, gateways) }),
      onJob(state: Gateway, job: Job, context: Context) {
        if (state.admitted >= state.share) {
          context.reject(job.id, 'share used up');
          return;
        }
        state.admitted++;
        context.finish(job.id);
      },
      status: ({ admitted, share }: Gateway) => `${admitted} of ${share}`,
    };
  }

  store(): NodeProgram {
    return { initialState: () => ({}) }; // has nothing to do
  }
}

interface Gateway {
  admitted: number;
  share: number;
}

/** Equal whole shares; what cannot be divided goes to the first gateways, one each. */
function shareOf(gateway: string, limit: number, gateways: readonly string[]): number {
  const left = limit % gateways.length;
  return Math.floor(limit / gateways.length) + (gateways.indexOf(gateway) < left ? 1 : 0);
}
