/** Every sentence of the theory page, the tours and the headers that names a figure, held against a formula or a run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { mg1, mm1, mmc, powerOfChoices, seconds, twoChoicesAmong, type RunReport } from 'system-design-labs/engine';
import { executeRun } from '../engine/run.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import { AChoiceThatRemembers } from './exercises/3-a-choice-that-remembers.ts';
import { AChoiceRemembered } from './exercises/solutions/3-a-choice-that-remembers.ts';
import lab from './lab.ts';
import { letters, picker, poolOf } from './testing/pool.ts';
import { WeightedBursty } from './weighted-bursty.ts';
import { WeightedSmooth } from './weighted-smooth.ts';

/** A text without its line breaks and comment stars. */
function textOf(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(/\n \* |\s+/g, ' ');
}

const page = textOf('theory.md');

/** The row of a table by its first cell. */
function row(name: string): string[] {
  const cells = page.slice(page.indexOf(`| ${name} |`) + 2).split('|');
  return cells.map((cell) => cell.trim());
}

function says(text: string, sentence: string): void {
  assert.ok(text.includes(sentence), `the text does not say: ${sentence}`);
}

function run(algorithm: string, scenario: string, parameters: Record<string, unknown> = {}): RunReport {
  return executeRun(lab as never, { lab: lab.id, algorithm, scenario, seed: 1, parameters }, { maxEvents: 0 });
}

const rounded = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));

describe('the theory page', () => {
  it('nine requests are there on average', () => {
    says(page, 'busy nine tenths of the time is idle one tenth, and still nine requests are there on average');
    assert.equal(mm1(0.9, 1).meanNumberInSystem.toFixed(6), '9.000000');
  });

  it('the table of M/M/1', () => {
    for (const [column, cell] of row('load ρ').slice(1, 7).entries()) {
      const theory = mm1(Number(cell), 1);
      assert.equal(row('time in system')[column + 1], rounded(theory.meanTimeInSystem, 2).replace('1e+2', '100'));
      assert.equal(row('99th percentile')[column + 1], theory.timeInSystemQuantile(0.99).toFixed(0));
    }
  });

  it('constant services wait half as long', () => {
    says(page, 'Constant services wait half as long as exponential ones.');
    assert.equal(mg1(0.9, 1, 0).meanWait / mg1(0.9, 1, 1).meanWait, 0.5);
  });

  it('one request in five waits before a hundred servers', () => {
    says(page, 'one request in five has to wait, and the mean wait is 0.02 service times');
    const { waitProbability, meanWait } = mmc(90, 1, 100);
    assert.equal(waitProbability.toFixed(1), '0.2');
    assert.equal(meanWait.toFixed(2), '0.02');
  });

  it('T of each algorithm over a hundred equal servers', () => {
    assert.equal(row('random')[3], rounded(mm1(0.9, 1).meanTimeInSystem, 2));
    assert.equal(
      page.match(/\| two choices \| [^|]+\| O\(1\) \| ([\d.]+) /)![1],
      twoChoicesAmong(100, 0.9, 1).meanTimeInSystem.toFixed(2),
    );
    const names = {
      'round robin': 'round-robin',
      'peak EWMA': 'peak-ewma',
      'least response time': 'least-response-time',
      'least connections': 'least-connections',
    };
    for (const [name, algorithm] of Object.entries(names)) {
      const { meanTimeInSystem } = run(algorithm, 'luck-or-choice', { requests: 40_000 }).metrics;
      const said = Number(row(name)[3]);
      assert.ok(Math.abs(meanTimeInSystem! - said) < 0.04 * said, `${algorithm}: ${meanTimeInSystem} for ${said}`);
    }
  });

  it('shares of queues with one choice and with two', () => {
    for (const [name, choices] of [
      ['one choice, ρ = 0.9', 1],
      ['two choices', 2],
    ] as const) {
      const table = page.slice(page.indexOf('| at least |'));
      const cells = table.slice(table.indexOf(`| ${name} |`) + 2).split('|');
      for (let least = 1; least <= 5; least++) {
        const share = powerOfChoices(choices, 0.9, 1).shareWithAtLeast(least);
        assert.equal(cells[least]!.trim(), String(Number(share.toFixed(2))));
      }
    }
  });

  it('one, two and three choices', () => {
    says(page, 'The mean falls from 10 to 2.61; a third choice brings it to 2.03.');
    const times = [1, 2, 3].map((choices) => powerOfChoices(choices, 0.9, 1).meanTimeInSystem.toFixed(2));
    assert.deepEqual(times, ['10.00', '2.61', '2.03']);
    says(page, 'with a hundred it is 2.65 for two');
    assert.equal(twoChoicesAmong(100, 0.9, 1).meanTimeInSystem.toFixed(2), '2.65');
  });

  it('a dead server gets four requests in ten', () => {
    says(page, 'of four servers one is dead, and gets four requests in ten');
    const { events } = runLab(lab, { algorithm: 'least-connections', scenario: 'black-hole' });
    const known = events.find(({ kind }) => kind === 'mark')!.time;
    const picked = events.filter(
      ({ kind, time, peer }) =>
        (kind === 'reject' || kind === 'enqueue') && peer === 'balancer' && time > seconds(4.5) && time < known,
    );
    const refused = picked.filter(({ kind }) => kind === 'reject').length;
    assert.equal((refused / picked.length).toFixed(1), '0.4');
  });

  it('percentiles and means', () => {
    says(page, 'the 99th percentile is 4.6 times the mean');
    const theory = mm1(0.9, 1);
    assert.equal((theory.timeInSystemQuantile(0.99) / theory.meanTimeInSystem).toFixed(1), '4.6');
    says(page, 'the median is not a hundredth of it');
    const { p50, meanTimeInSystem } = run('round-robin', 'one-slow-server', { requests: 20_000 }).metrics;
    assert.ok(p50! < meanTimeInSystem! / 100);
    says(page, 'A page that makes fifty requests meets the 99th percentile on four visits of ten.');
    assert.equal((1 - 0.99 ** 50).toFixed(1), '0.4');
  });
});

describe('the tours', () => {
  const choosing = textOf('tours/choosing.ts');
  const failing = textOf('tours/failing.ts');

  it('several times as long: with one choice, and its slowest in a hundred', () => {
    says(choosing, 'with one choice they wait several times as long');
    says(choosing, "'Several times as long'");
    const two = run('two-choices', 'luck-or-choice', { requests: 40_000 }).metrics;
    const random = mm1(0.9, 1);
    assert.ok(random.meanTimeInSystem > 3 * two.meanTimeInSystem!);
    assert.ok(random.timeInSystemQuantile(0.99) > 3 * two.p99!);
  });

  it('in 100, 150 and 200 ms', () => {
    says(choosing, 'A, B and C have answered once each, in 100, 150 and 200 ms.');
    const { events } = runLab(lab, { algorithm: 'round-robin', scenario: 'one-after-the-other' });
    const first = events.filter(({ kind }) => kind === 'serveEnd').slice(0, 3);
    assert.deepEqual(
      first.map(({ node, value }) => `${node} ${value / 1e6}`),
      ['A 100', 'B 150', 'C 200'],
    );
  });

  it('five of seven, and five in a row', () => {
    says(choosing, 'five to A, one each to B and C, in a mixed order');
    assert.equal(letters(picker(WeightedSmooth, poolOf(3, [5, 1, 1])).pick, 7), 'AABACAA');
    says(choosing, 'Five in a row arrive faster than A can work');
    assert.equal(letters(picker(WeightedBursty, poolOf(3, [5, 1, 1])).pick, 7), 'AAAAABC');
    const smooth = run('weighted-smooth', 'bursty-or-smooth').metrics.meanWait!;
    const bursty = run('weighted-bursty', 'bursty-or-smooth').metrics.meanWait!;
    assert.ok(bursty > 1.5 * smooth, `${bursty} beside ${smooth}`);
  });

  it('a slow server: three of four never meet it, the median hardly moves, a little more than its fair part', () => {
    says(choosing, 'Three of four requests never meet A. The mean explodes, the median hardly moves');
    says(choosing, 'so A still got a little more than its fair part');
    const parameters = { requests: 20_000 };
    const turns = run('round-robin', 'one-slow-server', parameters);
    const counts = run('least-connections', 'one-slow-server', parameters);
    const shareOfA = ({ result }: RunReport): number => {
      const { perServer } = result as { perServer: number[] };
      return perServer[0]! / perServer.reduce((sum, count) => sum + count);
    };
    assert.equal(shareOfA(turns), 0.25);
    const fair = 1 / 3 / (3 + 1 / 3);
    assert.ok(shareOfA(counts) > fair && shareOfA(counts) < 1.2 * fair, String(shareOfA(counts)));
    assert.ok(turns.metrics.meanTimeInSystem! > 100 * counts.metrics.meanTimeInSystem!);
    assert.ok(turns.metrics.p50! < 1.5 * counts.metrics.p50!);
  });

  it('a dead server: a quarter of the time’s requests with turns, and none after it is noticed', () => {
    says(failing, 'Round robin sends every fourth request to A.');
    says(failing, 'From here on there are none.');
    const { events } = runLab(lab, { algorithm: 'round-robin', scenario: 'black-hole' });
    const known = events.find(({ kind }) => kind === 'mark')!.time;
    const refused = events.filter(({ kind }) => kind === 'reject');
    const arrived = events.filter(
      ({ kind, peer, time }) => kind === 'enqueue' && peer === 'balancer' && time > seconds(4.5) && time < known,
    );
    assert.equal((refused.length / (refused.length + arrived.length)).toFixed(2), '0.25');
    assert.deepEqual(
      refused.filter(({ time }) => time > known),
      [],
    );
  });

  it('losing A doubles the load of the others, and nothing fails in the short window', () => {
    says(failing, 'A had half of the weight.');
    says(failing, 'losing A doubles their load');
    const { weights } = lab.scenarios.find(({ id }) => id === 'failover')!.parameters as { weights: string };
    assert.equal(weights, '2,1,1');
    says(failing, 'no request fell into it: {failed} failed');
    assert.equal(run('weighted-bursty', 'failover').metrics.failed, 0);
  });
});

describe('the headers', () => {
  it('smooth: four in a row where rounds meet, and three would do', () => {
    says(
      textOf('weighted-smooth.ts'),
      'a is picked four times in a row, and a a a b a a c would never need more than three',
    );
    const longest = (sequence: string): number => Math.max(...sequence.match(/A+/g)!.map(({ length }) => length));
    assert.equal(longest(letters(picker(WeightedSmooth, poolOf(3, [5, 1, 1])).pick, 70)), 4);
    assert.equal(longest('AAABAAC'.repeat(10)), 3);
  });

  it('two choices: 2.6 instead of ten', () => {
    says(textOf('two-choices.ts'), 'At a load of 0.9 a request spends 2.6 service times in the system instead of ten.');
    assert.equal(powerOfChoices(2, 0.9, 1).meanTimeInSystem.toFixed(1), '2.6');
  });

  it('a choice that remembers: 2.34, and below 2.25 when it is solved', () => {
    const text = textOf('exercises/3-a-choice-that-remembers.ts');
    says(
      text,
      'two choices alone spend 2.65 service times in the system, this spends 2.34, and it could be below 2.25.',
    );
    const mean = (implementation: unknown): number =>
      runLab(lab, { implementation, scenario: 'luck-or-choice', maxEvents: 0 }).report.metrics.meanTimeInSystem!;
    assert.equal(mean(AChoiceThatRemembers).toFixed(2), '2.34');
    assert.ok(mean(AChoiceRemembered) < 2.25);
  });
});
