/** Systems in which anything may happen, by seed: what must always be true is held against many of them. */
import type { Intervention, Json } from '../../lab/report.ts';
import { constant, exponential } from '../../random/distribution.ts';
import { randomSource, type Random } from '../../random/random.ts';
import type { Answer, Context, Job, Message, NodeProgram, Timer } from '../node.ts';
import type { Link, RandomFault, ScheduledAction, System } from '../system.ts';
import { milliseconds, seconds } from '../time.ts';

const names = ['ann', 'bob', 'cyd'];
const stations = ['desk', 'till'];
const everybody = [...names, ...stations, 'gate'];

interface Whims {
  /** Timers that were set, some of them long gone. */
  timers: number[];
  operations: number[];
  kept: number[];
  handled: number;
}

/** A node that does whatever comes into its head, as its luck has it. */
class Whimsical implements NodeProgram<Whims> {
  initialState(): Whims {
    return { timers: [], operations: [], kept: [], handled: 0 };
  }

  onStart(state: Whims, context: Context) {
    this.#act(state, context);
    this.#act(state, context);
  }

  onMessage(state: Whims, _message: Message, _from: string, context: Context) {
    this.#act(state, context);
    if (context.caller && context.random('reply').integer(3) > 0) context.reply({ type: 'answer' });
  }

  onAnswer(state: Whims, _answer: Answer, context: Context) {
    this.#act(state, context);
  }

  onTimer(state: Whims, _timer: Timer, context: Context) {
    this.#act(state, context);
  }

  onRecover(state: Whims, context: Context) {
    this.#act(state, context);
  }

  onJob(state: Whims, job: Job, context: Context) {
    this.#act(state, context);
    switch (context.random('job').integer(5)) {
      case 0:
        return context.finish(job.id);
      case 1:
        return context.reject(job.id, 'no mood for it');
      case 2:
        context.hold(job.id);
        state.kept.push(job.id);
        return;
      default:
        context.dispatch(job.id, ['desk', 'till', 'line'][context.random('target').integer(3)]!);
    }
  }

  onJobDone(state: Whims, _job: Job, context: Context) {
    this.#act(state, context);
  }

  onJobFailed(state: Whims, job: Job, _why: string, context: Context) {
    this.#act(state, context);
    if (job.attempts < 3) context.dispatch(job.id, 'line');
  }

  status(state: Whims): string {
    return state.handled % 4 === 0 ? 'resting' : 'about';
  }

  #act(state: Whims, context: Context): void {
    state.handled++;
    for (const id of state.kept.splice(0)) context.finish(id);
    const { integer } = context.random('what to do');
    for (let deeds = integer(4); deeds > 0; deeds--) this.#do(integer(12), state, context);
    if (integer(2) === 0) state.timers.push(context.setTimer('again', milliseconds(1 + integer(20))));
  }

  #do(what: number, state: Whims, context: Context): void {
    const { integer } = context.random('how');
    const other = names[integer(names.length)]!;
    switch (what) {
      case 0:
      case 1:
        state.timers.push(context.setTimer('tick', milliseconds(integer(15))));
        return;
      case 2:
      case 3:
        for (const timer of state.timers.splice(integer(3))) context.cancelTimer(timer);
        return;
      case 4:
      case 5:
        return context.disk.sync();
      case 6:
        return context.disk.append('log', integer(100));
      case 7:
        return context.call(other, { type: 'ask' }, { timeout: milliseconds(1 + integer(20)), then: 'onAnswer' });
      case 8:
      case 9:
        return context.send(other, { type: 'tell' });
      case 10:
        state.operations.push(context.invoke('operation'));
        return;
      case 11: {
        const operation = state.operations.pop();
        if (operation === undefined) return context.mark('idle');
        const end = integer(3);
        if (end === 0) context.returned(operation);
        else if (end === 1) context.failed(operation, 'whim');
        else context.unknown(operation, 'whim');
      }
    }
  }
}

/** A system of such nodes, with stations, disks, a network or none, and faults of every sort. */
export function randomSystem(seed: number): { system: System; interventions: Intervention[] } {
  const random = randomSource(seed).stream('random system');
  const maybe = <Value>(value: Value): Value | undefined => (random.integer(2) === 0 ? value : undefined);
  const latency = random.integer(2) === 0 ? constant(milliseconds(2)) : exponential(milliseconds(3));
  const link: Link = { latency, loss: 0.05, duplication: 0.1, reordering: 0.1 };
  const syncTime = constant(milliseconds(4));
  const station = { servers: 1 + random.integer(2), queueLimit: 4 };
  const handlingTime = maybe(exponential(milliseconds(1)));
  const slow = handlingTime ? { handlingTime } : {};
  const program = new Whimsical();
  const system: System = {
    until: milliseconds(200),
    ...(random.integer(4) > 0 ? { network: { default: link } } : {}),
    nodes: [
      ...names.map((name, i) => ({ name, program, syncTime, ...slow, absent: i === 2 && random.integer(2) === 0 })),
      ...stations.map((name) => ({ name, station })),
      { name: 'apart', station },
      { name: 'gate', program, syncTime, ...slow },
    ],
    sharedQueues: [{ name: 'line', stations, queueLimit: 6 }],
    workloads: [
      {
        name: 'job-',
        target: ['gate', 'line', 'apart'][random.integer(3)]!,
        jobs: 60,
        arrivals: { kind: 'poisson', rate: 400 },
        serviceTime: exponential(milliseconds(3)),
      },
      {
        name: 'loop-',
        target: 'gate',
        jobs: 30,
        clients: 3,
        arrivals: { kind: 'closed', think: exponential(milliseconds(5)) },
        serviceTime: exponential(milliseconds(3)),
      },
    ],
    faults: {
      schedule: Array.from({ length: random.integer(12) }, () => randomAction(random)),
      random: everyFault(everybody, { until: milliseconds(120) }).filter(() => random.integer(4) === 0),
      disk: { lost: 0.1, torn: 0.3 },
    },
  };
  const interventions = Array.from({ length: random.integer(12) }, () => randomIntervention(random));
  return { system, interventions };
}

/** Every sort of fault, striking each of the nodes again and again: with a lossy, doubling network all that tests need. */
export function everyFault(
  nodes: readonly string[],
  { every = exponential(milliseconds(60)), lasts = exponential(milliseconds(10)), until = seconds(1) } = {},
): RandomFault[] {
  const kinds = ['crash', 'pause', 'isolate', 'lose', 'delay', 'duplicate'] as const;
  return kinds.map((fault) => ({
    fault,
    nodes,
    every,
    lasts,
    until,
    ...(fault === 'lose' || fault === 'duplicate' ? { share: 0.5 } : {}),
    ...(fault === 'delay' ? { by: milliseconds(20) } : {}),
  }));
}

function randomAction(random: Random): ScheduledAction {
  return { at: milliseconds(random.integer(150)), ...actionAndArguments(random) };
}

function randomIntervention(random: Random): Intervention {
  const owner = everybody[random.integer(everybody.length)]!;
  const anchor = `${owner}#${random.integer(60)}`;
  if (random.integer(2) === 0) return { anchor, ...actionAndArguments(random) };
  const action = ['drop', 'delay', 'duplicate', 'deliver-now'][random.integer(4)]!;
  const message = `${names[random.integer(names.length)]!}#${random.integer(20)}`;
  const named: Record<string, Json> = random.integer(2) === 0 ? { message } : {};
  return { anchor, action, arguments: { ...named, ...(action === 'delay' ? { by: 1 + random.integer(30) } : {}) } };
}

function actionAndArguments(random: Random): { action: string; arguments: Record<string, Json> } {
  const node = everybody[random.integer(everybody.length)]!;
  const length: Record<string, Json> = random.integer(2) === 0 ? { for: random.integer(30) } : {};
  const from = names[random.integer(2)]!;
  const actions: [string, Record<string, Json>][] = [
    ['crash', { node, ...length }],
    ['restart', { node }],
    ['pause', { node, ...length }],
    ['resume', { node }],
    ['slow', { node, factor: 3 }],
    ['skew', { node, offset: 5, drift: 0.5 }],
    ['lose-write', { node }],
    ['tear-write', { node }],
    ['join', { node }],
    ['leave', { node: random.integer(3) === 0 ? node : 'cyd' }],
    ['cut', { node, ...length }],
    ['cut', { from, to: 'cyd', ...length }],
    ['lose', { from, to: 'cyd', share: 0.5 }],
    ['delay', { from, to: 'cyd', by: 10 }],
    ['duplicate', { from, to: 'cyd' }],
    ['heal', {}],
  ];
  const [action, given] = actions[random.integer(actions.length)]!;
  return { action, arguments: given };
}
