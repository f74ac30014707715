/** The knobs of the lab. Their defaults are the scenario *twice too many*: 20 requests a second where 10 are allowed. */
import { choice, integer, text, type ValuesOf } from 'system-design-labs/engine';

/** Arrival times that a list may hold. */
const mostListed = 10_000;

export const parameters = {
  limit: integer({
    default: 10,
    min: 1,
    max: 10_000,
    unit: 'requests',
    help: 'Requests that a window admits: for the fixed window, the sliding log and the sliding counter.',
  }),
  window: integer({
    default: 1000,
    min: 1,
    max: 3_600_000,
    unit: 'ms',
    help: 'Length of a window; the peak is counted over any span of this length, whatever the algorithm.',
  }),
  rate: integer({
    default: 10,
    min: 1,
    max: 1_000_000,
    unit: 'per second',
    help: 'Requests a second in the long run: for the buckets and GCRA.',
  }),
  burst: integer({
    default: 10,
    min: 1,
    max: 10_000,
    unit: 'requests',
    help: 'Requests that may come at once after a silence: for the buckets and GCRA. In the queue: places to wait.',
  }),
  clients: integer({
    default: 1,
    min: 1,
    max: 10_000,
    help: 'Each has a limit of its own; each request comes from one of them, drawn by the seed.',
  }),
  arrivals: choice({
    default: 'poisson',
    options: ['constant', 'poisson', 'bursty', 'boundary', 'list'],
    help: 'When requests come: evenly, at random, ten at a time, crowded around the edge of a window, or as listed.',
  }),
  interval: integer({
    default: 50,
    min: 0,
    max: 60_000,
    unit: 'ms',
    when: { arrivals: ['constant', 'poisson', 'bursty'] },
    help: 'Time between two requests: exactly for constant arrivals, on average for poisson and bursty.',
  }),
  times: text({
    default: '',
    max: 100_000,
    validate: complaintAboutTimes,
    when: { arrivals: ['list'] },
    help: 'Arrival times in ms for the list, in order, with commas: 0, 100, 100, 250.',
  }),
  requests: integer({
    default: 200,
    min: 1,
    max: 1_000_000,
    when: { arrivals: ['constant', 'poisson', 'bursty', 'boundary'] },
    help: 'How many requests come; of a list, all of its times.',
  }),
} as const;

export type Values = ValuesOf<typeof parameters>;

/** The times in a list, in milliseconds. @param list as `complaintAboutTimes` accepts it */
export function timesIn(list: string): number[] {
  return list.trim() === '' ? [] : list.split(',').map(Number);
}

function complaintAboutTimes(list: string): string | undefined {
  const times = timesIn(list);
  if (times.length > mostListed) return `at most ${mostListed} times, not ${times.length}`;
  const words = list.split(',').map((word) => word.trim());
  for (const [index, time] of times.entries()) {
    if (words[index] === '') {
      const place = index === 0 ? 'before the first comma' : `after ${words[index - 1]! || 'a comma'},`;
      return `a time is missing ${place}: write whole milliseconds with one comma between two of them`;
    }
    if (!Number.isSafeInteger(time) || time < 0) {
      return `write whole milliseconds from 0 with commas between them, not '${words[index]!}'`;
    }
    if (index > 0 && time < times[index - 1]!) {
      return `${time} comes after ${times[index - 1]}: put the times in order`;
    }
  }
  return undefined;
}
