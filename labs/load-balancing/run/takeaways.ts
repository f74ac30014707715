/** What to take away from a run, in its own figures. */
import { readableTime, type Nanoseconds } from 'system-design-labs/engine';
import { algorithms } from '../algorithms.ts';
import { parseFailures, stretches } from './failures.ts';
import { parseSlowness, perServer, type Values } from '../parameters.ts';
import type { Prediction } from './prediction.ts';
import type { AvailabilityChange } from './reverse-proxy.ts';

export interface Facts {
  algorithm: string;
  metrics: Readonly<Record<string, number>>;
  prediction: Prediction | undefined;
  /** Requests that each server got. */
  perServer: readonly number[];
  /** How many failed for which reason. */
  failures: ReadonlyMap<string, number>;
  /** How many came and were neither served nor failed. */
  unanswered: number;
  servers: readonly string[];
  /** What the balancer believed of them, and when; undefined where that is not known from the run's beginning to its end. */
  changes: readonly AvailabilityChange[] | undefined;
  /** When the run ended. */
  end: Nanoseconds;
}

export function takeaways(values: Values, facts: Facts): string[] {
  return [
    timeSpent(values, facts),
    expected(facts),
    spread(facts),
    slowServer(values, facts),
    ...noticing(values, facts),
    failing(facts),
    unanswered(facts),
  ].filter((sentence) => sentence !== undefined);
}

/** How long a request takes, by the mean and in the worst of a hundred cases; undefined where none was served. */
export function timeSpent(
  { arrivals, arrivalRate, clients, topology, slowness }: Values,
  { metrics, algorithm, servers }: Pick<Facts, 'metrics' | 'algorithm' | 'servers'>,
): string | undefined {
  const { meanTimeInSystem, p99 } = metrics;
  if (meanTimeInSystem === undefined || p99 === undefined) return undefined;
  const title = algorithms.find(({ id }) => id === algorithm)?.title;
  const named = title === undefined ? 'an algorithm of your own' : `“${title}”`;
  const how = topology === 'sharedQueue' ? 'one shared queue' : named;
  const equal = slowFactors(slowness, servers).every((factor) => factor === 1);
  const load = equal ? String(arrivalRate) : `${arrivalRate} (if all servers had the usual speed)`;
  const when = arrivals === 'closed' ? `and clients that wait for their answers (${clients})` : `at a load of ${load}`;
  const who = metrics.failed! > 0 ? 'a request that is served' : 'a request';
  return (
    `With ${how} ${when} ${who} spends ${figure(meanTimeInSystem)} mean service times in the ` +
    `system, one in a hundred more than ${figure(p99)}.`
  );
}

/** What theory has to say about that. */
function expected({ metrics, prediction }: Facts): string | undefined {
  if (!prediction || metrics.meanTimeInSystem === undefined) return undefined;
  const verb = prediction.condition === undefined ? 'expects' : 'would give';
  return `${prediction.formula} ${verb} ${figure(prediction.meanTimeInSystem)} mean service times.`;
}

function spread({ perServer, servers }: Facts): string | undefined {
  const total = perServer.reduce((sum, count) => sum + count, 0);
  if (servers.length < 2 || total < 10 * servers.length) return undefined;
  const most = perServer.indexOf(Math.max(...perServer));
  const least = perServer.indexOf(Math.min(...perServer));
  if (perServer[most] === perServer[least]) return `Each server got ${counted(perServer[most]!)} requests.`;
  return `${servers[most]} got the most requests, ${counted(perServer[most]!)}, and ${servers[least]} the fewest, ${counted(perServer[least]!)}.`;
}

/** Where nothing else befalls the servers: one that is down gets its share of nothing. */
export function slowServer(
  { slowness, failures }: Values,
  { perServer, servers }: Pick<Facts, 'perServer' | 'servers'>,
): string | undefined {
  const factors = slowFactors(slowness, servers);
  const slowest = factors.indexOf(Math.max(...factors));
  const total = perServer.reduce((sum, count) => sum + count, 0);
  if (factors[slowest]! <= 1 || failures.trim() !== '' || total < 10 * servers.length) return undefined;
  const share = (perServer[slowest]! / total) * 100;
  const speed = factors.reduce((sum, factor) => sum + 1 / factor, 0);
  const fair = (1 / factors[slowest]! / speed) * 100;
  return (
    `${servers[slowest]}, ${factors[slowest]} times as slow, got ${figure(share)} % of the requests; ` +
    `by its speed it would be ${figure(fair)} %.`
  );
}

function slowFactors(slowness: string, servers: readonly string[]): number[] {
  return perServer(parseSlowness(slowness), servers.length);
}

/** How long it took until the balancer knew of each crash, and of each return. */
export function noticing(
  { failures }: Values,
  { servers, changes, end }: Pick<Facts, 'servers' | 'changes' | 'end'>,
): string[] {
  if (!changes) return [];
  const noticed = stretches(parseFailures(failures), 'down').map(({ server, from, to }): string | undefined => {
    const own = changes.filter((change) => change.server === servers.indexOf(server));
    const firstAfter = (time: number, available: boolean): AvailabilityChange | undefined =>
      own.find((change) => change.available === available && change.at >= time);
    // Whoever was out of rotation already is not taken out again.
    const wasOut = own.findLast(({ at }) => at < from)?.available === false;
    if (from > end || wasOut) return undefined;
    const went = `${server} went down at ${readableTime(from)}`;
    const out = firstAfter(from, false);
    if (!out || out.at > to) {
      return `${went}, and the balancer ${to > end ? 'had not noticed when the run ended' : 'never noticed'}.`;
    }
    const noticed = `${went}; the balancer noticed ${readableTime(out.at - from)} later`;
    const back = firstAfter(to, true);
    return back ? `${noticed}, and trusted it again ${readableTime(back.at - to)} after its return.` : `${noticed}.`;
  });
  return noticed.filter((sentence) => sentence !== undefined).slice(0, 3);
}

/** How many failed, and of what; undefined where none did. */
export function failing({ failures, metrics }: Pick<Facts, 'failures' | 'metrics'>): string | undefined {
  if (failures.size === 0) return undefined;
  const reasons = [...failures].map(([reason, count]) => `${counted(count)} (${reason})`).join(', ');
  const share = (metrics.failed! / (metrics.failed! + metrics.succeeded!)) * 100;
  return `${figure(share)} % of the requests failed: ${reasons}.`;
}

function unanswered({ unanswered }: Facts): string | undefined {
  if (unanswered === 0) return undefined;
  const who = unanswered === 1 ? '1 request' : `${unanswered} requests`;
  return `${who} came and never got an answer, not even a refusal: nobody was left to serve them.`;
}

/** 1234 → 1,234 */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

/** With three digits. */
export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
