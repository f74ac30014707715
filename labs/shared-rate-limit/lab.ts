/** Rate limiting at several gateways: one limit, many who count, and a store that is some milliseconds away. */
import {
  constant,
  defineSimulatedLab,
  exponential,
  milliseconds,
  seconds,
  type Algorithm,
  type Outcome,
  type SimulatedRun,
  type System,
} from 'system-design-labs/engine';
import { howMany } from './answers.ts';
import { OneTripForAll } from './broken/one-trip-for-all.ts';
import { diagrams } from './diagrams.ts';
import { exercises } from './exercises.ts';
import { OwnShare } from './own-share.ts';
import { parameters, type Values } from './parameters.ts';
import { ReadThenWrite } from './read-then-write.ts';
import { scenarios } from './scenarios.ts';
import { contract, type SharedLimit, type SharedLimitClass, type Site } from './shared-limit.ts';
import { StoreDecides } from './store-decides.ts';
import { SyncNowAndThen } from './sync-now-and-then.ts';
import { Tally } from './tally.ts';

const store = 'store';

const algorithms: Algorithm<SharedLimitClass>[] = [
  {
    id: 'store-decides',
    title: 'The store decides',
    summary: 'Asks for every request, and the store counts in one step: exact, at a round trip each.',
    implementation: StoreDecides,
    uses: ['timeout'],
  },
  {
    id: 'read-then-write',
    title: 'Read, then write',
    summary: 'What one writes first: two gateways read the same count, and one update is lost.',
    implementation: ReadThenWrite,
    uses: ['timeout'],
    expects: { quota: 'broken' },
  },
  {
    id: 'own-share',
    title: 'A share for each',
    summary: 'Every gateway keeps its part of the limit: no messages, and refusals that nobody needed.',
    implementation: OwnShare,
    uses: [],
  },
  {
    id: 'sync-now-and-then',
    title: 'Sync now and then',
    summary: 'Counts here and tells the store from time to time: no delay, and a little too much.',
    implementation: SyncNowAndThen,
    uses: ['timeout', 'syncEvery'],
    expects: { quota: 'broken' },
  },
  {
    id: 'one-trip-for-all',
    title: 'Broken: one trip for all',
    summary: 'The store decides, and fewer messages are sent. Too good to be true?',
    implementation: OneTripForAll,
    uses: ['timeout'],
    expects: { quota: 'broken' },
    broken: {
      bug: 'Requests that come while a question is on its way share its answer; the store has granted one, and counts one.',
      check: 'quota',
      seed: 7,
      scenario: 'read-then-write',
    },
  },
];

export default defineSimulatedLab({
  id: 'shared-rate-limit',
  title: 'Rate limiting at several gateways',
  chapter: 'Traffic',
  level: 'intermediate',
  summary:
    'Four gateways share one quota through a store that is some milliseconds away. What gets through while they are ' +
    'asking, and what does it cost to know for sure?',
  concepts: ['race condition', 'lost update', 'atomic operation', 'stale read', 'over-admission', 'sharding a limit'],
  contract,
  parameters,
  brief: { requests: 400 },
  algorithms,
  scenarios,
  defaultScenario: 'read-then-write',
  metrics: {
    admitted: { title: 'Admitted', unit: 'requests' },
    refused: { title: 'Refused', unit: 'requests' },
    overAdmitted: { title: 'Over the quota', unit: 'requests', better: 'low' },
    refusedWithoutNeed: {
      title: 'Refused without need',
      unit: 'requests',
      better: 'low',
      help: 'Requests that were refused although the quota was not used up at the end.',
    },
    meanDelay: {
      title: 'Mean delay',
      unit: 'ms',
      better: 'low',
      help: 'From the arrival of a request to its decision.',
    },
    messages: { title: 'Messages', better: 'low' },
  },
  checks: {
    quota: {
      title: 'No more than the quota gets through',
      help: 'All gateways together let through at most as many requests as the limit says.',
    },
  },
  views: ['sequence', 'cluster', 'timeline', 'charts', 'state', 'log'],
  diagrams,
  sweeps: [
    { parameter: 'latency', from: 0, to: 100, metric: 'overAdmitted' },
    { parameter: 'gateways', from: 1, to: 20, metric: 'overAdmitted' },
  ],
  exercises,
  begin: ({ parameters: values, algorithm }) => begin(values, new algorithm()),
});

function begin(values: Values, shared: SharedLimit): SimulatedRun {
  const gateways = Array.from({ length: values.gateways }, (_, number) => `gateway-${number + 1}`);
  const tally = new Tally(values.limit);
  return {
    system: systemOf(values, shared, gateways),
    observer: { departed: (job) => tally.departed(job) },
    finish: (end) =>
      outcomeOf(values, tally, {
        messages: [...gateways, store].reduce((sum, name) => sum + end.messagesSent(name), 0),
        counted: countOf(end.state(store)),
        refusedPerGateway: Object.fromEntries(
          gateways.map((name, number) => [name, tally.refusedPerWorkload[workloadOf(number)] ?? 0]),
        ),
      }),
  };
}

/** Whose requests a gateway gets. @param gateway its index */
function workloadOf(gateway: number): string {
  return `request-${gateway + 1}-`;
}

/** What a store has counted, if its memory says so. */
function countOf(state: unknown): number | null {
  const { count } = (state ?? {}) as { count?: unknown };
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : null;
}

function systemOf(values: Values, shared: SharedLimit, gateways: readonly string[]): System {
  const site: Site = {
    limit: values.limit,
    gateways,
    store,
    timeout: milliseconds(values.timeout),
    syncEvery: milliseconds(values.syncEvery),
  };
  const latency = milliseconds(values.latency);
  const jobs = split(values.requests, gateways.length, values.skew);
  return {
    until: seconds(86_400),
    endWithWorkload: true,
    network: { default: { latency: values.spread === 'constant' ? constant(latency) : exponential(latency) } },
    nodes: [
      { name: store, program: shared.store(site) },
      ...gateways.map((name) => ({ name, program: shared.gateway(site) })),
    ],
    workloads: gateways.flatMap((target, number) => {
      const share = jobs[number]!;
      if (share === 0) return [];
      const arrivals = { kind: 'poisson' as const, rate: (values.rate * share) / values.requests };
      return [{ name: workloadOf(number), target, jobs: share, arrivals, serviceTime: constant(0) }];
    }),
  };
}

/** Whole requests for each gateway: the first gets `skew` of them beforehand, the rest is spread evenly. */
function split(requests: number, gateways: number, skew: number): number[] {
  const even = Math.floor((requests * (1 - skew)) / gateways);
  return Array.from({ length: gateways }, (_, gateway) => (gateway === 0 ? requests - even * (gateways - 1) : even));
}

function judgeQuota(limit: number, { admitted, tooMany }: Tally): Outcome['checks'][number] {
  const over = admitted - limit;
  if (over <= 0) return { name: 'quota', verdict: 'held', detail: `${admitted} of ${limit} requests got through.` };
  return {
    name: 'quota',
    verdict: 'broken',
    detail: `${admitted} requests got through, ${over} more than the quota of ${limit}.`,
    ...(tooMany === undefined ? {} : { event: tooMany }),
  };
}

function outcomeOf(
  values: Values,
  tally: Tally,
  end: { messages: number; counted: number | null; refusedPerGateway: Record<string, number> },
): Outcome {
  const { limit, requests, latency } = values;
  const { messages, counted, refusedPerGateway } = end;
  const { admitted, refused } = tally;
  const overAdmitted = Math.max(0, admitted - limit);
  const refusedWithoutNeed = Math.min(refused, Math.max(0, limit - admitted));
  const metrics = { admitted, refused, overAdmitted, refusedWithoutNeed, meanDelay: tally.meanDelay, messages };
  const takeaways = [
    `${howMany(values, admitted)}.`,
    `A decision took ${tally.meanDelay.toFixed(1)} ms on average and ${(messages / requests).toFixed(1)} messages; the store is ${latency} ms away.`,
  ];
  if (refusedWithoutNeed > 0) {
    takeaways.push(`${refusedWithoutNeed} requests were refused although the quota was not used up.`);
  }
  const checks = [judgeQuota(limit, tally)];
  return {
    metrics,
    theory: [],
    checks,
    result: { perGateway: tally.perWorkload, refusedPerGateway, counted },
    takeaways,
  };
}
