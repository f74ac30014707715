import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ForecastError } from '../../../labs/engine/forecast.ts';
import { ParameterError } from '../../../labs/engine/lab/parameter.ts';
import { EndlessRunError, RefusedError, ScenarioError } from '../../../labs/engine/simulation/refusal.ts';
import { failureOf } from './failure-of.ts';

describe('failureOf', () => {
  it("hands on the engine's own words, and where the code stood", () => {
    for (const error of [
      new RefusedError('Date.now is not repeatable: use context.clock()'),
      new ScenarioError('there is no node «stok»'),
      new EndlessRunError('more than ten million steps'),
    ]) {
      const failure = failureOf(error, 512);
      assert.deepEqual([failure.reason, failure.message], ['refused', error.message]);
      assert.match(failure.stack ?? '', /failure-of\.test\.ts/);
    }
  });

  it('tells a bad request and a forecast from code that threw', () => {
    assert.equal(failureOf(new ParameterError('keys', 'keys must be …'), 512).reason, 'request');
    const forecast = failureOf(new ForecastError(95_000, 20_000), 512);
    assert.deepEqual([forecast.reason, forecast.estimate], ['forecast', 95_000]);
    assert.equal(failureOf(new RangeError('Map maximum size exceeded'), 512).reason, 'memory');
    assert.equal(
      failureOf(new TypeError('x is not a function'), 512).message,
      'the code threw TypeError: x is not a function',
    );
    assert.equal(failureOf('boo', 512).message, "the code threw 'boo'");
  });

  it('cuts what is too long to read', () => {
    assert.equal(failureOf(new Error('x'.repeat(10_000)), 512).message.replace(/x+/, ''), 'the code threw Error: …');
  });
});
