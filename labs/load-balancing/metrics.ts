/** The figures of a run. */
import type { Metric } from 'system-design-labs/engine';
import type { Measurements } from './run/measurements.ts';
import type { Values } from './parameters.ts';

const slowest = { behind: { jobs: 'slowest' } } as const;
const longestWait = { behind: { jobs: 'longestWait' } } as const;
const failures = { behind: { jobs: 'failed' } } as const;
const inServices = { unit: 'mean service times', better: 'low' } as const;
const inMs = { unit: 'ms', better: 'low' } as const;

export const metrics = {
  meanTimeInSystem: { title: 'mean time in system', ...inServices, ...slowest, help: 'Waiting and being served.' },
  meanWait: {
    title: 'mean wait',
    ...inServices,
    ...longestWait,
    help: 'Until a server begins to work on the request.',
  },
  p50: { title: 'median time in system', ...inServices, ...slowest },
  p95: { title: '95th percentile', ...inServices, ...slowest },
  p99: { title: '99th percentile', ...inServices, ...slowest },
  meanTimeInSystemMs: { title: 'mean time in system', ...inMs, ...slowest },
  meanWaitMs: { title: 'mean wait', ...inMs, ...longestWait },
  p50Ms: { title: 'median time in system', ...inMs, ...slowest },
  p95Ms: { title: '95th percentile', ...inMs, ...slowest },
  p99Ms: { title: '99th percentile', ...inMs, ...slowest },
  throughput: { title: 'throughput', unit: 'per second', better: 'high', help: 'Requests that succeeded.' },
  succeeded: { title: 'succeeded', unit: 'requests', better: 'high' },
  failed: { title: 'failed', unit: 'requests', better: 'low', ...failures },
  failedShare: { title: 'share that failed', unit: 'share', better: 'low', ...failures },
  utilization: { title: 'utilization', unit: 'share', help: 'How much of the time servers work.' },
  meanPresent: {
    title: 'mean number present',
    unit: 'requests',
    help: 'Integrated over time, not derived from times.',
  },
  elapsedMs: { title: 'elapsed', unit: 'ms', help: 'From the start to the last answer.' },
} satisfies Record<string, Metric>;

/** The metrics that have a value in this run: where nothing succeeded there is no latency. */
export function measuredMetrics(measurements: Measurements, values: Values): Record<string, number> {
  const { timeInSystem, wait, outcomes, elapsed, failure } = measurements;
  const ms = 1000 / values.serviceRate;
  const times: Record<string, number> = {
    meanTimeInSystem: timeInSystem.mean,
    meanWait: wait.mean,
    p50: measurements.percentile(50),
    p95: measurements.percentile(95),
    p99: measurements.percentile(99),
  };
  const { rate, succeeded, failed } = outcomes.throughput(elapsed / 1e9);
  const all: Record<keyof typeof metrics, number> = {
    ...(times as Record<'meanTimeInSystem' | 'meanWait' | 'p50' | 'p95' | 'p99', number>),
    meanTimeInSystemMs: times.meanTimeInSystem! * ms,
    meanWaitMs: times.meanWait! * ms,
    p50Ms: times.p50! * ms,
    p95Ms: times.p95! * ms,
    p99Ms: times.p99! * ms,
    throughput: rate,
    succeeded,
    failed,
    failedShare: failure.mean,
    utilization: measurements.utilization(values.servers * values.concurrency),
    meanPresent: measurements.littlesLaw().numberPresent,
    elapsedMs: elapsed / 1e6,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => Number.isFinite(value)));
}
