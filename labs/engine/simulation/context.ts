/** The context of one handler call on the simulator: it collects effects, and is dead when the handler has returned. */
import { EventKind } from '../trace/event.ts';
import type { Distribution } from '../random/distribution.ts';
import { sampleAt } from '../random/distribution.ts';
import { shuffle, type Random } from '../random/random.ts';
import { streamId, uniformAt } from '../random/uniform.ts';
import { readLog, readValue, showWrite } from './disk.ts';
import type { CallOptions, Caller, Context, Disk, Message } from './node.ts';
import { freezeCopy, type Plain } from './plain.ts';
import { EndlessRunError, RefusedError, ScenarioError } from './refusal.ts';
import type { Simulation } from './simulation.ts';
import type { Nanoseconds } from './time.ts';
import { JobState, type Effect, type NodeRecord, type Packet } from './world.ts';

/** More effects than this in one handler call are a loop that does not end. */
const mostEffects = 100_000;

export class HandlerContext implements Context {
  readonly #simulation: Simulation;
  readonly #node: NodeRecord;
  readonly #index: number;
  readonly #packet: Packet | undefined;
  readonly #from: number;
  #dead = false;
  #disk: NodeDisk | undefined;

  constructor(simulation: Simulation, node: NodeRecord, index: number, packet: Packet | undefined, from: number) {
    this.#simulation = simulation;
    this.#node = node;
    this.#index = index;
    this.#packet = packet;
    this.#from = from;
  }

  /** Nothing works from here on. */
  end(): void {
    this.#dead = true;
  }

  get self(): string {
    return this.#node.name;
  }

  clock(): Nanoseconds {
    const node = this.#alive();
    return localTime(node, this.#simulation.world.time);
  }

  send(to: string, message: Message): void {
    this.#alive();
    this.#add({ do: 'send', to: this.#indexOf(to), packet: this.#pack(message, -1, -1), bytes: 0 });
  }

  call(to: string, message: Message, options: CallOptions): void {
    const node = this.#alive();
    const { timeout, then } = options;
    const program = this.#simulation.programs[this.#index] as unknown as Record<string, unknown>;
    if (typeof program[then] !== 'function') {
      throw new ScenarioError(
        `${node.name} has no method '${String(then)}': 'then' names the method that gets the answer`,
      );
    }
    const call = node.counters.calls++;
    const keep = freezeCopy(options.keep, 'keep');
    node.calls.set(call, { to, then, keep, slot: -1 });
    const packet = this.#pack(message, call, -1);
    this.#add({ do: 'call', to: this.#indexOf(to), packet, timeout: span(timeout, 'a time-out') });
  }

  get caller(): Caller | undefined {
    this.#alive();
    const packet = this.#packet;
    if (!packet || packet.call < 0) return undefined;
    return { node: this.#simulation.system.nodes[this.#from]!.name, call: packet.call };
  }

  reply(message: Message, caller: Caller | undefined = this.caller): void {
    this.#alive();
    if (!caller) {
      throw new ScenarioError(
        `${this.self} has no call to reply to: use context.send, or keep context.caller for later`,
      );
    }
    const packet = this.#pack(message, -1, caller.call);
    this.#add({ do: 'send', to: this.#indexOf(caller.node), packet, bytes: 0 });
  }

  setTimer(name: string, delay: Nanoseconds, keep?: Plain): number {
    const node = this.#alive();
    const id = node.counters.timers++;
    const kept = freezeCopy(keep, 'keep');
    this.#add({
      do: 'setTimer',
      id,
      name: String(name),
      delay: span(delay, 'the delay of timer', name),
      keep: kept,
    });
    return id;
  }

  cancelTimer(id: number): void {
    this.#alive();
    this.#add({ do: 'cancelTimer', id });
  }

  get disk(): Disk {
    this.#alive();
    return (this.#disk ??= new NodeDisk(this.#node, (effect) => this.#add(effect)));
  }

  random(purpose: string): Random {
    const node = this.#alive();
    const { seed } = this.#simulation.world;
    const owner = this.#simulation.streams[this.#index]!;
    const stream = streamId(purpose);
    const next = (): number => {
      this.#alive();
      const counter = node.draws[purpose] ?? 0;
      node.draws[purpose] = counter + 1;
      return counter;
    };
    const random: Random = {
      uniform: () => uniformAt(seed, stream, owner, next()),
      integer: (bound) => Math.floor(random.uniform() * bound),
      shuffled: (items) => shuffle(random, items),
      sample: (distribution: Distribution) => sampleAt(distribution, seed, stream, owner, next()),
    };
    return random;
  }

  log(text: string): void {
    this.#note(EventKind.log, text);
  }

  decide(text: string): void {
    this.#note(EventKind.mark, text);
  }

  mark(text: string): void {
    this.#note(EventKind.mark, text);
  }

  sample(series: string, value: number): void {
    this.#note(EventKind.sample, series, value);
  }

  invoke(operation: string): number {
    const node = this.#alive();
    const id = node.counters.operations++;
    const label = String(operation);
    node.operations.set(id, { label, began: -1, ending: false });
    this.#add({ do: 'invoke', operation: id, label });
    return id;
  }

  returned(operation: number): void {
    this.#end(operation, EventKind.return, undefined);
  }

  failed(operation: number, why: string): void {
    this.#end(operation, EventKind.fail, why);
  }

  unknown(operation: number, why: string): void {
    this.#end(operation, EventKind.unknown, why);
  }

  dispatch(job: number, to: string): void {
    const target = this.#simulation.targetIndex.get(to);
    if (target === undefined) throw this.#unknownName(to, [...this.#simulation.targetIndex.keys()]);
    this.#requireHeld(job);
    this.#add({ do: 'dispatch', job, to: target });
  }

  hold(job: number): void {
    this.#requireHeld(job);
    this.#simulation.world.jobs.state[job] = JobState.kept;
  }

  finish(job: number): void {
    this.#requireHeld(job);
    this.#add({ do: 'finish', job });
  }

  reject(job: number, why: string): void {
    this.#requireHeld(job);
    this.#add({ do: 'reject', job, why });
  }

  #alive(): NodeRecord {
    if (this.#dead) {
      throw new RefusedError(
        `a context of ${this.#node.name} was used after its handler had returned: use the one that each handler is given`,
      );
    }
    return this.#node;
  }

  #add(effect: Effect): void {
    const { effects } = this.#node;
    if (effects.length >= mostEffects) {
      throw new EndlessRunError(
        `one handler call of ${this.#node.name} asked for more than ${mostEffects} effects: is its loop meant to end?`,
      );
    }
    effects.push(effect);
    if (this.#simulation.look) this.#simulation.look.asked(effect, this.#node.cause);
  }

  #note(kind: number, text: string, value = 0): void {
    this.#alive();
    this.#add({ do: 'note', kind, text: String(text), value });
  }

  #end(operation: number, kind: number, why: string | undefined): void {
    const node = this.#alive();
    const open = node.operations.get(operation);
    if (!open || open.ending)
      throw new ScenarioError(
        `${node.name} has no open operation ${operation}: it was closed before, or never invoked`,
      );
    open.ending = true;
    this.#add({ do: 'end', operation, kind, text: String(why ?? open.label) });
  }

  /** A job may be sent on once by the node that holds it; it is then out of its hands. */
  #requireHeld(job: number): void {
    this.#alive();
    const { jobs } = this.#simulation.world;
    const inHand = jobs.state[job] === JobState.held || jobs.state[job] === JobState.kept;
    if (jobs.via[job] !== this.#index || !inHand) {
      throw new ScenarioError(
        `${this.self} does not hold a job ${job}: it was dispatched, finished or rejected before`,
      );
    }
    jobs.state[job] = JobState.leaving;
  }

  #pack(message: Message, call: number, reply: number): Packet {
    if (typeof message !== 'object' || message === null || typeof message.type !== 'string') {
      throw new RefusedError(`a message is a plain object with a type: { type: 'ping' }`);
    }
    return { message: freezeCopy(message, `message '${message.type}'`), call, reply, job: -1 };
  }

  #indexOf(name: string): number {
    const index = this.#simulation.nodeIndex.get(name);
    if (index === undefined) throw this.#unknownName(name, [...this.#simulation.nodeIndex.keys()]);
    return index;
  }

  #unknownName(name: string, known: readonly string[]): ScenarioError {
    const shown = known.length > 10 ? `${known.slice(0, 10).join(', ')}, …` : known.join(', ');
    return new ScenarioError(`there is no '${String(name)}' for ${this.self} to send to: use ${shown}`);
  }
}

class NodeDisk implements Disk {
  readonly #node: NodeRecord;
  readonly #add: (effect: Effect) => void;

  constructor(node: NodeRecord, add: (effect: Effect) => void) {
    this.#node = node;
    this.#add = add;
  }

  write(key: string, value: Plain): void {
    this.#put({ key, value: freezeCopy(value, `disk record '${key}'`), isLog: false });
  }

  append(log: string, record: Plain): void {
    this.#put({ key: log, value: freezeCopy(record, `record of log '${log}'`), isLog: true });
  }

  read(key: string): Plain {
    return readValue(this.#node.disk.seen, key);
  }

  log(name: string): readonly Plain[] {
    return readLog(this.#node.disk.seenLogs, name);
  }

  sync(): void {
    this.#add({ do: 'sync' });
  }

  #put(write: { key: string; value: Plain; isLog: boolean }): void {
    this.#add({ do: 'write', write });
    showWrite(this.#node.disk, write);
  }
}

/** What a node's clock shows. */
export function localTime(node: NodeRecord, time: Nanoseconds): Nanoseconds {
  return node.clockOffset + (node.clockDrift === 0 ? time : Math.round(time * (1 + node.clockDrift)));
}

/** A span of time as whole nanoseconds. @param what,name what it is called when it is none: put together only then */
function span(value: number, what: string, name?: string): number {
  if (!(value >= 0) || value > Number.MAX_SAFE_INTEGER) {
    const called = name === undefined ? what : `${what} '${name}'`;
    throw new ScenarioError(`${called} must be 0 ns or more, not ${value}: nothing can be scheduled into the past`);
  }
  return Math.round(value);
}
