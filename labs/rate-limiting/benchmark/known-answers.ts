/** Decisions that each algorithm must make before its speed counts. */
import type { RateLimiterClass } from '../limiter.ts';

const options = { limit: 3, window: 1000, rate: 1, burst: 10 };
const tenthsOfSeconds = Array.from({ length: 15 }, (_, request) => request * 100);
const edge = [999, 999, 999, 999, 1000, 1000, 1000, 1000];

/** Times in milliseconds, and what is decided. */
const known: Readonly<Record<string, { times: readonly number[]; decisions: string }>> = {
  'fixed-window': { times: edge, decisions: 'TTTFTTTF' },
  'sliding-log': { times: edge, decisions: 'TTTFFFFF' },
  'sliding-counter': { times: [...edge, 1001, 1002, 1334, 1335], decisions: 'TTTFFFFFTFTF' },
  'token-bucket': { times: tenthsOfSeconds, decisions: 'TTTTTTTTTTTFFFF' },
  'leaky-bucket': { times: tenthsOfSeconds, decisions: 'TTTTTTTTTTTTFFF' },
  'leaky-meter': { times: tenthsOfSeconds, decisions: 'TTTTTTTTTTTFFFF' },
  gcra: { times: tenthsOfSeconds, decisions: 'TTTTTTTTTTTFFFF' },
};

/** What is wrong with a limiter's decisions, or undefined. One that is not known must let a first request through. */
export function checkDecisions(Limiter: RateLimiterClass, algorithm: string): string | undefined {
  const { times, decisions } = known[algorithm] ?? { times: [0], decisions: 'T' };
  let now = 0;
  const limiter = new Limiter(options, () => now);
  let found = '';
  for (const time of times) {
    now = time;
    found += limiter.admit() ? 'T' : 'F';
  }
  return found === decisions ? undefined : `decides ${found} at ${times.join(', ')} ms, not ${decisions}`;
}
