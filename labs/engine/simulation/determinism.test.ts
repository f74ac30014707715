import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { constant } from '../random/distribution.ts';
import { cos, exp, log, sin } from '../random/elementary.ts';
import type { Context, NodeProgram } from './node.ts';
import type { System } from './system.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

function running(onTimer: (state: any, context: Context) => unknown): System {
  const program: NodeProgram = {
    initialState: () => ({}),
    onStart: (_state, context) => {
      for (let i = 0; i < 20; i++) context.setTimer('tick', milliseconds(i));
    },
    onTimer: ((state: unknown, _timer: unknown, context: Context) =>
      onTimer(state, context)) as NodeProgram['onTimer'] & {},
  };
  return { until: seconds(1), nodes: [{ name: 'a', program }] };
}

const forbidden: [string, () => unknown, RegExp][] = [
  ['Date.now', () => Date.now(), /Date\.now.*context\.clock/],
  ['new Date', () => new Date(), /Date.*context\.clock/],
  ['performance.now', () => performance.now(), /performance\.now.*context\.clock/],
  ['process.hrtime.bigint', () => process.hrtime.bigint(), /hrtime\.bigint.*context\.clock/],
  ['Math.random', () => Math.random(), /Math\.random.*context\.random/],
  ['Math.log', () => Math.log(2), /Math\.log, which may .* another machine: use log, imported from system-design-labs/],
  ['Math.tanh', () => Math.tanh(2), /Math\.tanh.*exp\(2 \* x\)/],
  ['Math.pow of fractions', () => Math.pow(2, 0.5), /Math\.pow.*exp\(y \* log\(x\)\)/],
  ['Math.pow beyond exact numbers', () => Math.pow(3, 40), /Math\.pow/],
  ['Math.hypot', () => Math.hypot(3, 4), /Math\.hypot.*Math\.sqrt/],
  ['setTimeout', () => setTimeout(() => {}, 0), /setTimeout.*context\.setTimer/],
  ['queueMicrotask', () => queueMicrotask(() => {}), /queueMicrotask.*context\.setTimer/],
  ['process.nextTick', () => process.nextTick(() => {}), /process\.nextTick/],
  ['crypto.randomUUID', () => crypto.randomUUID(), /crypto\.randomUUID.*context\.random/],
  ['randomBytes of node:crypto', () => randomBytes(1), /crypto\.randomBytes/],
  ['existsSync of node:fs', () => existsSync('x'), /fs\.existsSync.*context\.disk/],
  ['fetch', () => fetch('http://127.0.0.1:1'), /fetch.*context\.send/],
];

for (const [what, act, message] of forbidden) {
  test(`${what} is refused in a handler, at the line that uses it, and works outside`, () => {
    assert.throws(
      () => observe(running(() => void act())),
      (error: Error) => {
        assert.equal(error.name, 'RefusedError');
        assert.match(error.message, message);
        assert.match(error.message, /onTimer of a/);
        assert.match(error.stack!, /determinism\.test\.ts/);
        return true;
      },
    );
  });
}

test('what is exact everywhere may be used, and the engine has its own of the rest', () => {
  const exact = running((state) => {
    state.value = log(2) + exp(1) + sin(1) + cos(1) + Math.sqrt(2) + Math.floor(1.5) + Math.pow(2, 10);
  });
  assert.ok(observe(exact).run.simulation.view.state('a').value > 0);
});

test('outside handlers everything works as ever', () => {
  assert.ok(Date.now() > 0 && new Date(0).getTime() === 0 && new Date() instanceof Date);
  assert.equal(Math.log(1), 0);
  assert.equal(Math.pow(4, 0.5), 2);
  assert.ok(Math.random() < 1 && performance.now() > 0 && randomBytes(3).length === 3);
  assert.equal(existsSync('/nowhere/at/all'), false);
});

test('initialState and status are handlers as well', () => {
  const system = (program: NodeProgram): System => ({ until: 1, nodes: [{ name: 'a', program }] });
  const lucky: NodeProgram = { initialState: () => ({ luck: Math.random() }) };
  assert.throws(() => observe(system(lucky)), /initialState of a uses Math\.random/);
  const late: NodeProgram = { initialState: () => ({}), onStart() {}, status: () => `at ${Date.now()}` };
  assert.throws(() => observe(system(late)), /status of a uses Date\.now/);
});

test('nodes that begin with the same object do not share it', () => {
  const first = { seen: 0 };
  const program: NodeProgram<{ seen: number }> = { initialState: () => first, onStart: (state) => void state.seen++ };
  const nodes = [
    { name: 'a', program },
    { name: 'b', program },
  ];
  const { view } = observe({ until: 1, nodes }).run.simulation;
  assert.deepEqual([view.state('a'), view.state('b'), first], [{ seen: 1 }, { seen: 1 }, { seen: 0 }]);
});

test('an async handler is refused', () => {
  assert.throws(() => observe(running(async () => {})), /onTimer of a is async.*context\.call/);
});

test('a context is dead when its handler has returned', () => {
  let stolen: Context | undefined;
  const system = running((_state, context) => {
    stolen?.log('later');
    stolen = context;
  });
  assert.throws(() => observe(system), /context of a was used after its handler had returned/);
  assert.throws(() => stolen!.clock(), { name: 'RefusedError' });
});

test('what is not plain data in a state is refused with its path and the handler', () => {
  const system = running((state) => void (state.undo = [() => {}]));
  assert.throws(() => observe(system), /^RefusedError: state\.undo\[0\] is a function.*after onTimer at 0 ns/);
  assert.throws(
    () => observe(running((_state, context) => context.send('a', { type: 'x', f: () => 1 } as never))),
    /message 'x'\.f/,
  );
});

test('a program cannot remember anything in itself', () => {
  class Counter implements NodeProgram {
    seen = 0;
    initialState() {
      return {};
    }
    onStart() {
      this.seen++;
    }
  }
  assert.throws(() => observe({ until: 1, nodes: [{ name: 'a', program: new Counter() }] }), TypeError);
});

test('a variable of the module is caught by running again: the first event that differs names its handler', () => {
  let hidden = 0;
  const system = running((_state, context) => context.mark(`tick ${hidden++}`));
  assert.throws(
    () => observe(system),
    /^RefusedError: onTimer of a remembers something outside its state.*another 'mark'/,
  );
});

test('a hidden variable that matters late only is caught as well', () => {
  let hidden = 0;
  const program: NodeProgram = {
    initialState: () => ({ ticks: 0 }),
    onStart: (_state, context) => void context.setTimer('tick', 1000),
    onTimer(state, _timer, context) {
      if (++state.ticks > 12_000) state.late = hidden++;
      if (state.ticks < 14_000) context.setTimer('tick', 1000);
    },
  };
  const system = { until: seconds(1), nodes: [{ name: 'a', program }] };
  assert.throws(() => observe(system), /remembers something outside its state/);
});

test('in a long run, whose last part is not run again as a whole, too', () => {
  let hidden = 0;
  const program: NodeProgram = {
    initialState: () => ({ ticks: 0 }),
    onStart: (_state, context) => void context.setTimer('tick', 1000),
    onTimer(state, _timer, context) {
      const late = ++state.ticks > 1_500_000 ? hidden++ % 7 : 0;
      if (state.ticks < 2_300_000) context.setTimer('tick', 1000 + late);
    },
  };
  const system = { until: seconds(10), nodes: [{ name: 'a', program }] };
  assert.throws(() => observe(system), /remembers something outside its state/);
});

test('a handler that falls silent the second time is caught', () => {
  let said = 0;
  const system = running((_state, context) => {
    if (said++ < 20) context.mark('only once');
  });
  assert.throws(() => observe(system), /remembers something outside its state/);
});

test('a repetition says nothing on the console', () => {
  const said: unknown[] = [];
  const { log } = console;
  console.log = (text: unknown) => void said.push(text);
  try {
    observe(running((_state, context) => console.log(`at ${context.clock()}`)));
  } finally {
    console.log = log;
  }
  assert.equal(said.length, 20);
});

test('runs that never end are ended, each with one message', () => {
  const echo = (delay: number): System => {
    const program: NodeProgram = {
      initialState: () => ({}),
      onStart: (_state, context) => context.send('a', { type: 'again' }),
      onMessage: (_state, _message, from, context) => context.send(from, { type: 'again' }),
    };
    return { until: seconds(1e6), network: { default: { latency: constant(delay) } }, nodes: [{ name: 'a', program }] };
  };
  assert.throws(() => observe(echo(0)), {
    name: 'EndlessRunError',
    message: /without time going on.*latency or a delay/,
  });
  const flood = running((_state, context) => {
    for (;;) context.log('more');
  });
  assert.throws(() => observe(flood), { name: 'EndlessRunError', message: /more than 100000 effects/ });
  const far = running((_state, context) => void context.setTimer('far', Number.MAX_SAFE_INTEGER));
  assert.throws(() => observe(far), { name: 'EndlessRunError', message: /104 days/ });
});

test('scheduling into the past and sending to nobody are refused where they happen', () => {
  const past = running((_state, context) => void context.setTimer('past', -5));
  assert.throws(() => observe(past), { name: 'ScenarioError', message: /delay of timer 'past'.*not -5/ });
  const nobody = running((_state, context) => context.send('zoe', { type: 'hello' }));
  assert.throws(() => observe(nobody), { name: 'ScenarioError', message: /no 'zoe' for a to send to: use a/ });
  const noMethod = running((_state, context) => context.call('a', { type: 'x' }, { timeout: 1, then: 'onNothing' }));
  assert.throws(() => observe(noMethod), { name: 'ScenarioError', message: /no method 'onNothing'/ });
});
