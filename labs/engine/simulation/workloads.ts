/** Workloads: when jobs arrive and how much each demands, the same for job k whatever becomes of the others. */
import { sampleAt, exponential, type Distribution } from '../random/distribution.ts';
import { streamId, uniformAt } from '../random/uniform.ts';
import type { Simulation } from './simulation.ts';
import * as stations from './stations.ts';
import type { Arrivals, Workload } from './system.ts';
import { JobState, PendingKind, takeJob } from './world.ts';

const gapPurpose = streamId('gap between arrivals');
const demandPurpose = streamId('service time');
const clientPurpose = streamId('client');
const thinkPurpose = streamId('think time');
const outside = -1;

/** Plans the first arrivals of every workload. */
export function beginWorkloads(simulation: Simulation): void {
  for (const [index, workload] of (simulation.system.workloads ?? []).entries()) {
    if (workload.arrivals.kind !== 'closed') {
      planNext(simulation, index);
      continue;
    }
    const clients = Math.min(workload.clients ?? 1, workload.jobs);
    for (let client = 0; client < clients; client++) planThinking(simulation, index, workload.arrivals.think, client);
  }
}

/** A job arrives. @param client who asks in a closed loop, −1 in an open one */
export function arrive(simulation: Simulation, index: number, client: number): void {
  const { world } = simulation;
  const workload = simulation.system.workloads![index]!;
  const record = world.workloads[index]!;
  const number = record.arrived++;
  const { jobs } = world;
  const job = takeJob(jobs);
  const stream = simulation.workloadStreams[index]!;
  jobs.number[job] = number;
  jobs.workload[job] = index;
  jobs.client[job] = client >= 0 ? client : clientOf(simulation, workload, stream, number);
  jobs.via[job] = outside;
  jobs.server[job] = -1;
  jobs.attempts[job] = 0;
  jobs.cause[job] = -1;
  jobs.slot[job] = -1;
  jobs.state[job] = JobState.travelling;
  jobs.arrivedAt[job] = world.time;
  jobs.beganAt[job] = -1;
  jobs.demand[job] = sampleAt(workload.serviceTime, world.seed, demandPurpose, stream, number);
  simulation.observer.arrived?.(world.time, workload.name, number);
  if (client < 0) planNext(simulation, index);
  stations.dispatch(simulation, outside, job, simulation.targetIndex.get(workload.target)!);
}

/** A job is gone: in a closed loop its client begins to think. */
export function jobDeparted(simulation: Simulation, index: number, client: number): void {
  const record = simulation.world.workloads[index]!;
  record.departed++;
  const { arrivals, jobs } = simulation.system.workloads![index]!;
  const planned = record.planned;
  if (arrivals.kind === 'closed' && planned < jobs) planThinking(simulation, index, arrivals.think, client);
}

/** Whether every job of every workload has departed. */
export function workloadIsDone(simulation: Simulation): boolean {
  const workloads = simulation.system.workloads ?? [];
  for (let i = 0; i < workloads.length; i++) {
    if (simulation.world.workloads[i]!.departed < workloads[i]!.jobs) return false;
  }
  return true;
}

function planThinking(simulation: Simulation, index: number, think: Distribution, client: number): void {
  const { world } = simulation;
  const record = world.workloads[index]!;
  const number = record.planned++;
  const stream = simulation.workloadStreams[index]!;
  const time = Math.round(sampleAt(think, world.seed, thinkPurpose, stream, number));
  simulation.plan(PendingKind.arrival, index, world.time + time, client);
}

function planNext(simulation: Simulation, index: number): void {
  const { world } = simulation;
  const { arrivals, jobs } = simulation.system.workloads![index]!;
  const record = world.workloads[index]!;
  if (record.planned >= jobs || arrivals.kind === 'closed') return;
  const number = record.planned++;
  record.clock = nextTime(arrivals, record.clock, number, (distribution) =>
    sampleAt(distribution, world.seed, gapPurpose, simulation.workloadStreams[index]!, number),
  );
  simulation.plan(PendingKind.arrival, index, Math.max(world.time, Math.round(record.clock)), -1);
}

/** The exact time of arrival `number`, given that of the one before: rounding it here would make the rate drift. */
function nextTime(
  arrivals: Exclude<Arrivals, { kind: 'closed' }>,
  clock: number,
  number: number,
  draw: (distribution: Distribution) => number,
): number {
  switch (arrivals.kind) {
    case 'poisson':
      return clock + draw(exponential(1e9 / arrivals.rate));
    case 'constant':
      return clock + 1e9 / arrivals.rate;
    case 'bursty':
      return number % arrivals.size === 0 ? clock + draw(exponential((1e9 * arrivals.size) / arrivals.rate)) : clock;
    case 'list':
      return arrivals.times[number]!;
  }
}

function clientOf(simulation: Simulation, workload: Workload, stream: number, number: number): number {
  const clients = workload.clients ?? 1;
  if (clients === 1) return 0;
  return Math.floor(uniformAt(simulation.world.seed, clientPurpose, stream, number) * clients);
}
