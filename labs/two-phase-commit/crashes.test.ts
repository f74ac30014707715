import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, exponential, uniform, type Distribution } from '../engine/random/distribution.ts';
import { observe } from '../engine/simulation/testing/observed-run.ts';
import { milliseconds, seconds } from '../engine/simulation/time.ts';
import type { Faults, Link, System } from '../engine/simulation/system.ts';
import { checkDefinitions } from './checks.ts';
import { parseCouriers, parseStock } from './parameters.ts';
import type { CommitProtocol, DeskRecord } from './protocol.ts';
import type { SiteState } from './stock.ts';
import { ThreePhaseCommit } from './three-phase.ts';
import { TwoPhaseCommit } from './two-phase.ts';

const stocks = { inventory: parseStock('burger 100'), delivery: parseCouriers('John, Jane, Jim, Joan, Jack, Jill') };
const orders = Array.from({ length: 6 }, () => ({ item: 'burger', quantity: 2 }));
const participants = Object.keys(stocks);
const sites = [...participants, 'coordinator'];

/** Six orders that all could be carried out, with these faults. */
function system(protocol: CommitProtocol, link: Link, faults: Faults = {}, until = seconds(30)): System {
  const timeout = milliseconds(100);
  const syncTime = constant(milliseconds(5));
  const site = { coordinator: 'coordinator', participants, timeout };
  return {
    until,
    network: { default: link },
    faults,
    checks: checkDefinitions('coordinator', stocks, orders, true),
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

/** Every site crashes again and again in the first three seconds. @param lasts how long it is away each time */
function crashes(lasts: Distribution): Faults {
  const every = exponential(milliseconds(150));
  return { random: [{ fault: 'crash', nodes: sites, every, lasts, until: seconds(3) }] };
}

/** Nothing is torn apart or lost on the way, and when all are back everybody knows about every order. */
function assertAllAgree(protocol: CommitProtocol, link: Link, faults: Faults, seed: number): void {
  const { checks, run } = observe(system(protocol, link, faults), { seed });
  for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `seed ${seed}: ${name}: ${detail}`);
  const { view } = run.simulation;
  for (const name of participants) {
    assert.deepEqual((view.state(name) as SiteState).inDoubt, {}, `seed ${seed}: ${name} is still in doubt`);
  }
  assert.equal(view.state('coordinator').order, orders.length, `seed ${seed}: orders are left`);
  const log = view.safeLog('coordinator', 'log') as readonly DeskRecord[];
  const committed = log.filter(({ what }) => what === 'commit').length;
  assert.equal((view.state('inventory') as SiteState).gone.get('burger') ?? 0, 2 * committed, `seed ${seed}`);
}

/** Short enough that nobody notices, so long that several are away at once, and all between. */
const away = [exponential(milliseconds(100)), uniform(0, milliseconds(30)), exponential(milliseconds(600))];

test('two-phase commit: lost, late and doubled messages and crashes at any moment tear nothing apart', () => {
  const latency = exponential(milliseconds(10));
  for (let seed = 1; seed <= 300; seed++) {
    const link = { latency, loss: 0.1, duplication: 0.2, reordering: 0.1 };
    assertAllAgree(new TwoPhaseCommit(), link, crashes(away[seed % away.length]!), seed);
  }
});

test('three-phase commit: where messages arrive in time, doubled or not, no crashes tear anything apart or block for good', () => {
  const latency = uniform(milliseconds(1), milliseconds(20));
  for (let seed = 1; seed <= 300; seed++) {
    const link = { latency, duplication: 0.2, reordering: 0.1 };
    assertAllAgree(new ThreePhaseCommit(), link, crashes(away[seed % away.length]!), seed);
  }
});
