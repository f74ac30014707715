/**
 * What a node is: synchronous handlers over one state of plain data. The context is all that a handler
 * knows of the world, and an interface that a runtime on real sockets could implement as well.
 */
import type { Random } from '../random/random.ts';
import type { Plain } from './plain.ts';
import type { Nanoseconds } from './time.ts';

/** What nodes send each other. The type is what the trace and the pictures call it. */
export interface Message {
  readonly type: string;
  readonly [field: string]: Plain;
}

/**
 * The code of a node. The engine keeps the state and hands it to each handler, which changes it in place;
 * the program itself is frozen, so that whatever a node remembers is in its state.
 */
export interface NodeProgram<State = any, Sent extends Message = any> {
  /** The memory of a node that has just been switched on, for the first time or after a crash. */
  initialState(self: string): State;
  /** Once, when the node appears. */
  onStart?(state: State, context: Context<Sent>): void;
  onMessage?(state: State, message: Sent, from: string, context: Context<Sent>): void;
  onTimer?(state: State, timer: Timer, context: Context<Sent>): void;
  /** After a crash: memory is as `initialState` made it, the disk holds what was safe. `onStart` where left out. */
  onRecover?(state: State, context: Context<Sent>): void;
  /** A job arrives, from a workload or another node: dispatch, finish or reject it, now or later. */
  onJob?(state: State, job: Job, context: Context<Sent>): void;
  /** A job that this node dispatched was served. Unless it is dispatched again here, it then departs. */
  onJobDone?(state: State, job: Job, context: Context<Sent>): void;
  /** A job that this node dispatched was not served. Unless it is dispatched again here, it departs as failed. */
  onJobFailed?(state: State, job: Job, why: string, context: Context<Sent>): void;
  /** The state in a few words, for the picture; a change of it is an event. */
  status?(state: State): string;
}

/** A timer that fires. */
export interface Timer {
  /** As `setTimer` returned it. */
  readonly id: number;
  readonly name: string;
  /** What `setTimer` was given to keep. */
  readonly keep: any;
}

/** What comes of a call: the handler that `then` names gets it. */
export interface Answer<Sent extends Message = Message, Keep = any> {
  /** The node that was called. */
  readonly from: string;
  /** The reply, or undefined when none came in time. */
  readonly message: Sent | undefined;
  /** What `call` was given to keep. */
  readonly keep: Keep;
}

/** The handler that `then` of a call names: a method of the program. */
export type AnswerHandler<State, Sent extends Message, Keep = any> = (
  state: State,
  answer: Answer<Sent, Keep>,
  context: Context<Sent>,
) => void;

/** How to wait for a reply without waiting: everything is data. */
export interface CallOptions {
  /** How long, on the node's own clock. */
  timeout: Nanoseconds;
  /** Name of the method that gets the answer, or the news that none came. */
  then: string;
  /** Handed to that method. */
  keep?: Plain;
}

/** Whom to answer later: plain data, to be kept in the state. */
export interface Caller {
  readonly node: string;
  readonly call: number;
}

/** A unit of work for a service station, as a handler sees it. */
export interface Job {
  /** By which the context knows it while it is in the system; the number is used again afterwards. */
  readonly id: number;
  /** Which of its workload, from 0. */
  readonly number: number;
  readonly workload: string;
  /** Who asked, from 0 … `clients` − 1 of the workload. */
  readonly client: number;
  readonly arrivedAt: Nanoseconds;
  /** When it was last dispatched. */
  readonly dispatchedAt: Nanoseconds;
  /** How often it has been dispatched. */
  readonly attempts: number;
  /** The station it was last dispatched to, or ''. */
  readonly station: string;
}

/** A node's disk. Writes wait in a cache that a crash empties; after a sync they are safe. */
export interface Disk {
  write(key: string, value: Plain): void;
  append(log: string, record: Plain): void;
  /** As the node sees it, unsafe writes included. undefined where nothing was written, or a torn write is damaged. */
  read(key: string): any;
  /** The records of a log up to the first damaged one. */
  log(name: string): readonly any[];
  /** Makes all writes so far safe. What the handler does after it happens when that is done. */
  sync(): void;
}

/**
 * What a handler can do. Its effects happen in order after it returned; a crash or a pause may fall
 * before, between or after them. The context is dead when the handler has returned.
 */
export interface Context<Sent extends Message = Message> {
  /** The node's name. */
  readonly self: string;
  /** The node's own clock, which may be set off and drift. */
  clock(): Nanoseconds;
  /**
   * Sends a copy.
   * @throws ScenarioError when there is no node of that name, RefusedError when the message is not plain data
   */
  send(to: string, message: Sent): void;
  /** Sends, and has the reply (or its absence) handed to the method `then` names. */
  call(to: string, message: Sent, options: CallOptions): void;
  /** Answers the call that is being handled, or an earlier one. @throws ScenarioError when there is none */
  reply(message: Sent, caller?: Caller): void;
  /** Whom a `reply` would go to, or undefined when no call is being handled. */
  readonly caller: Caller | undefined;
  /** @param delay on the node's own clock @returns its id, for `cancelTimer` */
  setTimer(name: string, delay: Nanoseconds, keep?: Plain): number;
  /** Does nothing when the timer has fired already. */
  cancelTimer(id: number): void;
  readonly disk: Disk;
  /** Seeded luck of this node, from where it last stopped. @param purpose draws of different purposes do not disturb each other */
  random(purpose: string): Random;
  /** A line in the trace. */
  log(text: string): void;
  /** A decision: worth jumping to. */
  decide(text: string): void;
  /** A phase: worth jumping to. */
  mark(text: string): void;
  /** A point of a series of this node. */
  sample(series: string, value: number): void;

  /** A client begins an operation. @returns its number */
  invoke(operation: string): number;
  returned(operation: number): void;
  /** It certainly had no effect. */
  failed(operation: number, why: string): void;
  /** Nobody can say whether it had an effect. */
  unknown(operation: number, why: string): void;

  /** Sends a job to a station or a queue by name. @throws ScenarioError when there is none */
  dispatch(job: number, to: string): void;
  /** Puts a job by, to be dispatched, finished or rejected in a later handler. */
  hold(job: number): void;
  /** The job departs, done, without having seen a station. */
  finish(job: number): void;
  /** The job departs, not done. */
  reject(job: number, why: string): void;
}

/** A handler by its name. The usual ones are spelled out: to look a method up under a name that varies takes V8 much longer. */
export function methodOf(program: NodeProgram, handler: string): unknown {
  switch (handler) {
    case 'onMessage':
      return program.onMessage;
    case 'onTimer':
      return program.onTimer;
    case 'onJob':
      return program.onJob;
    case 'onJobDone':
      return program.onJobDone;
    default:
      return (program as unknown as Record<string, unknown>)[handler];
  }
}
