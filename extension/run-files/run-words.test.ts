import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryOf } from '../../labs/engine/record/run-record.ts';
import { describeRun } from './run-words.ts';
import { handMadeRun } from './testing/hand-made-run.ts';

const summary = summaryOf(handMadeRun());

test('a run of a lab that is gone goes by its ids', () => {
  const { lab, algorithm, scenario } = describeRun(summary, undefined);
  assert.deepEqual([lab, algorithm, scenario], ['counting', 'plain', 'few']);
});

test('a mark says how it came out', () => {
  const outcomes = [
    summary,
    { ...summary, unexpected: ['order', 'loss'] },
    { ...summary, state: 'failed', failure: 'threw' } as const,
    { ...summary, state: 'failed', failure: 'stopped' } as const,
    { ...summary, state: 'running' } as const,
  ].map((run) => describeRun(run, undefined));
  assert.deepEqual(
    outcomes.map(({ mark, outcome }) => [mark, outcome]),
    [
      ['pass', 'All checks came out as expected'],
      ['broken', 'Not as expected: order, loss'],
      ['failed', 'Failed: threw'],
      ['stopped', 'Stopped'],
      ['running', 'Running'],
    ],
  );
});
