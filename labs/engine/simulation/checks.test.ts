import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant } from '../random/distribution.ts';
import { EventKind } from '../trace/event.ts';
import type { NodeProgram } from './node.ts';
import type { CheckDefinition, ScheduledAction } from './system.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

/** Counts one up every 10 ms, to 20; after a crash it counts from its disk. */
const counter: NodeProgram<{ n: number }> = {
  initialState: () => ({ n: 0 }),
  onStart: (_state, context) => void context.setTimer('tick', milliseconds(10)),
  onTimer(state, _timer, context) {
    context.disk.write('n', ++state.n);
    context.disk.sync();
    if (state.n < 20) context.setTimer('tick', milliseconds(10));
  },
  onRecover(state, context) {
    state.n = context.disk.read('n') ?? 0;
    context.setTimer('tick', milliseconds(10));
  },
};

function judged(check: Omit<CheckDefinition, 'name'>, schedule: ScheduledAction[] = [], until = seconds(1)) {
  const observed = observe({
    until,
    faults: { schedule },
    checks: [{ name: 'it', ...check }],
    nodes: [{ name: 'counter', program: counter, syncTime: constant(1000) }],
  });
  return { ...observed, check: observed.checks[0]! };
}

const reaches =
  (n: number): CheckDefinition['violation'] =>
  (view) =>
    view.state('counter')?.n === n ? undefined : { detail: `n is ${view.state('counter')?.n}`, node: 'counter' };
const staysBelow =
  (n: number): CheckDefinition['violation'] =>
  (view) =>
    (view.state('counter')?.n ?? 0) < n ? undefined : { detail: `n reached ${n}`, node: 'counter' };
const crash = { at: milliseconds(55), action: 'crash', arguments: { node: 'counter' } };
const restart = { at: milliseconds(95), action: 'restart', arguments: { node: 'counter' } };

test('an invariant holds, or breaks once, at an event, in a state of a node', () => {
  const held = judged({ when: 'always', violation: staysBelow(21) });
  assert.equal(held.check.verdict, 'held');
  const { check, events } = judged({ when: 'always', violation: staysBelow(7) });
  assert.equal(check.verdict, 'broken');
  assert.equal(check.node, 'counter');
  assert.equal(check.detail, 'n reached 7');
  const broken = events.filter(({ kind }) => kind === EventKind.broken);
  assert.equal(broken.length, 1);
  assert.equal(broken[0]!.index, check.event);
  assert.equal(broken[0]!.time, milliseconds(70.006)); // six syncs of 1 µs before
  assert.equal(broken[0]!.label, 'it');
});

test('a check at the end looks once, at what is there then', () => {
  assert.equal(judged({ when: 'atEnd', violation: reaches(20) }).check.verdict, 'held');
  assert.equal(judged({ when: 'atEnd', violation: reaches(19) }).check.verdict, 'broken');
});

test('eventually: within the horizon after the last fault has healed', () => {
  const eventually = (within: number, violation = reaches(20)) => ({
    when: 'eventually' as const,
    within: milliseconds(within),
    violation,
  });
  assert.equal(judged(eventually(300), [crash, restart]).check.verdict, 'held');
  const late = judged(eventually(100), [crash, restart]).check;
  assert.equal(late.verdict, 'broken');
  assert.match(late.detail, /after the last fault, 100 ms are allowed/);
  // what came true before the fault does not count
  assert.equal(judged(eventually(300, reaches(5)), [crash, restart]).check.verdict, 'held'); // it recovers with 5
  assert.equal(judged(eventually(300, reaches(3)), [crash, restart]).check.verdict, 'broken');
});

test('eventually is unknown while a fault has not healed, and when the run ended too early', () => {
  const check = { when: 'eventually' as const, within: milliseconds(300), violation: reaches(20) };
  const unhealed = judged(check, [crash]).check;
  assert.equal(unhealed.verdict, 'unknown');
  assert.match(unhealed.detail, /has not healed/);
  assert.equal(judged(check, [crash, restart], milliseconds(150)).check.verdict, 'unknown');
});
