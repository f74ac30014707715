/** Every figure that the theory page and the tours write down, held against runs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { constant } from '../engine/random/distribution.ts';
import { observe } from '../engine/simulation/testing/observed-run.ts';
import { milliseconds } from '../engine/simulation/time.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { parameters } from './parameters.ts';
import { namesOf, systemOf } from './testing/sites.ts';
import { ThreePhaseCommit } from './three-phase.ts';
import { TwoPhaseCommit } from './two-phase.ts';

const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8').replace(/\s+/g, ' ');
const page = read('theory.md');
const tours = ['voting', 'coordinator', 'doubt'].map((name) => read(`tours/${name}.ts`)).join('\n');

function says(text: string, ...sentences: string[]): void {
  for (const sentence of sentences) assert.ok(text.includes(sentence), `'${sentence}' is not said any more`);
}

/** Messages and forced writes of one order. @param quantity of 100 */
function costOf(protocol: new () => TwoPhaseCommit | ThreePhaseCommit, participants: number, quantity: number) {
  const orders = [{ item: 'burger', quantity }];
  const link = { latency: constant(milliseconds(10)) };
  const { events, lines } = observe(systemOf(new protocol(), namesOf(participants), link, { orders }));
  const forced = lines.filter((line) => line.includes(' diskSync ')).length;
  assert.ok(events.length > 10);
  return { messages: lines.filter((line) => line.includes(' send ')).length, forced };
}

test('what a commit and an abort cost', () => {
  says(page, '| commit | 4n | 2n + 1 |', '| abort, one No | 3n − 1 | one for each Yes |', 'that is 8 and 5 messages');
  says(page, 'a commit takes 5n messages and 3n + 2 forced writes');
  says(tours, 'A commit with two services takes eight messages');
  says(read('two-phase.ts'), '4n messages and 2n + 1 forced writes', '3n − 1 messages for an abort');
  says(read('three-phase.ts'), '5n messages and 3n + 2 forced writes');
  for (const n of [1, 2, 3, 5]) {
    assert.deepEqual(costOf(TwoPhaseCommit, n, 2), { messages: 4 * n, forced: 2 * n + 1 });
    assert.deepEqual(costOf(TwoPhaseCommit, n, 101), { messages: 3 * n - 1, forced: n - 1 });
    assert.deepEqual(costOf(ThreePhaseCommit, n, 2), { messages: 5 * n, forced: 3 * n + 2 });
  }
});

test('how long a lock is held', () => {
  const mean = (algorithm: string, orders: string) =>
    runLab(lab, { algorithm, scenario: 'all-well', parameters: { orders } }).report.metrics.lockHoldTime;
  says(
    page,
    'Where a message takes 10 ms and a forced write 5, a lock is held for 35 ms until the commit, and for 20 until',
  );
  says(page, '| 1 round trip, 3 forced writes |', '| 1 round trip |', 'for one round trip and three forced writes');
  says(page, '2 round trips and 5 forced writes, 65 ms where two phases take 35', '28 orders a second at 35 ms');
  says(tours, 'one round trip and three forced writes stand between lock and release');
  assert.deepEqual([parameters.latency.default, parameters.syncTime.default], [10, 5]);
  assert.equal(mean('two-phase', 'burger×1'), 35);
  assert.equal(mean('two-phase', 'pizza×5'), 20);
  assert.equal(mean('three-phase', 'burger×1'), 65);
  assert.equal(Math.floor(1000 / 35), 28);
});

test('how available ten participants are', () => {
  says(page, 'five nines each, ten participants, four nines');
  assert.equal((0.99999 ** 10).toFixed(4), '0.9999');
});

test('what the tours and scenarios say of times and numbers', () => {
  says(tours, 'A time-out is as long as ten messages take one after the other');
  assert.equal(parameters.timeout.default, 10 * parameters.latency.default);
  const asked = lab.scenarios.map(({ question }) => question).join(' ');
  says(asked, 'One message in seven gets lost', 'Five pizzas are ordered and there are three');
  says(asked, 'Three pizzas are left and three are ordered', 'comes back after a second', 'is alone for a second');
  const scenario = (id: string) => lab.scenarios.find((one) => one.id === id)!;
  assert.equal(Math.round(1 / Number(scenario('lost-messages').parameters!.loss)), 7);
  assert.match(String(scenario('out-of-stock').parameters!.orders), /^pizza×5, /);
  assert.match(String(scenario('last-piece').parameters!.orders), /^pizza×3$/);
  assert.match(parameters.stock.default, /pizza 3$/);
  for (const id of ['coordinator-returns', 'partition']) {
    assert.equal(scenario(id).interventions![0]!.arguments.for, 1000);
  }
});
