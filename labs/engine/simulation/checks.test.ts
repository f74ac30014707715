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

test('words say what a verdict rests on: the last fault, the start where none struck, or no occasion at all', () => {
  const eventually = { when: 'eventually' as const, within: milliseconds(300), violation: reaches(20) };
  assert.equal(judged(eventually).check.detail, 'came true 200.019 ms after the start; no fault struck');
  assert.match(judged(eventually, [crash, restart]).check.detail, /^came true [\d.]+ ms after the last fault$/);
  assert.match(
    judged({ ...eventually, within: 1 }).check.detail,
    /^came true [\d.]+ ms after the start, 1 ns are allowed/,
  );
  assert.match(judged(eventually, [], milliseconds(50)).check.detail, /^the run ended 50 ms after the start, 300 ms/);
  // A fault that found nothing to do is none.
  const vain = { at: milliseconds(30), action: 'restart', arguments: { node: 'counter' } };
  const { check, run } = judged(eventually, [vain]);
  assert.match(check.detail, /no fault struck/);
  assert.equal(run.simulation.world.faults, 0);
});

test('a check that never had an occasion to break holds, and says so', () => {
  const arises: CheckDefinition['arises'] = (view) => !view.isUp('counter');
  for (const when of ['always', 'atEnd'] as const) {
    const definition = { when, violation: () => undefined, arises };
    const { check: calm } = judged(definition);
    assert.equal(calm.verdict, 'held');
    assert.match(calm.detail, /^never put to the test/);
    assert.match(judged(definition, [crash, restart]).check.detail, /^held/);
  }
});
