/**
 * The node between clients and servers. For every request it asks the balancer for a server; it keeps the counts
 * that balancers look at, probes the servers' health, drains and warms them up.
 *
 * It also keeps the evidence that a run is judged by: requests that went where they must not go, servers
 * that were passed over.
 */
import type { Answer as CallAnswer, Context, Job, NodeProgram, Timer, Nanoseconds } from 'system-design-labs/engine';
import type { Balancer, Pool } from '../balancer.ts';
import type { Failure } from './failures.ts';
import { allHealthy, observeProbe, type Health, type Thresholds } from '../health.ts';
import type { Probe } from '../probes.ts';
import { takesPart } from '../slow-start.ts';

/** How the proxy is set up; it does not change during a run. */
export interface ProxyOptions {
  /** Names of the servers. */
  servers: readonly string[];
  weights: readonly number[];
  /** The queue that all servers draw from, in whose place nobody is picked; '' where each has its own. */
  sharedQueue: string;
  /** How often each server is probed; 0: never. */
  healthInterval: Nanoseconds;
  thresholds: Thresholds;
  probe: Probe;
  /** How long a returning server takes until it gets its whole share; 0: at once. */
  slowStart: Nanoseconds;
  /** When which server is taken out of rotation. */
  drains: readonly Failure[];
  /** So many picks are written down. */
  sequenceLength: number;
  /** How many requests there will be. */
  requests: number;
  /** Clients that ask again only when they have their answer; Infinity where requests come whatever becomes of others. */
  clients: number;
}

/** What the balancer believed from some moment on. */
export interface AvailabilityChange {
  server: number;
  at: Nanoseconds;
  available: boolean;
}

/** The memory of the proxy. */
export interface ProxyState {
  pool: WritablePool;
  /** When it was switched on, for the first time or after a crash. */
  startedAt: Nanoseconds;
  /** The algorithm's own. */
  memory: unknown;
  health: Health;
  /** 1 for a server that an operator has taken out. */
  draining: Uint8Array;
  /** When each came back, −∞ for those that have been there long enough. */
  returnedAt: Float64Array;
  /** How many are available, in words; made when that changes, since it is looked at after every request. */
  summary: string;
  /** Whether a server has not been available at some time. */
  everUnavailable: boolean;
  /** Whether any of them is warming up. */
  warming: boolean;
  /** Requests sent to each. */
  sent: Float64Array;
  picks: number;
  /** Requests that have come, those included that came before it crashed. */
  arrived: number;
  /** Whether servers are being probed: not once that can change nothing any more. */
  probing: boolean;
  /** When which server became available or ceased to be; the first of them. */
  changes: AvailabilityChange[];
  /** The first picks. */
  sequence: number[];
  /** The first request that went to a server that was not available; `request` −1 for none. */
  misdirected: { request: number; server: number };
  /** Since which pick, and when, each server has been available with nothing to do; −1 while it is not. */
  idleSincePick: Float64Array;
  idleSince: Float64Array;
}

type WritablePool = { -readonly [Name in keyof Pool]: Pool[Name] };

/** So many are written down: a server that flaps must not fill the memory. */
const mostChanges = 1000;

/** What the balancer believed of its servers, if it has been there from the beginning and all of it is written down. */
export function allChanges(state: ProxyState | undefined): readonly AvailabilityChange[] | undefined {
  return state?.startedAt === 0 && state.changes.length < mostChanges ? state.changes : undefined;
}

export class ReverseProxy implements NodeProgram<ProxyState> {
  readonly balancer: Balancer;
  readonly options: ProxyOptions;
  readonly #numberOf: ReadonlyMap<string, number>;

  constructor(balancer: Balancer, options: ProxyOptions) {
    this.balancer = balancer;
    this.options = options;
    this.#numberOf = new Map(options.servers.map((name, server) => [name, server]));
  }

  initialState(): ProxyState {
    const { weights, servers } = this.options;
    const size = servers.length;
    const pool: WritablePool = {
      size,
      available: servers.map((_, server) => server),
      isAvailable: new Uint8Array(size).fill(1),
      weights,
      inFlight: new Int32Array(size),
      now: 0,
    };
    return {
      pool,
      startedAt: 0,
      memory: this.balancer.initialState(pool),
      health: allHealthy(size),
      draining: new Uint8Array(size),
      returnedAt: new Float64Array(size).fill(-Infinity),
      summary: summaryOf(pool),
      everUnavailable: false,
      warming: false,
      sent: new Float64Array(size),
      picks: 0,
      arrived: 0,
      probing: false,
      changes: [],
      sequence: [],
      misdirected: { request: -1, server: -1 },
      idleSincePick: new Float64Array(size),
      idleSince: new Float64Array(size),
    };
  }

  /** Also after a crash, which has cost it all it knew. */
  onStart(state: ProxyState, context: Context): void {
    const { healthInterval, drains } = this.options;
    state.startedAt = context.clock();
    if (healthInterval > 0) this.#probeLater(state, context);
    for (const { server, from, to } of drains) {
      if (to <= state.startedAt) continue;
      const number = this.#numberOf.get(server)!;
      context.setTimer('drain', Math.max(0, from - state.startedAt), { server: number, drains: true });
      if (to < Infinity) context.setTimer('drain', to - state.startedAt, { server: number, drains: false });
    }
  }

  onJob(state: ProxyState, job: Job, context: Context): void {
    const { servers, sharedQueue } = this.options;
    state.arrived = job.number + 1;
    if (sharedQueue !== '') return context.dispatch(job.id, sharedQueue);
    const server = this.#pick(state, job, context);
    if (server < 0) return context.reject(job.id, 'no server available');
    state.pool.inFlight[server]!++;
    state.idleSincePick[server] = -1;
    state.sent[server]!++;
    if (state.sequence.length < this.options.sequenceLength) state.sequence.push(server);
    context.dispatch(job.id, servers[server]!);
  }

  onJobDone(state: ProxyState, job: Job, context: Context): void {
    this.#answered(state, job, true, context);
  }

  onJobFailed(state: ProxyState, job: Job, _why: string, context: Context): void {
    this.#answered(state, job, false, context);
  }

  onTimer(state: ProxyState, timer: Timer, context: Context): void {
    if (timer.name === 'drain') {
      const { server, drains } = timer.keep as { server: number; drains: boolean };
      state.draining[server] = drains ? 1 : 0;
      context.mark(`${this.options.servers[server]!} ${drains ? 'is drained' : 'is put back'}`);
      return this.#availabilityChanged(state, server, context.clock());
    }
    const { servers, healthInterval } = this.options;
    for (const [server, name] of servers.entries()) {
      const keep = { server, asked: context.clock() };
      context.call(name, { type: 'probe' }, { timeout: Math.ceil(healthInterval / 2), then: 'onProbed', keep });
    }
    context.sample('in flight', sum(state.pool.inFlight));
    this.#probeLater(state, context);
  }

  /** Plans the next health check, while a request may come that it is of use to. */
  #probeLater(state: ProxyState, context: Context): void {
    state.probing = this.#mayComeMore(state);
    if (state.probing) context.setTimer('health check', this.options.healthInterval);
  }

  /**
   * Whether another request may come. When all have come, or when every client waits for a server that is taken for down,
   * probing changes nothing; and a server that stands still for ever would be probed for ever.
   */
  #mayComeMore({ arrived, pool, health }: ProxyState): boolean {
    const { requests, clients } = this.options;
    if (arrived >= requests) return false;
    const hopeful = pool.inFlight.some((count, server) => count > 0 && health.up[server] === 1);
    return hopeful || sum(pool.inFlight) < clients;
  }

  onProbed(state: ProxyState, answer: CallAnswer, context: Context): void {
    const { server, asked } = answer.keep as { server: number; asked: Nanoseconds };
    const { probe, thresholds, servers } = this.options;
    const healthy = probe({ answered: answer.message !== undefined, roundTrip: context.clock() - asked });
    const news = observeProbe(state.health, server, healthy, thresholds);
    if (news === undefined) return;
    context.mark(`${servers[server]!} is ${news === 'down' ? 'taken for down' : 'back'}`);
    this.#availabilityChanged(state, server, context.clock());
  }

  status({ summary }: ProxyState): string {
    return summary;
  }

  #pick(state: ProxyState, job: Job, context: Context): number {
    const { pool } = state;
    if (pool.available.length === 0) return -1;
    pool.now = context.clock();
    const everybody = pool.available;
    if (state.warming) this.#letPartTake(state, context);
    const request = { number: job.number, address: addressOf(job.client) };
    const server = this.balancer.pick(state.memory, pool, request, context.random('pick'));
    setAvailable(pool, everybody);
    if (pool.isAvailable[server] === 0 && state.misdirected.request < 0) {
      state.misdirected = { request: job.number, server };
    }
    state.picks++;
    return server;
  }

  /** For one request, leaves out those that are warming up and have no luck; unless nobody would be left. */
  #letPartTake(state: ProxyState, context: Context): void {
    const { pool, returnedAt } = state;
    const random = context.random('slow start');
    const { slowStart } = this.options;
    const part = pool.available.filter((server) => takesPart(pool.now - returnedAt[server]!, slowStart, random));
    state.warming = pool.available.some((server) => pool.now - returnedAt[server]! < slowStart);
    if (part.length > 0) setAvailable(pool, part);
  }

  #answered(state: ProxyState, job: Job, succeeded: boolean, context: Context): void {
    // What a balancer had sent before it crashed is not in its successor's counts.
    if (this.options.sharedQueue !== '' || job.dispatchedAt < state.startedAt) return;
    const { pool } = state;
    pool.now = context.clock();
    const server = this.#numberOf.get(job.station)!;
    pool.inFlight[server]!--;
    if (pool.inFlight[server] === 0 && pool.isAvailable[server] === 1) beginIdle(state, server);
    if (!state.probing && this.options.healthInterval > 0) this.#probeLater(state, context);
    const responseTime = pool.now - job.dispatchedAt;
    this.balancer.answered?.(state.memory, pool, { server, responseTime, succeeded });
  }

  #availabilityChanged(state: ProxyState, server: number, now: Nanoseconds): void {
    const { pool, health, draining } = state;
    const was = pool.isAvailable[server] === 1;
    const all = Array.from({ length: pool.size }, (_, one) => one);
    setAvailable(
      pool,
      all.filter((one) => health.up[one] === 1 && draining[one] === 0),
    );
    state.summary = summaryOf(pool);
    const is = pool.isAvailable[server] === 1;
    pool.now = now;
    if (was !== is && state.changes.length < mostChanges) state.changes.push({ server, at: now, available: is });
    if (!is) {
      state.idleSincePick[server] = -1;
      state.everUnavailable = true;
    }
    if (was || !is) return;
    beginIdle(state, server);
    if (this.options.slowStart === 0) return;
    state.returnedAt[server] = now;
    state.warming = true;
  }
}

function summaryOf({ available, size }: Pool): string {
  return `${available.length} of ${size} available`;
}

function beginIdle(state: ProxyState, server: number): void {
  state.idleSincePick[server] = state.picks;
  state.idleSince[server] = state.pool.now;
}

function setAvailable(pool: WritablePool, available: readonly number[]): void {
  if (pool.available === available) return;
  pool.available = available;
  pool.isAvailable.fill(0);
  for (const server of available) pool.isAvailable[server] = 1;
}

/** Each client sits in a network of its own: 10.x.y.1. */
function addressOf(client: number): number {
  return ((10 << 24) | ((client & 0xffff) << 8) | 1) >>> 0;
}

function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
