/** Load balancing: which of many servers gets the next request. */
import {
  constant,
  defineSimulatedLab,
  ParameterError,
  type Outcome,
  type SimulatedRun,
  type System,
  type Theory,
} from 'system-design-labs/engine';
import { contract, type BalancerClass } from './balancer.ts';
import { algorithms } from './algorithms.ts';
import { exercises } from './exercises.ts';
import { checks, judge, neverToUnavailable } from './run/checks.ts';
import { histogramsOf } from './run/histograms.ts';
import { diagrams } from './diagrams.ts';
import { expectations } from './run/expectations.ts';
import { faultsOf, parseFailures, stretches } from './run/failures.ts';
import { ignored } from './run/ignored.ts';
import { Measurements } from './run/measurements.ts';
import { measuredMetrics, metrics } from './metrics.ts';
import { parameters, parseSlowness, parseWeights, perServer, serverNames, type Values } from './parameters.ts';
import { predict } from './run/prediction.ts';
import { probes, usualAnswerTime } from './probes.ts';
import { allChanges, ReverseProxy, type ProxyOptions, type ProxyState } from './run/reverse-proxy.ts';
import { scenarios } from './scenarios.ts';
import { Server } from './run/server.ts';
import { spreads } from './run/service-time.ts';
import { noticing, takeaways } from './run/takeaways.ts';
import { percentiles, theoryRows } from './run/theory-rows.ts';

const proxyName = 'balancer';
const queueName = 'queue';
/** So many picks are listed in the result. */
const sequenceLength = 1000;
/** 104 days: as long as a run can last. */
const longest = Number.MAX_SAFE_INTEGER;

export default defineSimulatedLab({
  id: 'load-balancing',
  title: 'Load balancing',
  chapter: 'Traffic',
  level: 'beginner',
  summary:
    'Nine ways to choose a server for the next request, from taking turns to the power of two choices: what each ' +
    'knows, what it costs, and what happens when servers are slow, die, come back or are taken out.',
  concepts: [
    'round robin',
    'weights',
    'least connections',
    'power of two choices',
    'queueing theory',
    "Little's law",
    'health checks',
    'failover',
    'slow start',
    'draining',
  ],
  contract,
  parameters,
  brief: { servers: 20, requests: 1000, clients: 50 },
  algorithms,
  scenarios,
  defaultScenario: 'luck-or-choice',
  metrics,
  checks,
  views: ['timeline', 'cluster', 'charts', 'state', 'log'],
  diagrams,
  sweeps: [
    {
      parameter: 'arrivalRate',
      from: 0.1,
      to: 0.95,
      metric: 'meanTimeInSystem',
      parameters: { servers: 10, requests: 100_000 },
    },
    { parameter: 'servers', from: 1, to: 50, metric: 'p99', parameters: { requests: 100_000 } },
  ],
  expectations,
  ignored,
  exercises,
  begin: ({ parameters: values, algorithm, algorithmId }) => begin(values, algorithm, algorithmId),
});

function begin(values: Values, algorithm: BalancerClass, algorithmId: string): SimulatedRun {
  const options = proxyOptions(values);
  const balancer = Object.freeze(new algorithm());
  const prediction = predict(values, algorithmId);
  const { quantile } = prediction ?? {};
  const thresholds = quantile ? Object.values(percentiles).map((share) => quantile(share)) : [];
  const measurements = new Measurements(values.requests, 1e9 / values.serviceRate, thresholds);
  return {
    system: systemOf(values, options, new ReverseProxy(balancer, options)),
    observer: measurements,
    finish(end): Outcome {
      const state = end.state(proxyName) as ProxyState | undefined;
      const measured = measuredMetrics(measurements, values);
      const theory: Theory[] = theoryRows(prediction, measurements, measured, values);
      const counts = countsOf(state, measurements, options);
      return {
        metrics: measured,
        theory,
        histograms: histogramsOf(values, algorithmId, {
          measurements,
          prediction,
          counts,
          servers: options.servers,
        }),
        checks: judge(measurements, state, end, balancer, options),
        result: {
          servers: options.servers,
          perServer: counts,
          ...(values.requests <= sequenceLength && state
            ? { sequence: state.sequence.map((server) => options.servers[server]!) }
            : {}),
          failures: Object.fromEntries(measurements.outcomes.failures),
          noticed: noticing(values, { servers: options.servers, changes: allChanges(state), end: end.time }),
        },
        takeaways: takeaways(values, {
          algorithm: algorithmId,
          metrics: measured,
          prediction,
          perServer: counts,
          failures: measurements.outcomes.failures,
          unanswered: measurements.unanswered,
          servers: options.servers,
          changes: allChanges(state),
          end: end.time,
        }),
      };
    },
  };
}

function proxyOptions(values: Values): ProxyOptions {
  const servers = serverNames(values.servers);
  const failures = parseFailures(values.failures);
  const stranger = failures.find(({ server }) => !servers.includes(server));
  if (stranger) {
    const known = servers.length === 1 ? `only ${servers[0]}` : `use ${servers[0]} to ${servers.at(-1)}`;
    throw new ParameterError('failures', `failures: there is no server ${stranger.server}: ${known}`);
  }
  return {
    servers,
    weights: perServer(parseWeights(values.weights), values.servers),
    sharedQueue: values.topology === 'sharedQueue' ? queueName : '',
    healthInterval: Math.round(values.healthInterval * 1e6),
    thresholds: { unhealthyAfter: values.unhealthyAfter, healthyAfter: values.healthyAfter },
    probe: probes[values.probe],
    slowStart: Math.round(values.slowStart * 1e6),
    drains: stretches(failures, 'drain'),
    sequenceLength,
    requests: values.requests,
    clients: values.arrivals === 'closed' ? Math.min(values.clients, values.requests) : Infinity,
  };
}

function systemOf(values: Values, options: ProxyOptions, proxy: ReverseProxy): System {
  const slowness = perServer(parseSlowness(values.slowness), values.servers);
  const rate = values.arrivalRate * values.serviceRate * values.servers * values.concurrency;
  const shared = values.topology === 'sharedQueue';
  return {
    until: longest,
    endWithWorkload: true,
    nodes: [
      { name: proxyName, program: proxy },
      ...options.servers.map((name, server) => ({
        name,
        program: new Server(),
        handlingTime: constant(usualAnswerTime),
        station: { servers: values.concurrency, queueLimit: values.queueLimit, speed: 1 / slowness[server]! },
      })),
    ],
    ...(shared
      ? { sharedQueues: [{ name: queueName, stations: options.servers, queueLimit: values.queueLimit }] }
      : {}),
    workloads: [
      {
        name: 'request-',
        target: proxyName,
        jobs: values.requests,
        clients: values.clients,
        serviceTime: spreads[values.serviceTime].around(1e9 / values.serviceRate),
        arrivals:
          values.arrivals === 'closed'
            ? { kind: 'closed', think: constant(0) }
            : values.arrivals === 'bursty'
              ? { kind: 'bursty', rate, size: 10 }
              : { kind: values.arrivals, rate },
      },
    ],
    checks: [neverToUnavailable(proxyName, options)],
    faults: { schedule: faultsOf(parseFailures(values.failures)) },
  };
}

/** Requests that each server got: as the proxy sent them, or, from a shared queue, as servers took them. */
function countsOf(
  state: ProxyState | undefined,
  measurements: Measurements,
  { servers, sharedQueue }: ProxyOptions,
): number[] {
  if (state && sharedQueue === '') return Array.from(state.sent);
  return servers.map((server) => measurements.served.get(server) ?? 0);
}
