/** What a lab gives the engine to run: nodes, the network between them, work, faults, and what must hold. */
import type { Distribution } from '../random/distribution.ts';
import type { Json } from '../lab/report.ts';
import type { NodeProgram } from './node.ts';
import type { Nanoseconds } from './time.ts';

/** Everything that is simulated. It does not change during a run. */
export interface System {
  readonly nodes: readonly NodeDefinition[];
  /** Messages take no time and none is lost where this is left out. */
  readonly network?: Network;
  /** One queue before several stations. */
  readonly sharedQueues?: readonly SharedQueue[];
  readonly workloads?: readonly Workload[];
  readonly faults?: Faults;
  readonly checks?: readonly CheckDefinition[];
  /** When the run ends if nothing ends it before: later events do not happen. */
  readonly until: Nanoseconds;
  /** End as soon as every job of every workload has departed: periodic timers would go on for ever. */
  readonly endWithWorkload?: boolean;
}

/** A node: a program, a service station, or both. */
export interface NodeDefinition {
  readonly name: string;
  readonly program?: NodeProgram;
  readonly station?: Station;
  /** Not there until a `join` lets it in. */
  readonly absent?: boolean;
  /** Time a handler takes before its first effect; none where left out. Slow nodes take a multiple. */
  readonly handlingTime?: Distribution;
  /** Time a disk sync takes; none where left out. */
  readonly syncTime?: Distribution;
  readonly clock?: ClockError;
}

/** How a node's clock goes wrong: it shows offset + (1 + drift) · time. */
export interface ClockError {
  readonly offset?: Nanoseconds;
  /** 1e-4 gains 100 µs a second. */
  readonly drift?: number;
}

/** In which order waiting jobs are served. */
export type Discipline = 'fifo' | 'lifo';

/** A place that serves jobs. */
export interface Station {
  /** Jobs served at once. */
  readonly servers: number;
  /** Jobs that may wait; one more is rejected. No limit where left out. */
  readonly queueLimit?: number;
  readonly discipline?: Discipline;
  /** Divides the service times of jobs, 1 where left out. */
  readonly speed?: number;
}

/** One queue that several stations draw from; jobs are dispatched to its name. The first idle station, as listed, gets the job. */
export interface SharedQueue {
  readonly name: string;
  readonly stations: readonly string[];
  readonly queueLimit?: number;
  readonly discipline?: Discipline;
}

/** How messages travel. */
export interface Network {
  /** For every link that has none of its own. */
  readonly default?: Link;
  /** By sender, then receiver: `{ client: { server: … } }`. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, Link>>>>;
}

/** One direction between two nodes. What is left out is perfect. */
export interface Link {
  readonly latency?: Distribution;
  /** Share of messages lost. */
  readonly loss?: number;
  /** Share of messages that arrive twice: the second copy later, by a latency's mean on average and now and then by far more. */
  readonly duplication?: number;
  /** Share of messages that are held up for another latency and may be overtaken; the others keep their order. */
  readonly reordering?: number;
  /** Bytes a second; messages queue up behind each other. */
  readonly bandwidth?: number;
}

/** A stream of jobs. */
export interface Workload {
  /** What its jobs are called in the trace, with their number: 'request-'. Also names its luck. */
  readonly name: string;
  /** The node whose `onJob` gets the jobs, a station, or a shared queue. */
  readonly target: string;
  readonly arrivals: Arrivals;
  /** How many jobs there are in all. */
  readonly jobs: number;
  /** How long a server of speed 1 works on a job; the same for job k under every algorithm. */
  readonly serviceTime: Distribution;
  /** Each job comes from one of so many clients, at random; 1 where left out. */
  readonly clients?: number;
}

/** When jobs arrive. Rates are per second. */
export type Arrivals =
  | { readonly kind: 'poisson'; readonly rate: number }
  | { readonly kind: 'constant'; readonly rate: number }
  /** `size` jobs at once, at the moments of a Poisson process that gives `rate` jobs a second in all. */
  | { readonly kind: 'bursty'; readonly rate: number; readonly size: number }
  /** At the times given, in order. */
  | { readonly kind: 'list'; readonly times: readonly Nanoseconds[] }
  /** Closed loop: each client thinks, asks, and thinks again when its job has departed. */
  | { readonly kind: 'closed'; readonly think: Distribution };

/** What goes wrong. */
export interface Faults {
  /** At fixed times. */
  readonly schedule?: readonly ScheduledAction[];
  /** At random times. */
  readonly random?: readonly RandomFault[];
  readonly disk?: DiskFaults;
}

/** An action (see `actions.ts`) at a time. */
export interface ScheduledAction {
  readonly at: Nanoseconds;
  readonly action: string;
  readonly arguments: Readonly<Record<string, Json>>;
}

/** A fault that strikes each of the nodes again and again, and heals. */
export interface RandomFault {
  /** isolate, lose, delay and duplicate strike all links of a node. */
  readonly fault: 'crash' | 'pause' | 'isolate' | 'lose' | 'delay' | 'duplicate';
  /** lose, duplicate: the share of messages; all of them where left out. */
  readonly share?: number;
  /** delay: how much later messages arrive. */
  readonly by?: Nanoseconds;
  readonly nodes: readonly string[];
  /** From one healing to the next strike. */
  readonly every: Distribution;
  /** How long it lasts. */
  readonly lasts: Distribution;
  /** No strike later than this, so that what must hold eventually can be judged. */
  readonly until: Nanoseconds;
}

/** How disks betray. */
export interface DiskFaults {
  /** Share of writes that are lost although the sync was acknowledged: noticed after a crash. */
  readonly lost?: number;
  /** Share of the writes that a crash catches before their sync, and leaves torn instead of undone. */
  readonly torn?: number;
}

/** Something that must hold. */
export interface CheckDefinition {
  /** As the lab declares it. */
  readonly name: string;
  /**
   * always: after every event. atEnd: once, when the run is over. eventually: at some moment from the last
   * healed fault on, and no later than `within` after it.
   */
  readonly when: 'always' | 'atEnd' | 'eventually';
  readonly within?: Nanoseconds;
  /** Says what is wrong, and where, or nothing when it holds. Must not change what it looks at. */
  readonly violation: (view: WorldView) => Violation | undefined;
  /**
   * Whether there is an occasion to break it at the moment: asked after every event until there is one. A check that
   * never had one holds all the same, and says that it was not put to the test. Left out: any run is an occasion.
   */
  readonly arises?: (view: WorldView) => boolean;
}

export interface Violation {
  /** One sentence with the figures. */
  readonly detail: string;
  readonly node?: string;
}

/** What a check sees of the world. */
export interface WorldView {
  readonly time: Nanoseconds;
  /** How often a fault struck or healed so far, by schedule, luck or intervention. */
  readonly faults: number;
  /** Names of the nodes that are there, up or down. */
  readonly nodes: readonly string[];
  /** A node's state, or undefined while it is down. */
  state(node: string): any;
  isUp(node: string): boolean;
  /** What would be read from a node's disk after a crash. */
  safe(node: string, key: string): any;
  safeLog(node: string, log: string): readonly any[];
}
