/** What to take away from a run, in its own figures. */
import { readableTime } from 'system-design-labs/engine';
import { parseFailures } from './failures.ts';
import { parseSlowness, type Values } from '../parameters.ts';
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
  servers: readonly string[];
  /** What the balancer believed of them, and when. */
  changes: readonly AvailabilityChange[];
}

export function takeaways(values: Values, facts: Facts): string[] {
  return [
    waiting(values, facts),
    spread(facts),
    slowServer(values, facts),
    ...noticing(values, facts),
    failing(facts),
  ].filter((sentence) => sentence !== undefined);
}

function waiting(
  { arrivals, arrivalRate, clients, topology }: Values,
  { metrics, algorithm, prediction }: Facts,
): string | undefined {
  const { meanTimeInSystem, p99 } = metrics;
  if (meanTimeInSystem === undefined || p99 === undefined) return undefined;
  const how = topology === 'sharedQueue' ? 'one shared queue' : algorithm;
  const when =
    arrivals === 'closed' ? `and clients that wait for their answers (${clients})` : `at a load of ${arrivalRate}`;
  const measured =
    `With ${how} ${when} a request spends ${figure(meanTimeInSystem)} mean service times in the ` +
    `system, one in a hundred more than ${figure(p99)}.`;
  if (!prediction) return measured;
  const verb = prediction.condition === undefined ? 'expects' : 'would give';
  return `${measured} ${prediction.formula} ${verb} ${figure(prediction.meanTimeInSystem)}.`;
}

function spread({ perServer, servers }: Facts): string | undefined {
  const total = perServer.reduce((sum, count) => sum + count, 0);
  if (servers.length < 2 || total < 10 * servers.length) return undefined;
  const most = perServer.indexOf(Math.max(...perServer));
  const least = perServer.indexOf(Math.min(...perServer));
  if (perServer[most] === perServer[least]) return `Each server got ${perServer[most]} requests.`;
  return `${servers[most]} got the most requests, ${perServer[most]}, and ${servers[least]} the fewest, ${perServer[least]}.`;
}

function slowServer({ slowness }: Values, { perServer, servers }: Facts): string | undefined {
  const factors = parseSlowness(slowness).slice(0, servers.length);
  const slowest = factors.indexOf(Math.max(...factors));
  if (slowest < 0 || factors[slowest]! <= 1) return undefined;
  const total = perServer.reduce((sum, count) => sum + count, 0);
  const share = (perServer[slowest]! / total) * 100;
  const speed = servers.reduce((sum, _, server) => sum + 1 / (factors[server] ?? 1), 0);
  const fair = (1 / factors[slowest]! / speed) * 100;
  return (
    `${servers[slowest]}, ${factors[slowest]} times as slow, got ${figure(share)} % of the requests; ` +
    `by its speed it would be ${figure(fair)} %.`
  );
}

/** How long it took until the balancer knew of each crash, and of each return. */
function noticing({ failures }: Values, { servers, changes }: Facts): string[] {
  return parseFailures(failures)
    .filter(({ what }) => what === 'down')
    .slice(0, 3)
    .map(({ server, from, to }) => {
      const number = servers.indexOf(server);
      const firstAfter = (time: number, available: boolean): AvailabilityChange | undefined =>
        changes.find((change) => change.server === number && change.available === available && change.at >= time);
      const out = firstAfter(from, false);
      if (!out || out.at > to) return `${server} went down at ${readableTime(from)}, and the balancer never noticed.`;
      const noticed = `${server} went down at ${readableTime(from)}; the balancer noticed ${readableTime(out.at - from)} later`;
      const back = firstAfter(to, true);
      return back ? `${noticed}, and trusted it again ${readableTime(back.at - to)} after its return.` : `${noticed}.`;
    });
}

function failing({ failures, metrics }: Facts): string | undefined {
  if (failures.size === 0) return undefined;
  const reasons = [...failures].map(([reason, count]) => `${count.toLocaleString('en-US')} (${reason})`).join(', ');
  const share = (metrics.failed! / (metrics.failed! + metrics.succeeded!)) * 100;
  return `${figure(share)} % of the requests failed: ${reasons}.`;
}

function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
