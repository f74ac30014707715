/** How long it takes to reach any event of a run of a million events. */
import { exponential } from '../../labs/engine/random/distribution.ts';
import type { Context, NodeProgram } from '../../labs/engine/simulation/node.ts';
import { RecordedRun } from '../../labs/engine/simulation/replay.ts';
import { TraceRecorder } from '../../labs/engine/trace/recorder.ts';

/** Milliseconds to reach `count` events spread over a run, in order of size, and how many events it has. */
export function measureReplay(count: number): { events: number; times: number[] } {
  interface Known {
    heard: number;
  }
  const names = Array.from({ length: 5 }, (_, i) => `node-${i}`);
  const program: NodeProgram<Known> = {
    initialState: () => ({ heard: 0 }),
    onStart: (_state, context) => void context.setTimer('gossip', 1e6),
    onTimer(_state, _timer, context: Context) {
      context.send(names[context.random('whom').integer(names.length)]!, { type: 'rumour' });
      context.setTimer('gossip', 1e6);
    },
    onMessage: (state) => void state.heard++,
  };
  const system = {
    until: 50_000 * 1e6,
    network: { default: { latency: exponential(2e6) } },
    nodes: names.map((name) => ({ name, program })),
  };
  const run = new RecordedRun({ system, seed: 1 }, new TraceRecorder({ maxEvents: 0 }));
  run.toEnd();
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const index = Math.floor(((i + 0.5) / count) * run.length);
    const before = performance.now();
    run.moment(index);
    times.push(performance.now() - before);
  }
  return { events: run.length, times: times.sort((a, b) => a - b) };
}
