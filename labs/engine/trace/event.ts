/**
 * The vocabulary of a trace: what can happen in a run, and how one happening is written down.
 *
 * An event is a row over nine columns of fixed width, never an object. Strings are interned once per
 * trace and named by number. The numbers of the kinds and the meaning of the columns are part of the
 * trace hash and of every saved run: add kinds at the end, never renumber one.
 *
 * | column | type    | meaning                                                                            |
 * |--------|---------|------------------------------------------------------------------------------------|
 * | time   | float64 | when: integer nanoseconds in a simulated or live run, operation index in a pure one |
 * | value  | float64 | the number the event carries (a position, a sample, a duration), else 0            |
 * | node   | int32   | string id of the node it happened at, −1 for none                                  |
 * | peer   | int32   | string id of the other node (receiver, previous owner), −1 for none                |
 * | label  | int32   | string id of a name or text (message type, series, item prefix), −1 for none       |
 * | cause  | int32   | index of the event that led to this one, −1 for none                               |
 * | id     | uint32  | number that makes it one of its like (see each kind)                               |
 * | owner  | uint32  | the owner's counter: the n-th event of `node` (of the run, where `node` is −1)     |
 * | kind   | uint8   | one of `EventKind`                                                                 |
 */
export const EventKind = {
  /** A phase or decision worth jumping to. label: its text. */
  mark: 0,
  /** The learner or a file interfered. label: the action; node, peer: what it was done to. */
  intervention: 1,
  /** An invariant broke. label: name of the check; node: where. */
  broken: 2,
  /** One point of a series. label: the series; node: whose (−1: the system's); value: the sample. */
  sample: 3,
  /** A node says something. label: the text. */
  log: 4,

  /** A node appears. value: its weight or capacity, 1 unless said otherwise. */
  join: 10,
  /** A node goes for good. */
  leave: 11,
  /** A node's visible state changed. label: the new state in a few words; value: a number that goes with it. */
  state: 12,
  /** A node dies: memory gone, disk kept. */
  crash: 13,
  /** A crashed node is back. */
  restart: 14,
  /** A node stops executing (a long GC pause). value: for how long, 0 if open-ended. */
  pause: 15,
  /** A paused node goes on. */
  resume: 16,
  /** A node's speed changed. value: factor on its service times. */
  slow: 17,
  /** A node's clock was set off. value: the offset in nanoseconds. */
  skew: 18,

  /** A server's point on a ring. node: the server; value: position in [0, 1); id: which of its points. */
  point: 20,
  /** A server's point is taken off the ring. Columns as `point`. */
  unpoint: 21,
  /** An item is given its first owner. label: item prefix, id: item number (key-17); node: owner; value: position in [0, 1). */
  place: 22,
  /** An item changes owner. Columns as `place`; peer: the previous owner. */
  move: 23,

  /** node sends a message to peer. label: type; id: the sender's message counter; value: bytes, 0 if unknown. */
  send: 30,
  /** node receives a message from peer. label: type; id: the *sender's* counter; cause: the send. */
  deliver: 31,
  /** A message from node to peer is lost. label: type; id: the sender's counter; value: a `DropReason`. */
  drop: 32,
  /** The network makes a second copy of a message from node to peer. id: the sender's counter. */
  duplicate: 33,
  /** A link from node to peer changes. label: cut, healed, slow, lossy …; value: the figure that goes with it. */
  link: 34,

  /** node sets a timer. label: name; id: the node's timer counter; value: when it is due. */
  timerSet: 40,
  /** A timer fires. label: name; id: the node's timer counter. */
  timerFire: 41,
  /** A timer is cancelled before it fires. id: the node's timer counter. */
  timerCancel: 42,
  /** node writes to its disk (not yet safe). label: key or record; value: bytes. */
  diskWrite: 43,
  /** node's writes so far are safe. */
  diskSync: 44,
  /** A write is lost or torn. label: key or record; value: 0 lost, 1 torn. */
  diskLost: 45,

  /** A job joins the queue of node. label: job prefix; id: job number; value: queue length after. */
  enqueue: 50,
  /** node begins to serve a job. id: job number; value: queue length after. */
  serveBegin: 51,
  /** node has served a job. id: job number; value: its time in system. */
  serveEnd: 52,
  /** node turns a job away. id: job number; label: why. */
  reject: 53,

  /** A client at node begins an operation. label: the operation; id: operation number. */
  invoke: 60,
  /** The operation returned. value: its latency. */
  return: 61,
  /** The operation certainly had no effect. label: why. */
  fail: 62,
  /** Nobody can say whether the operation had an effect (a time-out). */
  unknown: 63,
  /** A request is let through. node: the limiter; label: client prefix; id: request number; value: level after. */
  admit: 64,
  /** A request is refused. Columns as `admit`. */
  refuse: 65,
} as const;

/** The number of an event's kind. */
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** The name of an event's kind, as the log prints it. */
export type EventKindName = keyof typeof EventKind;

const names = new Map<number, EventKindName>(
  Object.entries(EventKind).map(([name, number]) => [number, name as EventKindName]),
);

/** The name of a kind, or undefined where no kind has that number (a damaged or newer trace). */
export function kindName(kind: number): EventKindName | undefined {
  return names.get(kind);
}

/** Why a message was lost: the `value` of a `drop` event. */
export const DropReason = { loss: 0, partition: 1, receiverDown: 2, intervention: 3, queueFull: 4 } as const;

/** One event, unpacked: for the few that are looked at, never for the stream. Strings are resolved; '' stands for none. */
export interface TraceEvent {
  /** Its place in the trace, from 0. */
  index: number;
  time: number;
  kind: EventKind;
  node: string;
  peer: string;
  label: string;
  /** Index of the event that led to it, −1 for none. */
  cause: number;
  id: number;
  owner: number;
  value: number;
}

/**
 * The name by which an intervention finds an event again in another run: the owner and its counter,
 * `coordinator#12`; `#7` is the seventh event that belongs to no node. It survives edits elsewhere in
 * the run, which an index does not.
 */
export function eventName(event: Pick<TraceEvent, 'node' | 'owner'>): string {
  return `${event.node}#${event.owner}`;
}
