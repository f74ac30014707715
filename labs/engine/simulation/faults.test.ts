import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, exponential } from '../random/distribution.ts';
import type { Intervention } from '../lab/report.ts';
import { EventKind, eventName } from '../trace/event.ts';
import type { Context, Message, NodeProgram } from './node.ts';
import type { DiskFaults, ScheduledAction, System } from './system.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

/** Writes, makes it safe, and only then answers. */
const ledger: NodeProgram<{ recovered: boolean }> = {
  initialState: () => ({ recovered: false }),
  onMessage(_state, message: Message & { n: number }, _from, context: Context) {
    context.disk.append('entries', message.n);
    context.disk.sync();
    context.reply({ type: 'written' });
  },
  onRecover(state, context) {
    state.recovered = true;
    context.mark(`found ${context.disk.log('entries').length}`);
  },
};

const client: NodeProgram<{ answered: number; failed: number }> = {
  initialState: () => ({ answered: 0, failed: 0 }),
  onStart(_state, context) {
    for (let n = 0; n < 3; n++) context.setTimer('ask', milliseconds(10 * n), n);
  },
  onTimer: (_state, timer, context) =>
    context.call('ledger', { type: 'write', n: timer.keep }, { timeout: milliseconds(50), then: 'onAnswer' }),
  onAnswer(state: { answered: number; failed: number }, answer: { message?: Message }) {
    if (answer.message) state.answered++;
    else state.failed++;
  },
} as NodeProgram<{ answered: number; failed: number }>;

function system(schedule: ScheduledAction[] = [], disk: DiskFaults = {}): System {
  return {
    until: seconds(1),
    network: { default: { latency: constant(milliseconds(1)) } },
    faults: { schedule, disk },
    nodes: [
      { name: 'ledger', program: ledger, syncTime: constant(milliseconds(2)) },
      { name: 'client', program: client },
    ],
  };
}

/** Name of the n-th event of a kind, to anchor an intervention at. */
function anchorOf(kind: number, n = 0, of: System = system()): string {
  return eventName(observe(of).events.filter((event) => event.kind === kind)[n]!);
}

const crash = (anchor: string): Intervention => ({ anchor, action: 'crash', arguments: { node: 'ledger' } });

test('a crash before the write, before the sync, before the answer: the disk knows the difference', () => {
  const cases: [number, string[], number][] = [
    [EventKind.deliver, ['deliver ledger', 'intervention ledger', 'crash ledger'], 0],
    [EventKind.diskWrite, ['diskWrite ledger', 'intervention ledger', 'crash ledger', 'diskLost ledger'], 0],
    [EventKind.diskSync, ['diskSync ledger', 'intervention ledger', 'crash ledger'], 1],
  ];
  for (const [kind, expected, safe] of cases) {
    const { events, run, lines } = observe(system(), { interventions: [crash(anchorOf(kind))] });
    const struck = events.findIndex((event) => event.kind === EventKind.intervention);
    const around = lines
      .slice(struck - 1, struck - 1 + expected.length)
      .map((line) => line.split(' ').slice(1, 3).join(' '));
    assert.deepEqual(around, expected);
    assert.equal(run.simulation.view.safeLog('ledger', 'entries').length, safe);
    assert.equal(run.simulation.view.state('ledger'), undefined);
    assert.deepEqual(run.simulation.view.state('client'), { answered: 0, failed: 3 });
  }
});

test('a crash after the answer was sent does not unsend it', () => {
  const sent = anchorOf(EventKind.send, 1);
  const { run } = observe(system(), { interventions: [crash(sent)] });
  assert.deepEqual(run.simulation.view.state('client'), { answered: 1, failed: 2 });
});

test('a restarted node finds its disk and nothing of its memory', () => {
  const schedule = [
    { at: milliseconds(15), action: 'crash', arguments: { node: 'ledger' } },
    { at: milliseconds(18), action: 'restart', arguments: { node: 'ledger' } },
  ];
  const { lines, run } = observe(system(schedule));
  assert.ok(lines.includes('18 mark ledger found 2'));
  assert.deepEqual(run.simulation.view.state('ledger'), { recovered: true });
  assert.deepEqual(run.simulation.view.state('client'), { answered: 3, failed: 0 });
});

test('a pause falls between two effects: the rest happens after it, checked or not', () => {
  const written = anchorOf(EventKind.diskWrite);
  const pause = { anchor: written, action: 'pause', arguments: { node: 'ledger', for: 30 } };
  const { lines, run } = observe(system(), { interventions: [pause] });
  assert.deepEqual(
    lines.filter((line) => line.includes(' ledger') && !line.includes('client')),
    [
      '0 join ledger',
      '1 diskWrite ledger entries',
      '1 intervention ledger pause',
      '1 pause ledger',
      '31 resume ledger',
      '33 diskSync ledger',
      '33 diskWrite ledger entries',
      '35 diskSync ledger',
      '35 diskWrite ledger entries',
      '37 diskSync ledger',
    ],
  );
  assert.equal(run.simulation.view.state('client').answered, 3);
});

test('a slow node takes its factor longer to sync', () => {
  const slow = [{ at: 0, action: 'slow', arguments: { node: 'ledger', factor: 3 } }];
  const { events } = observe(system(slow));
  const [sync] = events.filter(({ kind }) => kind === EventKind.diskSync);
  assert.equal(sync!.time, milliseconds(1 + 6));
});

test('a skewed clock jumps, and a drifting one goes on from where it was', () => {
  const program: NodeProgram<{ read: number[] }> = {
    initialState: () => ({ read: [] }),
    onStart: (_state, context) => {
      for (const at of [10, 20, 30]) context.setTimer('read', milliseconds(at));
    },
    onTimer: (state, _timer, context) => void state.read.push(context.clock() / 1e6),
  };
  const schedule = [
    { at: milliseconds(15), action: 'skew', arguments: { node: 'a', offset: 100 } },
    { at: milliseconds(25), action: 'skew', arguments: { node: 'a', drift: 1 } },
  ];
  const { run } = observe({ until: seconds(1), faults: { schedule }, nodes: [{ name: 'a', program }] });
  assert.deepEqual(run.simulation.view.state('a').read, [10, 120, 135]);
});

test('nodes join and leave: absent ones get nothing, present ones begin with onStart', () => {
  const greeter: NodeProgram = {
    initialState: () => ({}),
    onStart: (_state, context) => context.send('client', { type: 'here I am' }),
  };
  const schedule = [
    { at: milliseconds(5), action: 'join', arguments: { node: 'late' } },
    { at: milliseconds(8), action: 'leave', arguments: { node: 'late' } },
  ];
  const base = system(schedule);
  const { lines } = observe({ ...base, nodes: [...base.nodes, { name: 'late', program: greeter, absent: true }] });
  const about = lines.filter((line) => line.includes('late'));
  assert.deepEqual(about, [
    '5 join late',
    '5 send late client here I am',
    '6 deliver client late here I am',
    '8 leave late',
  ]);
});

test('a message in flight can be dropped, doubled, held up and hurried', () => {
  const sent = anchorOf(EventKind.send);
  const arrivals = (action: string, given: Intervention['arguments'] = {}) =>
    observe(system(), { interventions: [{ anchor: sent, action, arguments: given }] })
      .lines.filter((line) => /deliver ledger/.test(line))
      .map((line) => Number(line.split(' ')[0]));
  assert.deepEqual(arrivals('drop'), [11, 21]);
  assert.deepEqual(arrivals('duplicate'), [1, 3, 11, 21]);
  assert.deepEqual(arrivals('delay', { by: 3 }), [4, 11, 21]);
  assert.deepEqual(arrivals('deliver-now'), [0, 11, 21]);
  assert.deepEqual(arrivals('drop', { message: 'client#0' }), [11, 21]);
});

test('a link can be made to double what goes over it, until it is healed', () => {
  const doubled = (more: Intervention[]): number[] =>
    observe(system(), {
      interventions: [
        { anchor: 'client#0', action: 'duplicate', arguments: { from: 'client', to: 'ledger' } },
        ...more,
      ],
    })
      .lines.filter((line) => / duplicate client ledger/.test(line))
      .map((line) => Number(line.split(' ')[0]));
  assert.deepEqual(doubled([]), [0, 10, 20]);
  const heal = { anchor: 'ledger#2', action: 'heal', arguments: { from: 'client', to: 'ledger' } };
  assert.deepEqual(doubled([heal]), [0]);
});

test('an intervention that cannot be applied is reported', () => {
  const lost: Intervention[] = [
    { anchor: 'ledger#9999', action: 'crash', arguments: { node: 'ledger' } },
    { anchor: 'nobody#0', action: 'crash', arguments: { node: 'ledger' } },
    { anchor: 'client#0', action: 'restart', arguments: { node: 'ledger' } }, // it is up
    { anchor: 'client#0', action: 'drop', arguments: { message: 'client#77' } }, // there is none
  ];
  const { unapplied } = observe(system(), { interventions: [...lost, crash('client#1')] });
  assert.deepEqual(unapplied, lost);
});

test('disks that betray: an acknowledged write is lost, an unsafe one is torn', () => {
  const restart = [
    { at: milliseconds(40), action: 'crash', arguments: { node: 'ledger' } },
    { at: milliseconds(41), action: 'restart', arguments: { node: 'ledger' } },
  ];
  const { lines, run } = observe(system(restart, { lost: 1 }));
  assert.ok(lines.includes('41 mark ledger found 0'));
  assert.equal(run.simulation.view.state('client').answered, 3); // all had been acknowledged

  const early = [
    { at: milliseconds(12), action: 'crash', arguments: { node: 'ledger' } }, // before its sync at 13
    { at: milliseconds(15), action: 'restart', arguments: { node: 'ledger' } },
  ];
  const torn = observe(system(early, { torn: 1 }));
  assert.ok(torn.lines.includes('15 mark ledger found 1')); // the damaged record ends the log
  assert.equal(torn.events.filter(({ kind, value }) => kind === EventKind.diskLost && value === 1).length, 1);
});

test('an intervention loses or tears one write; who wrote it learns it after a crash', () => {
  const restart = [
    { at: milliseconds(40), action: 'crash', arguments: { node: 'ledger' } },
    { at: milliseconds(41), action: 'restart', arguments: { node: 'ledger' } },
  ];
  const spoilt = (action: string, n: number, given: Intervention['arguments'] = {}) => {
    const anchor = anchorOf(EventKind.diskWrite, n, system(restart));
    const interventions = [{ anchor, action, arguments: { node: 'ledger', ...given } }];
    const { lines, events, run, unapplied } = observe(system(restart), { interventions });
    assert.deepEqual(unapplied, []);
    assert.equal(run.simulation.view.state('client').answered, 3); // nobody noticed
    const lost = events.filter(({ kind }) => kind === EventKind.diskLost);
    assert.deepEqual(
      lost.map(({ id, value }) => [id, value]),
      [[n, action === 'tear-write' ? 1 : 0]],
    );
    return lines.find((line) => line.includes('found'));
  };
  assert.equal(spoilt('lose-write', 1), '41 mark ledger found 2');
  assert.equal(spoilt('lose-write', 1, { write: 1 }), '41 mark ledger found 2');
  assert.equal(spoilt('tear-write', 1), '41 mark ledger found 1'); // the damaged record ends the log
  assert.equal(spoilt('tear-write', 0), '41 mark ledger found 0');

  const tooLate = {
    anchor: anchorOf(EventKind.diskSync),
    action: 'lose-write',
    arguments: { node: 'ledger', write: 0 },
  };
  assert.deepEqual(observe(system(), { interventions: [tooLate] }).unapplied, [tooLate]);
});

test('random faults strike and heal, as the seed wants, until they must stop', () => {
  const random = [
    {
      fault: 'crash' as const,
      nodes: ['ledger'],
      every: exponential(milliseconds(20)),
      lasts: constant(milliseconds(2)),
      until: milliseconds(300),
    },
  ];
  const of = (seed: number) => observe({ ...system(), faults: { random } }, { seed });
  const { events } = of(1);
  const crashes = events.filter(({ kind }) => kind === EventKind.crash);
  assert.ok(crashes.length > 5);
  assert.equal(crashes.length, events.filter(({ kind }) => kind === EventKind.restart).length);
  assert.ok(crashes.every(({ time }) => time <= milliseconds(300)));
  assert.equal(of(1).hash, of(1).hash);
  assert.notEqual(of(1).hash, of(2).hash);
});

test('what makes no sense is refused before the run, by name', () => {
  const refused: [Partial<System>, RegExp][] = [
    [{ until: 0 }, /until.*above 0/],
    [{ nodes: [{ name: 'a' }, { name: 'a' }] }, /called 'a'/],
    [{ network: { default: { latency: constant(-5) } } }, /latency of the network.*-5.*backwards/],
    [{ network: { links: { client: { nobody: {} } } } }, /no node 'nobody'/],
    [{ network: { default: { loss: 2 } } }, /loss of the network.*not 2/],
    [{ faults: { schedule: [{ at: -1, action: 'crash', arguments: { node: 'client' } }] } }, /past/],
    [{ faults: { schedule: [{ at: 1, action: 'explode', arguments: {} }] } }, /no action 'explode': use crash/],
    [{ faults: { schedule: [{ at: 1, action: 'crash', arguments: { node: 'x' } }] } }, /no node 'x'/],
    [{ faults: { schedule: [{ at: 1, action: 'slow', arguments: { node: 'client' } }] } }, /'factor'/],
    [{ faults: { schedule: [{ at: 1, action: 'lose-write', arguments: {} }] } }, /'node'/],
    [{ faults: { schedule: [{ at: 1, action: 'cut', arguments: { from: 'client' } }] } }, /'from' and 'to'/],
    [
      { faults: { schedule: [{ at: 1, action: 'cut', arguments: { fro: 'client', to: 'ledger' } }] } },
      /'cut' has no argument 'fro': it takes from, to, oneWay, node, for/,
    ],
  ];
  for (const [wrong, message] of refused) {
    assert.throws(() => observe({ ...system(), ...wrong }), { name: 'ScenarioError', message });
  }
});
