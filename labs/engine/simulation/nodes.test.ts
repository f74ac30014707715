import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant } from '../random/distribution.ts';
import { EventKind } from '../trace/event.ts';
import type { Answer, Context, Message, NodeProgram, Timer } from './node.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

const until = seconds(10);
const link = { default: { latency: constant(milliseconds(1)) } };

/** A node with nothing but what a test gives it. */
function node<State>(initial: () => State, handlers: Partial<NodeProgram<State>> & Record<string, unknown> = {}) {
  return { initialState: initial, ...handlers } as NodeProgram<State>;
}

test('effects happen in order after the handler, and what follows a sync waits for it', () => {
  const writer = node(() => ({}), {
    onStart(_state: object, context: Context) {
      context.send('b', { type: 'before' });
      context.disk.write('vote', 'yes');
      context.disk.sync();
      context.send('b', { type: 'after' });
      context.mark('done');
    },
  });
  const { lines } = observe({
    until,
    network: link,
    nodes: [
      { name: 'a', program: writer, syncTime: constant(milliseconds(5)) },
      { name: 'b', program: node(() => ({})) },
    ],
  });
  assert.deepEqual(lines, [
    '0 join a',
    '0 send a b before',
    '0 diskWrite a vote',
    '0 join b',
    '1 deliver b a before',
    '5 diskSync a',
    '5 send a b after',
    '5 mark a done',
    '6 deliver b a after',
  ]);
});

test('a node takes no message before its last handler’s effects have happened', () => {
  const slow = node(() => ({ seen: 0 }), {
    onMessage(state: { seen: number }, _message: Message, _from: string, context: Context) {
      context.mark(`handled ${++state.seen}`);
    },
  });
  const eager = node(() => ({}), {
    onStart(_state: object, context: Context) {
      for (let i = 0; i < 3; i++) context.send('slow', { type: 'work' });
    },
  });
  const { lines } = observe({
    until,
    nodes: [
      { name: 'slow', program: slow, handlingTime: constant(milliseconds(2)) },
      { name: 'eager', program: eager },
    ],
  });
  const marks = lines.filter((line) => line.includes('mark'));
  assert.deepEqual(marks, ['2 mark slow handled 1', '4 mark slow handled 2', '6 mark slow handled 3']);
});

test('a call hands the reply, or its absence, to the method it names', () => {
  interface Asked {
    answers: [string, string | undefined, number][];
  }
  const caller = node<Asked>(() => ({ answers: [] }), {
    onStart(_state: Asked, context: Context) {
      context.call('quick', { type: 'ask' }, { timeout: milliseconds(10), then: 'onAnswer', keep: { n: 1 } });
      context.call('mute', { type: 'ask' }, { timeout: milliseconds(10), then: 'onAnswer', keep: { n: 2 } });
    },
    onAnswer(state: Asked, { from, message, keep }: Answer) {
      state.answers.push([from, message?.type, keep.n]);
    },
  });
  const quick = node(() => ({}), {
    onMessage(_state: object, _message: Message, _from: string, context: Context) {
      context.reply({ type: 'sure' });
      context.reply({ type: 'twice' }); // the second reply to a call is ignored
    },
  });
  const { run } = observe({
    until,
    network: link,
    nodes: [
      { name: 'caller', program: caller },
      { name: 'quick', program: quick },
      { name: 'mute', program: node(() => ({})) },
    ],
  });
  assert.deepEqual(run.simulation.view.state('caller').answers, [
    ['quick', 'sure', 1],
    ['mute', undefined, 2],
  ]);
});

test('a reply can be given later, to a caller kept in the state', () => {
  const server = node<{ waiting: { node: string; call: number }[] }>(() => ({ waiting: [] }), {
    onMessage(state, _message, _from, context) {
      state.waiting.push(context.caller!);
      context.setTimer('answer', milliseconds(3));
    },
    onTimer(state, _timer, context) {
      context.reply({ type: 'late' }, state.waiting.shift());
    },
  });
  const client = node(() => ({ got: '' }), {
    onStart: (_state: object, context: Context) =>
      context.call('server', { type: 'ask' }, { timeout: seconds(1), then: 'onAnswer' }),
    onAnswer(state: { got: string }, answer: Answer) {
      state.got = answer.message!.type;
    },
  });
  const nodes = [
    { name: 'client', program: client },
    { name: 'server', program: server },
  ];
  assert.equal(observe({ until, nodes }).run.simulation.view.state('client').got, 'late');
});

test('a cancelled timer does not fire; ids name timers', () => {
  const program = node<{ fired: string[] }>(() => ({ fired: [] }), {
    onStart(_state: object, context: Context) {
      context.setTimer('keep', milliseconds(2), { why: 'test' });
      context.cancelTimer(context.setTimer('drop', milliseconds(1)));
    },
    onTimer(state: { fired: string[] }, timer: Timer) {
      state.fired.push(`${timer.id} ${timer.name} ${timer.keep.why}`);
    },
  });
  const { run, events } = observe({ until, nodes: [{ name: 'a', program }] });
  assert.deepEqual(run.simulation.view.state('a').fired, ['0 keep test']);
  assert.equal(events.filter(({ kind }) => kind === EventKind.timerCancel).length, 1);
});

test('a clock that is set off and drifts shows so, and its timers fire by it', () => {
  const program = node<{ read: number }>(() => ({ read: 0 }), {
    onStart: (_state: object, context: Context) => void context.setTimer('later', milliseconds(100)),
    onTimer(state: { read: number }, _timer: Timer, context: Context) {
      state.read = context.clock();
      context.mark('now');
    },
  });
  const clock = { offset: milliseconds(7), drift: 0.25 };
  const { run, events } = observe({ until, nodes: [{ name: 'a', program, clock }] });
  assert.equal(events.at(-1)!.time, milliseconds(80)); // a fast clock has its 100 ms after 80 real ones
  assert.equal(run.simulation.view.state('a').read, milliseconds(107));
});

test('payloads are copied: what the sender changes afterwards does not arrive, and the receiver cannot change it', () => {
  const sender = node(() => ({ list: [1] }), {
    onStart(state: { list: number[] }, context: Context) {
      context.send('b', { type: 'list', list: state.list });
      state.list.push(2);
    },
  });
  const receiver = node<{ got: unknown; refused: boolean }>(() => ({ got: null, refused: false }), {
    onMessage(state, message: Message & { list: number[] }) {
      state.got = message.list;
      try {
        message.list.push(3);
      } catch {
        state.refused = true;
      }
    },
  });
  const { run } = observe({
    until,
    nodes: [
      { name: 'a', program: sender },
      { name: 'b', program: receiver },
    ],
  });
  assert.deepEqual(run.simulation.view.state('b'), { got: [1], refused: true });
});

test('a changed status is an event, an unchanged one is not', () => {
  const program = node<{ n: number }>(() => ({ n: 0 }), {
    onStart: (_state: object, context: Context) => {
      for (let i = 1; i <= 3; i++) context.setTimer('tick', milliseconds(i));
    },
    onTimer: (state: { n: number }) => void (state.n = Math.min(2, state.n + 1)),
    status: (state: { n: number }) => `n = ${state.n}`,
  });
  const { lines } = observe({ until, nodes: [{ name: 'a', program }] });
  const states = lines.filter((line) => line.includes('state'));
  assert.deepEqual(states, ['0 state a n = 0', '1 state a n = 1', '2 state a n = 2']);
});

test('operations of clients are events with their latency', () => {
  const program = node<{ open: number[] }>(() => ({ open: [] }), {
    onStart(state, context) {
      state.open = ['buy', 'sell', 'lend'].map((name) => context.invoke(name));
      context.setTimer('end', milliseconds(4));
    },
    onTimer(state, _timer, context) {
      context.returned(state.open[0]!);
      context.failed(state.open[1]!, 'refused');
      context.unknown(state.open[2]!, 'no answer');
    },
  });
  const { lines, events } = observe({ until, nodes: [{ name: 'client', program }] });
  assert.deepEqual(lines.slice(-3), ['4 return client buy', '4 fail client refused', '4 unknown client no answer']);
  assert.equal(events.at(-1)!.value, milliseconds(4));
});

test('luck belongs to a node and a purpose: another node or purpose disturbs nothing', () => {
  const draws = (names: string[], purposes: string[]) => {
    const program = node<{ drawn: number[] }>(() => ({ drawn: [] }), {
      onStart(state, context) {
        for (let i = 0; i < 3; i++) {
          for (const purpose of purposes) {
            const value = context.random(purpose).integer(1_000_000);
            if (purpose === 'election') state.drawn.push(value);
          }
        }
      },
    });
    const { run } = observe({ until, nodes: names.map((name) => ({ name, program })) });
    return run.simulation.view.state('a').drawn as number[];
  };
  assert.deepEqual(draws(['a'], ['election']), draws(['b', 'a'], ['jitter', 'election']));
});
