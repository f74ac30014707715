/** What runs say is so, under every algorithm of the lab, every exercise and every solution. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import { GiveItBack } from './exercises/1-give-it-back.ts';
import { InkBeforeWord } from './exercises/2-ink-before-word.ts';
import { AskANeighbour } from './exercises/3-ask-a-neighbour.ts';
import { AskedANeighbour } from './exercises/solutions/3-ask-a-neighbour.ts';
import { GaveItBack } from './exercises/solutions/1-give-it-back.ts';
import { WroteFirst } from './exercises/solutions/2-ink-before-word.ts';
import lab from './lab.ts';
import { parseOrders } from './parameters.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';

const own = { GiveItBack, InkBeforeWord, AskANeighbour, GaveItBack, WroteFirst, AskedANeighbour, NewAlgorithm };
const implementations: [string, Wanted][] = [
  ...lab.algorithms.map(({ id }): [string, Wanted] => [id, { algorithm: id }]),
  ...Object.entries(own).map(([name, implementation]): [string, Wanted] => [name, { implementation }]),
];

const changes: Wanted[] = [
  ...lab.scenarios.map(({ id }) => ({ scenario: id })),
  ...[10, 12, 31, 60, 200].map((duration) => ({ parameters: { duration } })),
  { parameters: { timeout: 20 } },
  { parameters: { latency: 0, syncTime: 0 } },
  { parameters: { loss: 0.4, duplication: 0.3 } },
  { interventions: [{ anchor: 'coordinator#7', action: 'cut', arguments: { node: 'delivery' } }] },
  { interventions: [{ anchor: 'coordinator#7', action: 'crash', arguments: { node: 'inventory' } }] },
];

test('nothing is said of nothing', () => {
  assert.deepEqual(runLab(lab, { parameters: { orders: '' } }).report.takeaways, ['Nothing was ordered.']);
});

for (const [name, wanted] of implementations) {
  test(`${name}: take-aways quote what has happened`, () => {
    for (const change of changes) {
      const { report, events } = runLab(lab, { ...wanted, ...change });
      const where = JSON.stringify([change, report.takeaways]);
      const said = report.takeaways.join('\n');
      assert.doesNotMatch(said, /-\d|NaN|undefined|\b1 (orders|tries|messages)\b/, where);

      const { orders } = report.result as { orders: string[] };
      assert.equal(orders.length, parseOrders(String(report.parameters.orders)).length);
      const counted = report.takeaways
        .find((sentence) => /^\d+ orders?: /.test(sentence))!
        .split(/, with/)[0]!
        .split(/[:,] /)
        .map(parseFloat);
      assert.equal(
        counted.slice(1).reduce((sum, one) => sum + one, 0),
        counted[0],
        where,
      );
      const count = (fate: string) => orders.filter((one) => one === fate).length;
      const { committed, aborted, split } = report.metrics;
      assert.deepEqual([committed, aborted, split], [count('commit'), count('abort'), count('split')], where);

      const torn = report.checks.find(({ name }) => name === 'atomicity')!;
      assert.equal(said.includes('no protocol mends'), torn.verdict === 'broken', where);
      if (torn.verdict === 'broken') assert.ok(said.includes(torn.detail), where);

      const lifeOf = (node: string) =>
        events.findLast((event) => event.node === node && /crash|restart/.test(event.kind));
      const isDead = lifeOf('coordinator')?.kind === 'crash';
      if (/coordinator that is dead|who takes them is dead/.test(said)) assert.ok(isDead, where);
      if (/services (wait|did)/.test(said)) assert.ok(report.metrics.blocked! > 0, where);
    }
  });
}
