/**
 * New algorithm: say in one sentence how the gateways keep the limit together.
 *
 * Why it works: who counts, what a gateway knows of the others, and how old that may be.
 *
 * Use it when … Not when …
 *
 * Cost: messages a request, and the delay until it is decided.
 * Source: who described it first, and where.
 *
 * As it stands it works like this: every gateway counts for itself, as if it were alone. Run it on *Read, then
 * write*: the check *No more than the quota gets through* is broken, because each of them lets a whole quota through. A known answer to begin
 * with: of 400 requests at four gateways with a quota of 100, exactly 100 may pass. Mend `gateway`, ask the store
 * where that helps (`store-decides.ts` shows how), then make the rest your own.
 */
import type { Context, Job, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from '../shared-limit.ts';

export class NewAlgorithm implements SharedLimit {
  gateway({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0 }),
      onJob(state: Gateway, job: Job, context: Context) {
        if (state.admitted >= limit) {
          context.reject(job.id, 'quota used up');
          return;
        }
        state.admitted++;
        context.finish(job.id);
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    };
  }

  store(_site: Site): NodeProgram {
    return { initialState: () => ({}) }; // nobody asks it yet
  }
}

/** What a gateway remembers: plain data, so that a run can be stepped back. */
interface Gateway {
  admitted: number;
}
