/** A simulated lab for tests: ann says hello every ten milliseconds, bob counts. */
import { constant, defineSimulatedLab, milliseconds } from 'system-design-labs/engine';
import type { NodeProgram } from 'system-design-labs/engine';

class Greeter implements NodeProgram<{ heard: number; from: Map<string, number> }> {
  initialState() {
    return { heard: 0, from: new Map<string, number>() };
  }

  onStart(_state: unknown, context: Parameters<NonNullable<NodeProgram['onStart']>>[1]) {
    if (context.self === 'ann') context.setTimer('greet', milliseconds(10));
  }

  onTimer(_state: unknown, _timer: unknown, context: Parameters<NonNullable<NodeProgram['onTimer']>>[2]) {
    context.send('bob', { type: 'hello' });
    context.setTimer('greet', milliseconds(10));
  }

  onMessage(
    state: { heard: number; from: Map<string, number> },
    _message: unknown,
    from: string,
    context: Parameters<NonNullable<NodeProgram['onMessage']>>[3],
  ) {
    state.heard++;
    state.from.set(from, state.heard);
    context.disk.write('heard', state.heard);
    context.disk.sync();
  }
}

export default defineSimulatedLab({
  id: 'greeting',
  title: 'Greeting',
  chapter: 'Foundations',
  level: 'beginner',
  summary: 'Says hello.',
  concepts: ['greeting'],
  contract: 'NodeProgram',
  parameters: {},
  algorithms: [{ id: 'plain', title: 'Plain', summary: 'Says hello.', implementation: Greeter as new () => Greeter }],
  scenarios: [{ id: 'one', title: 'One', question: 'How often?' }],
  defaultScenario: 'one',
  metrics: {},
  checks: {},
  views: ['sequence'],
  begin: ({ algorithm }) => ({
    system: {
      until: milliseconds(10_005),
      nodes: ['ann', 'bob'].map((name) => ({ name, program: new algorithm() })),
      network: { default: { latency: constant(milliseconds(1)) } },
    },
    finish: () => ({ metrics: {}, theory: [], checks: [], result: null, takeaways: [] }),
  }),
});
