/** The beginning of a run: is the system one that can be simulated, and what is the world like before anything happens? */
import { complaintAbout, type Distribution } from '../random/distribution.ts';
import type { Intervention } from '../lab/report.ts';
import { requireAction } from './action-arguments.ts';
import { openChecks } from './checks.ts';
import { emptyDisk } from './disk.ts';
import { appear } from './node-conditions.ts';
import { planRandomFaults } from './random-faults.ts';
import { ScenarioError } from './refusal.ts';
import type { EventWriter, SimulationObserver } from './observer.ts';
import { Simulation } from './simulation.ts';
import type { Link, NodeDefinition, System, Workload } from './system.ts';
import { beginWorkloads } from './workloads.ts';
import { emptyWorld, PendingKind, type NodeRecord, type QueueRecord, type World } from './world.ts';

/** What a run is begun with, besides its system. */
export interface BeginOptions {
  readonly seed: number;
  readonly writer: EventWriter;
  readonly interventions?: readonly Intervention[];
  readonly observer?: SimulationObserver;
}

/**
 * A simulation at time 0: the nodes have joined and run `onStart`, first arrivals and faults are planned.
 * @throws ScenarioError when the system makes no sense
 */
export function beginSimulation(system: System, options: BeginOptions): Simulation {
  const simulation = layOut(system, options);
  for (const steps = switchOn(simulation); !steps.next().done;);
  return simulation;
}

/**
 * A simulation before anything has happened: no node is there yet.
 * @throws ScenarioError when the system makes no sense
 */
export function layOut(system: System, options: BeginOptions): Simulation {
  requireSense(system);
  const simulation = new Simulation(system, worldOf(system, options), options.writer, options);
  for (const program of simulation.programs) if (program) Object.freeze(program);
  for (const { action, arguments: given } of options.interventions ?? [])
    requireAction(simulation.nodeIndex, action, given);
  for (const scheduled of system.faults?.schedule ?? []) {
    requireAction(simulation.nodeIndex, scheduled.action, scheduled.arguments);
    if (!(scheduled.at >= 0))
      throw new ScenarioError(`'${scheduled.action}' at ${scheduled.at} ns lies in the past: begin at 0`);
    simulation.plan(PendingKind.action, -1, scheduled.at, -1, 0, -1, scheduled);
  }
  return simulation;
}

/** Switches the nodes on, one a step, and plans what comes from outside. */
export function* switchOn(simulation: Simulation): Generator<void, void> {
  for (const [index, { absent }] of simulation.system.nodes.entries()) {
    if (absent) continue;
    appear(simulation, index, -1);
    yield;
  }
  simulation.settle();
  planRandomFaults(simulation);
  beginWorkloads(simulation);
}

function worldOf(system: System, { seed, writer }: BeginOptions): World {
  const world = emptyWorld(seed);
  const shared = system.sharedQueues ?? [];
  const own = system.nodes.filter(
    ({ name, station }) => station && !shared.some(({ stations }) => stations.includes(name)),
  );
  const queueIndex = (name: string): number => {
    const single = own.findIndex((node) => node.name === name);
    return single >= 0 ? single : own.length + shared.findIndex(({ stations }) => stations.includes(name));
  };
  world.nodes = system.nodes.map((node) => nodeRecord(node, writer, node.station ? queueIndex(node.name) : -1));
  const indexOf = (name: string): number => system.nodes.findIndex((node) => node.name === name);
  world.queues = [
    ...own.map(({ name, station }) => queueRecord(name, [indexOf(name)], station!)),
    ...shared.map((queue) => queueRecord(queue.name, queue.stations.map(indexOf), queue)),
  ];
  world.workloads = (system.workloads ?? []).map(({ name }) => ({
    id: writer.intern(name),
    planned: 0,
    arrived: 0,
    departed: 0,
    clock: 0,
  }));
  world.checks = openChecks(system.checks ?? []);
  return world;
}

function nodeRecord({ name, station, clock }: NodeDefinition, writer: EventWriter, queue: number): NodeRecord {
  return {
    name,
    id: writer.intern(name),
    condition: 'absent',
    paused: false,
    busy: false,
    state: undefined,
    effects: [],
    effectsDone: 0,
    cause: -1,
    timers: [],
    counters: { messages: 0, timers: 0, calls: 0, operations: 0, handled: 0, syncs: 0 },
    waiting: 0,
    waking: false,
    clockOffset: clock?.offset ?? 0,
    clockDrift: clock?.drift ?? 0,
    inbox: [],
    inboxHead: 0,
    pauses: 0,
    heldUntil: 0,
    lastStatus: '',
    calls: new Map(),
    operations: new Map(),
    draws: {},
    slowness: 1,
    disk: emptyDisk(),
    station: station ? { servers: station.servers, speed: station.speed ?? 1, busy: 0, queue } : null,
  };
}

function queueRecord(
  name: string,
  stations: number[],
  { queueLimit = Infinity, discipline = 'fifo' }: { queueLimit?: number; discipline?: string },
): QueueRecord {
  return { name, stations, limit: queueLimit, lifo: discipline === 'lifo', length: 0, first: -1, last: -1 };
}

function requireSense(system: System): void {
  const names = new Set<string>();
  const claim = (name: string): void => {
    if (names.has(name))
      throw new ScenarioError(`two nodes or queues are called '${name}': each needs a name of its own`);
    names.add(name);
  };
  requirePositive(system.until, 'until (when the run ends at the latest)');
  for (const node of system.nodes) {
    claim(node.name);
    requireDistribution(node.handlingTime, `handlingTime of ${node.name}`);
    requireDistribution(node.syncTime, `syncTime of ${node.name}`);
    if (node.station) requirePositive(node.station.servers, `the number of servers of ${node.name}`);
    if (node.station?.speed !== undefined) requirePositive(node.station.speed, `the speed of ${node.name}`);
    if (node.clock?.drift !== undefined && !(node.clock.drift > -1)) {
      throw new ScenarioError(`the clock of ${node.name} would stand still or run backwards: drift must be above −1`);
    }
  }
  for (const { name, stations } of system.sharedQueues ?? []) {
    claim(name);
    for (const station of stations) {
      if (!system.nodes.some((node) => node.name === station && node.station)) {
        throw new ScenarioError(`queue '${name}' stands before '${station}', which is no station`);
      }
    }
  }
  for (const workload of system.workloads ?? []) requireWorkload(workload, names);
  const { network } = system;
  if (network?.default) requireLink(network.default, 'the network');
  for (const [from, links] of Object.entries(network?.links ?? {})) {
    for (const [to, link] of Object.entries(links)) {
      for (const end of [from, to]) {
        if (!names.has(end))
          throw new ScenarioError(`a link goes from ${from} to ${to}, and there is no node '${end}'`);
      }
      requireLink(link, `the link from ${from} to ${to}`);
    }
  }
  for (const fault of system.faults?.random ?? []) {
    requireDistribution(fault.every, `'every' of a random ${fault.fault}`);
    requireDistribution(fault.lasts, `'lasts' of a random ${fault.fault}`);
    if (fault.share !== undefined) requireShare(fault.share, `the share of a random ${fault.fault}`);
    if (fault.fault === 'delay' && !(fault.by! >= 0)) {
      throw new ScenarioError(`a random delay needs 'by', how much later messages arrive`);
    }
    for (const node of fault.nodes) {
      if (!names.has(node))
        throw new ScenarioError(`a random ${fault.fault} strikes '${node}', and there is no such node`);
    }
  }
}

function requireWorkload(
  { name, target, arrivals, jobs, serviceTime, clients = 1 }: Workload,
  names: ReadonlySet<string>,
): void {
  if (!names.has(target))
    throw new ScenarioError(`workload '${name}' goes to '${target}', and there is no such node or queue`);
  if (!Number.isInteger(jobs) || jobs < 0)
    throw new ScenarioError(`workload '${name}' must have a whole number of jobs, not ${jobs}`);
  requirePositive(clients, `the number of clients of workload '${name}'`);
  requireDistribution(serviceTime, `serviceTime of workload '${name}'`);
  switch (arrivals.kind) {
    case 'closed':
      return requireDistribution(arrivals.think, `think time of workload '${name}'`);
    case 'list': {
      const { times } = arrivals;
      if (times.length < jobs)
        throw new ScenarioError(`workload '${name}' lists ${times.length} arrivals for ${jobs} jobs`);
      const wrong = times.findIndex((time, i) => !(time >= (i === 0 ? 0 : times[i - 1]!)));
      if (wrong >= 0)
        throw new ScenarioError(`arrival ${wrong} of workload '${name}' lies in the past: list times in order, from 0`);
      return;
    }
    default:
      requirePositive(arrivals.rate, `the rate of workload '${name}'`);
      if (arrivals.kind === 'bursty') requirePositive(arrivals.size, `the burst size of workload '${name}'`);
  }
}

function requireLink(link: Link, what: string): void {
  requireDistribution(link.latency, `the latency of ${what}`);
  for (const name of ['loss', 'duplication', 'reordering'] as const) {
    const share = link[name];
    if (share !== undefined) requireShare(share, `${name} of ${what}`);
  }
  if (link.bandwidth !== undefined) requirePositive(link.bandwidth, `the bandwidth of ${what}`);
}

function requireDistribution(distribution: Distribution | undefined, what: string): void {
  const complaint = distribution && complaintAbout(distribution);
  if (complaint) throw new ScenarioError(`${what}: ${complaint}; time cannot run backwards`);
}

function requireShare(value: number, what: string): void {
  if (!(value >= 0 && value <= 1)) throw new ScenarioError(`${what} must be a share from 0 to 1, not ${value}`);
}

function requirePositive(value: number, what: string): void {
  if (!(value > 0)) throw new ScenarioError(`${what} must be above 0, not ${value}`);
}
