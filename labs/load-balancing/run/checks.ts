/** What every run must satisfy, whatever the algorithm. */
import {
  seconds,
  type CheckDeclaration,
  type CheckDefinition,
  type Outcome,
  type SimulationEnd,
} from 'system-design-labs/engine';
import type { Balancer } from '../balancer.ts';
import type { Measurements } from './measurements.ts';
import type { ProxyOptions, ProxyState } from './reverse-proxy.ts';

export const checks = {
  'littles-law': {
    title: "Little's law holds",
    help: 'The mean number of requests present equals their arrival rate times their mean time in system.',
    unbreakable: 'It follows from how the three are counted, whatever an algorithm chooses.',
  },
  'no-request-lost': {
    title: 'No request is lost',
    help: 'Each request that arrives leaves exactly once, served or failed.',
    unbreakable: 'An algorithm chooses a server; the proxy holds the request until it has an answer, or gives it up.',
  },
  'never-to-unavailable': {
    title: 'No request to a server known to be down',
    help: 'A server that is taken for down, or is being drained, gets no request.',
  },
  'no-server-starved': {
    title: 'No idle server is passed over',
    help: 'A server that is available and has nothing to do gets a request before long.',
  },
  'weights-honoured': {
    title: 'Requests are shared out by weight',
    help: "Each server's share is its weight's, to within one round.",
  },
} satisfies Record<string, CheckDeclaration>;

type Judged = Outcome['checks'][number];

/**
 * The check that looks after every event, so that a picture can be opened at the one that broke it.
 * @param proxy name of the proxy's node
 */
export function neverToUnavailable(proxy: string, { servers }: ProxyOptions): CheckDefinition {
  return {
    name: 'never-to-unavailable' satisfies keyof typeof checks,
    when: 'always',
    violation(view) {
      const { request, server } = (view.state(proxy) as ProxyState | undefined)?.misdirected ?? nobody;
      if (request < 0) return undefined;
      const node = servers[server]!;
      return { node, detail: `request ${request} was sent to ${node}, which was not available` };
    },
  };
}

const nobody = { request: -1, server: -1 };

/** Passed over for both so many requests per unit of weight and so long, a server is starved. */
const starvedRequests = 2000;
const starvedTime = seconds(120);

/**
 * Judges a run. A check whose question does not arise is left out: who shares nothing out by weight is not
 * measured by weights, and a short run cannot show that somebody starves.
 * @param state the proxy's at the end, undefined while it is down
 */
export function judge(
  measurements: Measurements,
  state: ProxyState | undefined,
  end: Pick<SimulationEnd, 'time'>,
  balancer: Balancer,
  options: ProxyOptions,
): Judged[] {
  const always = [littlesLaw(measurements), noRequestLost(measurements)];
  if (!state || options.sharedQueue !== '') return always; // nobody was picked
  const picked = [noServerStarved(state, end.time, balancer, options), weightsHonoured(state, balancer, options)];
  return [...always, ...picked.filter((check) => check !== undefined)];
}

function littlesLaw(measurements: Measurements): Judged {
  const { holds, numberPresent, rate, timeInSystem, discrepancy } = measurements.littlesLaw();
  const present = `${figure(numberPresent)} present on average`;
  const byRate = `rate times time in system gives ${figure(rate * timeInSystem)}, and the edges account for the rest`;
  const agrees = Number.isFinite(timeInSystem) ? `${present}; ${byRate}` : `${present}, and nobody has left`;
  const differs = `${present}, but the requests' own times account for ${(discrepancy * 100).toPrecision(2)} % more or less`;
  const detail = Number.isFinite(numberPresent) ? (holds ? agrees : differs) : 'no time went by in which to be present';
  return { name: 'littles-law', verdict: holds ? 'held' : 'broken', detail };
}

function noRequestLost(measurements: Measurements): Judged {
  const error = measurements.accountingError();
  const { unanswered, outcomes } = measurements;
  const left = `${outcomes.succeeded} served and ${outcomes.failed} failed, each of them once`;
  const detail = error ?? (unanswered === 0 ? left : `${left}; ${unanswered} wait to the end`);
  return { name: 'no-request-lost', verdict: error === undefined ? 'held' : 'broken', detail };
}

function noServerStarved(
  state: ProxyState,
  now: number,
  balancer: Balancer,
  { servers, weights }: ProxyOptions,
): Judged | undefined {
  const name = 'no-server-starved';
  if (balancer.sticky) return undefined; // the clients decide: a server may have none
  const longest = starvedRequests * weights.reduce((sum, weight) => sum + weight, 0);
  if (state.picks < longest || now < starvedTime) return undefined;
  const starved = servers.findIndex((_, server) => {
    const since = state.idleSincePick[server]!;
    return since >= 0 && state.picks - since > longest && now - state.idleSince[server]! > starvedTime;
  });
  if (starved < 0) return { name, verdict: 'held', detail: 'each available server got requests to the end' };
  const node = servers[starved]!;
  const missed = state.picks - state.idleSincePick[starved]!;
  const detail = `${node} has been available and idle for ${missed} requests and got none of them`;
  return { name, verdict: 'broken', node, detail };
}

function weightsHonoured(
  state: ProxyState,
  balancer: Balancer,
  { servers, weights }: ProxyOptions,
): Judged | undefined {
  const name = 'weights-honoured';
  if (!balancer.honoursWeights || state.everUnavailable) return undefined;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const unfair = servers.findIndex(
    (_, server) => Math.abs(state.sent[server]! - (state.picks * weights[server]!) / total) > total,
  );
  if (unfair < 0) return { name, verdict: 'held', detail: `every share is exact to within ${total} requests` };
  const node = servers[unfair]!;
  const due = Math.round((state.picks * weights[unfair]!) / total);
  return {
    name,
    verdict: 'broken',
    node,
    detail: `${node} got ${state.sent[unfair]!.toLocaleString('en-US')} requests; its weight earns it ${due}`,
  };
}

function figure(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumSignificantDigits: 4 }) : 'none';
}
