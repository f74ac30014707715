/** How long it takes to look closely at one event of a long simulated run: it is run again from the checkpoint before. */
import { TraceRecorder } from '../../labs/engine/trace/recorder.ts';
import { exponential } from '../../labs/engine/random/distribution.ts';
import type { Context, Message, NodeProgram } from '../../labs/engine/simulation/node.ts';
import { RecordedRun } from '../../labs/engine/simulation/replay.ts';
import type { System } from '../../labs/engine/simulation/system.ts';
import { milliseconds, seconds } from '../../labs/engine/simulation/time.ts';
import { figure, type Figure } from './figure.ts';
import type { Measurement } from './measurement.ts';

const nodes = 8;
const names = Array.from({ length: nodes }, (_, i) => `node-${i}`);
/** Gives a million events: messages that keep their order hold each other up a little. */
const until = seconds(93);

interface State {
  hops: number;
  /** Whom messages came from, the latest last. */
  senders: string[];
}

/** Passes a message around: the least that a node with a state does. */
class Passer implements NodeProgram<State> {
  initialState(): State {
    return { hops: 0, senders: [] };
  }

  onStart(_state: State, context: Context): void {
    this.#pass(context);
  }

  onMessage(state: State, _message: Message, from: string, context: Context): void {
    state.hops++;
    state.senders = [...state.senders.slice(-9), from];
    this.#pass(context);
  }

  #pass(context: Context): void {
    const next = (names.indexOf(context.self) + 1) % nodes;
    context.send(names[next]!, { type: 'token' });
  }
}

const system: System = {
  until,
  nodes: names.map((name) => ({ name, program: new Passer() })),
  network: { default: { latency: exponential(milliseconds(1)) } },
};

export const replay: Measurement = {
  name: 'replay',
  title: 'Replay: a simulated run of a million events, and any event of it with its state before and after',
  repetitions: 40,
  browser: false,
  async run(_subject, repetitions): Promise<Figure[]> {
    const before = performance.now();
    const run = new RecordedRun({ system, seed: 1 }, new TraceRecorder({ maxEvents: 0 }));
    run.toEnd();
    const seconds = (performance.now() - before) / 1000;
    const reached = Array.from({ length: repetitions }, (_, i) => {
      const index = Math.floor(((i + 0.5) / repetitions) * run.length);
      const asked = performance.now();
      run.moment(index);
      return performance.now() - asked;
    });
    return [
      figure('recording with checkpoints', 'events/s', [run.length / seconds], {
        note: `${run.length.toLocaleString('en')} events, ${run.checkpoints.count} checkpoints`,
      }),
      figure('reaching an event', 'ms', reached, { note: 'evenly spread over the run, the first one included' }),
    ];
  },
};
