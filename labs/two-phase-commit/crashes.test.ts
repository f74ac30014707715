import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, exponential } from '../engine/random/distribution.ts';
import { observe } from '../engine/simulation/testing/observed-run.ts';
import { milliseconds, seconds } from '../engine/simulation/time.ts';
import type { System } from '../engine/simulation/system.ts';
import { checkDefinitions } from './checks.ts';
import type { CommitProtocol, DeskRecord } from './protocol.ts';
import type { SiteState } from './stock.ts';
import { ThreePhaseCommit } from './three-phase.ts';
import { TwoPhaseCommit } from './two-phase.ts';

const stocks = { inventory: { burger: 100 }, delivery: { John: 1, Jane: 1, Jim: 1, Joan: 1, Jack: 1, Jill: 1 } };
const orders = Array.from({ length: 6 }, () => ({ item: 'burger', quantity: 2 }));
const participants = Object.keys(stocks);

/** Sites that crash and come back at random moments. */
function shaken(protocol: CommitProtocol, nodes: readonly string[], loss: number): System {
  const timeout = milliseconds(100);
  const syncTime = constant(milliseconds(5));
  const site = { coordinator: 'coordinator', participants, timeout };
  return {
    until: seconds(30),
    network: { default: { latency: exponential(milliseconds(10)), loss } },
    faults: {
      random: [
        {
          fault: 'crash',
          nodes,
          every: exponential(milliseconds(150)),
          lasts: exponential(milliseconds(100)),
          until: seconds(3),
        },
      ],
    },
    checks: checkDefinitions('coordinator', stocks, orders, false),
    nodes: [
      {
        name: 'inventory',
        program: protocol.participant({ ...site, stock: stocks.inventory, gives: 'what is ordered' }),
        syncTime,
      },
      {
        name: 'delivery',
        program: protocol.participant({ ...site, stock: stocks.delivery, gives: 'one of any' }),
        syncTime,
      },
      { name: 'coordinator', program: protocol.coordinator({ orders, participants, timeout }), syncTime },
    ],
  };
}

test('two-phase commit: whoever crashes whenever, nothing is torn apart, and in the end everybody knows', () => {
  let crashes = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { checks, run, lines } = observe(shaken(new TwoPhaseCommit(), [...participants, 'coordinator'], 0.1), {
      seed,
    });
    for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `seed ${seed}: ${name}: ${detail}`);
    crashes += lines.filter((line) => / crash /.test(line)).length;
    const { view } = run.simulation;
    for (const name of participants) {
      assert.deepEqual((view.state(name) as SiteState).inDoubt, {}, `seed ${seed}: ${name} is still in doubt`);
    }
    const log = view.safeLog('coordinator', 'log') as readonly DeskRecord[];
    const committed = log.filter(({ what }) => what === 'commit').length;
    assert.equal((view.state('inventory') as SiteState).gone.burger, 2 * committed, `seed ${seed}`);
  }
  assert.ok(crashes > 500);
});

test('three-phase commit: a coordinator that dies for good blocks nobody, at whatever moment it dies', () => {
  const calm = shaken(new ThreePhaseCommit(), [], 0);
  const { events } = observe({ ...calm, network: { default: { latency: constant(milliseconds(10)) } } });
  const own = events.filter(({ node }) => node === 'coordinator').length;
  for (let moment = 0; moment < own; moment++) {
    const crash = { anchor: `coordinator#${moment}`, action: 'crash', arguments: { node: 'coordinator' } };
    const system = { ...calm, network: { default: { latency: constant(milliseconds(10)) } } };
    const { checks, run } = observe(system, { interventions: [crash] });
    for (const { name, verdict, detail } of checks)
      assert.equal(verdict, 'held', `moment ${moment}: ${name}: ${detail}`);
    for (const name of participants) {
      const state = run.simulation.view.state(name) as SiteState;
      assert.deepEqual([state.inDoubt, state.reserved], [{}, {}], `moment ${moment}: ${name}`);
    }
  }
});
