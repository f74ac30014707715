import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf, parseFailures } from './failures.ts';

describe('a schedule of failures', () => {
  it('is read as it is written', () => {
    assert.deepEqual(parseFailures(' A down 3.5s..5s; B slow x4 100ms..; '), [
      { server: 'A', what: 'down', factor: 1, from: 3.5e9, to: 5e9 },
      { server: 'B', what: 'slow', factor: 4, from: 0.1e9, to: Infinity },
    ]);
    assert.deepEqual(parseFailures(''), []);
  });

  it('becomes what the simulator has to do; draining is none of its business', () => {
    const faults = faultsOf(
      parseFailures('A down 1s..2s; B slow x3 1s..2s; C pause 1s..2s; D drain 1s..2s; E down 4s..'),
    );
    assert.deepEqual(
      faults.map(({ at, action, arguments: given }) => `${at / 1e9} ${action} ${Object.values(given).join(' ')}`),
      ['1 crash A', '2 restart A', '1 slow B 3', '2 slow B 1', '1 pause C', '2 resume C', '4 crash E'],
    );
  });

  it('is refused by the entry that makes no sense', () => {
    for (const text of [
      'A',
      'A dies 1s..2s',
      'A down 2s..1s',
      'A down 1..2',
      'A slow 1s..2s',
      'A slow x0 1s..2s',
      'A down -1s..2s',
    ]) {
      assert.throws(
        () => parseFailures(`B down 1s..2s; ${text}`),
        new RegExp(`'${text}' is no failure: write A down`),
        text,
      );
    }
  });
});
