import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definePureLab } from '../index.ts';
import { LatencyHistogram } from '../metrics/latency.ts';
import { executeRun } from '../run.ts';
import type { Lab } from './lab.ts';
import type { Outcome } from './report.ts';

function report(outcome: Partial<Outcome>) {
  const lab = definePureLab({
    id: 'measuring',
    title: 'Measuring',
    chapter: 'Foundations',
    level: 'beginner',
    summary: 'Measures.',
    concepts: [],
    contract: 'Nothing',
    parameters: {},
    algorithms: [{ id: 'only', title: 'Only', summary: 'Only', implementation: class {} }],
    scenarios: [{ id: 'plain', title: 'Plain', question: 'How much?' }],
    defaultScenario: 'plain',
    metrics: {},
    checks: {},
    views: ['log'],
    begin: () => ({
      operations: [],
      totalWeight: 0,
      perform() {},
      finish: () => ({ metrics: {}, theory: [], checks: [], result: null, takeaways: [], ...outcome }),
    }),
  });
  return executeRun(
    lab as unknown as Lab,
    { lab: 'measuring', algorithm: 'only', seed: 1, parameters: {} },
    { maxEvents: 0 },
  );
}

const row = { metric: 'wait', measured: 1, low: 0, high: 2, expected: 1, agrees: true, formula: 'W' };

test('a run in which nothing was measured has a report', () => {
  assert.deepEqual(report({}).metrics, {});
  const notComparable = { ...row, measured: 0, agrees: null, condition: 'nothing was served' };
  assert.equal(report({ theory: [notComparable] }).theory[0]!.agrees, null);
});

test('a figure that is not finite is refused by name, wherever it stands', () => {
  const nothing = new LatencyHistogram();
  const histogram = { id: 'waits', title: 'waits', unit: 'ms', of: 'requests', counts: [1], beyond: 0 };
  const refused: [Partial<Outcome>, RegExp][] = [
    [{ metrics: { fine: 1, p99: nothing.percentile(99) } }, /^the metric 'p99' is NaN: leave it out/],
    [{ metrics: { rate: 1 / 0 } }, /^the metric 'rate' is Infinity/],
    [{ metrics: { word: 'many' as unknown as number } }, /^the metric 'word' is many/],
    [{ theory: [row, { ...row, low: NaN }] }, /^'low' in the theory of 'wait' is NaN: leave the row out/],
    [{ theory: [{ ...row, expected: -Infinity }] }, /^'expected' in the theory of 'wait' is -Infinity/],
    [{ histograms: [{ ...histogram, edges: [0, NaN] }] }, /^a figure of the histogram 'waits' is NaN/],
  ];
  for (const [outcome, message] of refused) {
    assert.throws(() => report(outcome), { name: 'RefusedError', message });
  }
});
