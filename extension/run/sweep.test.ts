import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SweepRequest, SweepRun } from '../../labs/engine/protocol/panel.ts';
import type { Expectation } from '../../labs/engine/lab/report.ts';
import { runSweep } from './sweep.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';

function sweepOver(values: number[], more: Partial<SweepRequest> = {}): SweepRequest {
  const { lab, algorithm } = counting();
  const choice = { lab, algorithm, seed: 5, parameters: { events: 1 } };
  return { choice, parameter: 'count', values, algorithms: [algorithm], seeds: 1, curveAt: values, ...more };
}

/** Collects what a sweep says. */
function listener() {
  const runs: SweepRun[] = [];
  const expectations: Expectation[][][] = [];
  return {
    runs,
    expectations,
    expected: (all: Expectation[][][]) => void expectations.push(...all),
    ran: (run: SweepRun) => void runs.push(run),
  };
}

const bundled = async () => ({ kind: 'bundled' }) as const;
const nobody = new AbortController().signal;

test('every value is run under every seed, the first seed of all values before the next', async () => {
  const heard = listener();
  await runSweep(await runService(), sweepOver([10, 20], { seeds: 2 }), bundled, heard, nobody, 1);
  assert.deepEqual(
    heard.runs.map(({ seed, value, metrics }) => [seed, value, metrics.counted]),
    [[5, 10, 10], [5, 20, 20], [6, 10, 10], [6, 20, 20]], // prettier-ignore
  );
  assert.match(heard.runs[0]!.hash, /^[0-9a-f]{32}$/);
});

test('a swept run leaves the trace that it leaves when run by itself', async () => {
  const heard = listener();
  const service = await runService();
  await runSweep(service, sweepOver([30]), bundled, heard, nobody, 1);
  const alone = await service.start(counting({ seed: 5, parameters: { count: 30, events: 1 } })).finished;
  assert.equal(heard.runs[0]!.hash, alone.report!.trace.hash);
});

test('theory is asked for once an algorithm, at its own values', async () => {
  const heard = listener();
  await runSweep(await runService(), sweepOver([1], { curveAt: [1, 2, 3] }), bundled, heard, nobody, 1);
  assert.deepEqual(
    heard.expectations.map((variants) => variants.map((list) => list.map(({ expected }) => expected))),
    [[[1], [2], [3]]],
  );
});

test('a value that is refused is a point without figures, and the others go on', async () => {
  const heard = listener();
  await runSweep(await runService(), sweepOver([-1, 4]), bundled, heard, nobody, 1);
  const [refused, fine] = heard.runs;
  assert.equal(refused!.failure!.reason, 'request');
  assert.match(refused!.failure!.message, /count must be/);
  assert.equal(fine!.metrics.counted, 4);
});

test('the deadline of a run holds for each of them', async () => {
  const heard = listener();
  const service = await runService({ limits: () => ({ deadline: 2000, memory: 256, maxEvents: 1000 }) });
  const slow = sweepOver([5, 100_000], {
    curveAt: [],
    choice: { ...sweepOver([]).choice, parameters: { work: 1000 } },
  });
  await runSweep(service, slow, bundled, heard, nobody, 1);
  assert.ok(['deadline', 'forecast'].includes(heard.runs[1]!.failure!.reason));
});

test('stopped, it ends the runs under way, begins no more and tells of none', async () => {
  const heard = listener();
  const service = await runService();
  const controller = new AbortController();
  const long = sweepOver([400, 401, 402], { choice: { ...sweepOver([]).choice, parameters: { work: 100_000 } } });
  const over = runSweep(
    service,
    long,
    bundled,
    { ...heard, expected: () => void setTimeout(() => controller.abort(), 200) },
    controller.signal,
    2,
  );
  await over;
  assert.deepEqual(heard.runs, []);
});

test('code that does not compile ends the sweep with its message', async () => {
  const copy = await learnersCopy({ 'doubling.ts': 'export class Doubling {{' });
  const sourceOf = async () => copy;
  await assert.rejects(runSweep(await runService(), sweepOver([1, 2]), sourceOf, listener(), nobody, 1), {
    name: 'RunFailureError',
  });
});
