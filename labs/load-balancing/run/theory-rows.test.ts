/** Whether the ranges of theory are honest: 99 of 100 right runs lie within them, and nothing is said where nothing can be. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunReport } from 'system-design-labs/engine';
import { executeRun } from '../../engine/run.ts';
import lab from '../lab.ts';

function run(algorithm: string, parameters: Record<string, unknown>, seed = 1): RunReport {
  const all = { healthInterval: 0, ...parameters };
  return executeRun(lab as never, { lab: lab.id, algorithm, seed, parameters: all }, { maxEvents: 0 });
}

/** The chance that more than so many of `runs` miss a range that holds 99 of 100. */
function chanceOfMore(misses: number, runs: number): number {
  let exactly = 0.99 ** runs;
  let more = 1;
  for (let count = 0; count <= misses; count++) {
    more -= exactly;
    exactly *= ((runs - count) / (count + 1)) * (0.01 / 0.99);
  }
  return more;
}

const runs = 40;
/** So rarely may an honest range be called dishonest. */
const doubt = 1e-4;

const worlds: Record<string, [algorithm: string, parameters: Record<string, unknown>, judged: string[]]> = {
  'M/M/1': [
    'random',
    { servers: 1, arrivalRate: 0.4, requests: 1000 },
    ['utilization', 'meanTimeInSystem', 'meanWait', 'p50', 'p95', 'p99'],
  ],
  'M/M/3': [
    'random',
    { servers: 3, topology: 'sharedQueue', arrivalRate: 0.5, requests: 1000 },
    ['utilization', 'meanTimeInSystem', 'meanWait', 'p50', 'p95'],
  ],
  'M/D/1': [
    'random',
    { servers: 1, serviceTime: 'constant', arrivalRate: 0.5, requests: 1000 },
    ['utilization', 'meanTimeInSystem', 'meanWait'],
  ],
  'M/M/1/K': [
    'random',
    { servers: 1, arrivalRate: 1.5, queueLimit: 2, requests: 1000 },
    ['meanTimeInSystem', 'meanWait', 'failedShare'],
  ],
  'two choices': [
    'two-choices',
    { servers: 50, arrivalRate: 0.2, requests: 2500 },
    ['utilization', 'meanTimeInSystem'],
  ],
  'arrivals like clockwork': ['round-robin', { servers: 3, arrivals: 'constant', requests: 1000 }, ['utilization']],
  'arrivals in bursts': [
    'round-robin',
    { servers: 3, arrivals: 'bursty', arrivalRate: 0.5, requests: 1000 },
    ['utilization'],
  ],
};

describe('the ranges of theory hold 99 of 100 right runs', () => {
  for (const [world, [algorithm, parameters, judged]] of Object.entries(worlds)) {
    it(world, () => {
      const missed = new Map<string, number>();
      for (let seed = 1; seed <= runs; seed++) {
        for (const { metric, agrees } of run(algorithm, parameters, seed).theory) {
          if (agrees !== null) missed.set(metric, (missed.get(metric) ?? 0) + (agrees ? 0 : 1));
        }
      }
      assert.deepEqual([...missed.keys()].sort(), ['meanPresent', ...judged].sort());
      for (const [metric, misses] of missed) {
        const chance = chanceOfMore(misses - 1, runs);
        assert.ok(chance > doubt, `${metric}: ${misses} of ${runs} runs lie outside, by luck once in ${1 / chance}`);
      }
    });
  }
});

describe('theory says nothing', () => {
  const conditionOf = (report: RunReport, metric: string): string | undefined =>
    report.theory.find((row) => row.metric === metric)?.condition;

  it('of the mean wait where hardly anybody waits, whatever was measured', () => {
    const report = run('random', { servers: 100, topology: 'sharedQueue', arrivalRate: 0.5, requests: 2000 });
    assert.equal(report.metrics.meanWait, 0);
    assert.match(conditionOf(report, 'meanWait')!, /so few requests that no run tells a deviation from luck/);
    assert.equal(conditionOf(report, 'meanTimeInSystem'), undefined);
  });

  it('of the share that is turned away where hardly anybody is', () => {
    const report = run('random', { servers: 1, arrivalRate: 0.3, queueLimit: 8, requests: 2000 });
    assert.match(conditionOf(report, 'failedShare')!, /too few requests .*: \d+ would do|so few requests/);
  });

  it('of two choices among few servers, or few that are idle', () => {
    for (const parameters of [{ servers: 20 }, { servers: 100, arrivalRate: 0.99 }]) {
      const report = run('two-choices', { requests: 2000, ...parameters });
      assert.match(conditionOf(report, 'meanTimeInSystem')!, /50 at least, of which 5 are idle on average/);
    }
  });

  it('of a bound below which runs can lie', () => {
    for (const parameters of [{ arrivals: 'constant' }, { failures: 'A down 1s..2s' }, { slowness: '0.1,0.1,0.1' }]) {
      const report = run('round-robin', { servers: 3, requests: 2000, ...parameters });
      assert.equal(conditionOf(report, 'meanTimeInSystem'), undefined);
      assert.doesNotMatch(report.takeaways.join(), /lower bound/);
    }
  });
});
