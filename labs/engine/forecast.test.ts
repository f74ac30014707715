import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Forecast, ForecastError } from './forecast.ts';

/** Looks every 10 ms until the run is done or refused. @returns when it was refused, and with which estimate */
function watch(
  deadline: number | undefined,
  shareAt: (elapsed: number) => number,
): { at: number; estimate: number } | undefined {
  let time = 1000;
  const forecast = new Forecast(deadline, () => time);
  for (let elapsed = 0; shareAt(elapsed) < 1; elapsed += 10) {
    time = 1000 + elapsed;
    try {
      forecast.look(shareAt(elapsed));
    } catch (error) {
      assert.ok(error instanceof ForecastError);
      return { at: elapsed, estimate: error.estimate };
    }
  }
  return undefined;
}

test('a run of a steady 200 s is refused within a second or so, with the right estimate', () => {
  const refused = watch(30_000, (elapsed) => elapsed / 200_000);
  assert.ok(refused);
  assert.ok(refused.at <= 1000, `refused at ${refused.at} ms`);
  assert.ok(Math.abs(refused.estimate - 200_000) < 1000);
});

test('a run that is only a little too long is refused before half of its deadline', () => {
  const refused = watch(30_000, (elapsed) => elapsed / 36_000);
  assert.ok(refused && refused.at <= 15_000);
});

test('a slow start is no reason to refuse', () => {
  const warming = (elapsed: number): number => (elapsed < 500 ? elapsed / 25_000 : 0.02 + (elapsed - 500) / 5000);
  assert.equal(watch(10_000, warming), undefined);
});

test('a slow stretch is no reason to refuse', () => {
  // As fast as ten seconds in all, but for one and a half in which hardly anything happens.
  const held = (elapsed: number): number => (elapsed - Math.min(Math.max(elapsed - 2000, 0), 1500) * 0.99) / 10_000;
  assert.equal(watch(15_000, held), undefined);
});

test('of a share that grows in few steps nothing is foreseen', () => {
  const inSteps = (elapsed: number): number => Math.floor(elapsed / 300) / 6;
  assert.equal(watch(2000, inSteps), undefined);
});

test('without a deadline nothing is refused', () => {
  assert.equal(
    watch(undefined, (elapsed) => elapsed / 100_000),
    undefined,
  );
});

test('a run that does not get on at all is refused', () => {
  const refused = watch(2000, () => 0);
  assert.ok(refused && refused.at <= 2010);
});

test('the message names both times and the mend', () => {
  assert.match(new ForecastError(230_000, 30_000).message, /about 230 s.*deadline of 30 s: ask for less, or raise/);
  assert.match(new ForecastError(30_010, 30_000).message, /would take longer than its deadline of 30 s/);
});
