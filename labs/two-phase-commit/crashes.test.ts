/** Atomic commit under faults that are drawn: crashes at any moment, doubled, late and lost messages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exponential, uniform } from '../engine/random/distribution.ts';
import { observe } from '../engine/simulation/testing/observed-run.ts';
import type { Faults, Link } from '../engine/simulation/system.ts';
import { milliseconds, seconds } from '../engine/simulation/time.ts';
import type { CommitProtocol, DeskRecord } from './protocol.ts';
import type { SiteState } from './stock.ts';
import { namesOf, sixOrders, systemOf } from './testing/sites.ts';
import { ThreePhaseCommit } from './three-phase.ts';
import { TwoPhaseCommit } from './two-phase.ts';

/** So short that nobody notices, so long that several are away at once, and between. */
const away = [exponential(milliseconds(100)), uniform(0, milliseconds(30)), exponential(milliseconds(600))];

/** Every site crashes again and again in the first three seconds. Nothing is torn apart, and in the end everybody knows. */
function assertAllAgree(protocol: CommitProtocol, participants: number, link: Link, seed: number): void {
  const names = namesOf(participants);
  const [every, lasts] = [exponential(milliseconds(150)), away[seed % away.length]!];
  const nodes = [...names, 'coordinator'];
  const faults: Faults = { random: [{ fault: 'crash', nodes, every, lasts, until: seconds(3) }] };
  const { checks, run } = observe(systemOf(protocol, names, link, { faults }), { seed });
  for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `seed ${seed}: ${name}: ${detail}`);
  const { view } = run.simulation;
  for (const name of names) {
    assert.deepEqual((view.state(name) as SiteState).inDoubt, {}, `seed ${seed}: ${name} is still in doubt`);
  }
  assert.equal(view.state('coordinator').order, sixOrders.length, `seed ${seed}: orders are left`);
  const log = view.safeLog('coordinator', 'log') as readonly DeskRecord[];
  const committed = log.filter(({ what }) => what === 'commit').length;
  assert.equal((view.state('inventory') as SiteState).gone.get('burger') ?? 0, 2 * committed, `seed ${seed}`);
}

test('two-phase commit: lost, late and doubled messages and crashes tear nothing apart', () => {
  const link = { latency: exponential(milliseconds(10)), loss: 0.1, duplication: 0.2, reordering: 0.1 };
  for (let seed = 1; seed <= 200; seed++) assertAllAgree(new TwoPhaseCommit(), 2, link, seed);
});

for (const [participants, seeds] of [
  [2, 200],
  [3, 60],
] as const) {
  test(`three-phase commit, ${participants} participants: where messages arrive in time, doubled or not, crashes tear nothing apart`, () => {
    const link = { latency: uniform(milliseconds(1), milliseconds(20)), duplication: 0.2, reordering: 0.1 };
    for (let seed = 1; seed <= seeds; seed++) assertAllAgree(new ThreePhaseCommit(), participants, link, seed);
  });
}

test('three-phase commit: a coordinator that dies for good blocks nobody, at whatever moment it dies', () => {
  const names = namesOf(2);
  const system = systemOf(new ThreePhaseCommit(), names, { latency: uniform(milliseconds(1), milliseconds(20)) });
  const own = observe(system).events.filter(({ node }) => node === 'coordinator').length;
  assert.ok(own > 100);
  for (let moment = 0; moment < own; moment++) {
    const crash = { anchor: `coordinator#${moment}`, action: 'crash', arguments: { node: 'coordinator' } };
    const { checks, run } = observe(system, { interventions: [crash] });
    for (const { name, verdict, detail } of checks)
      assert.equal(verdict, 'held', `moment ${moment}: ${name}: ${detail}`);
    for (const name of names) {
      const state = run.simulation.view.state(name) as SiteState;
      assert.deepEqual([state.inDoubt, state.reserved], [{}, {}], `moment ${moment}: ${name}`);
    }
  }
});
