import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf, parseFailures, stretches } from './failures.ts';

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

  const steps = (text: string): string[] =>
    faultsOf(parseFailures(text)).map(
      ({ at, action, arguments: { factor } }) =>
        `${at / 1e9} ${action}${factor === undefined ? '' : ` ${String(factor)}`}`,
    );

  for (const [text, sameAs] of [
    ['A down 1s..2s; A down 1.5s..3s', 'A down 1s..3s'],
    ['A down 1s..2s; A down 2s..3s', 'A down 1s..3s'],
    ['A down 2s..3s; A down 1s..', 'A down 1s..'],
    ['A pause 1s..3s; A pause 2s..4s', 'A pause 1s..4s'],
    ['A slow x4 1s..2s; A slow x4 1.5s..3s', 'A slow x4 1s..3s'],
    ['A down 1s..4s; A pause 2s..3s', 'A down 1s..4s'],
  ] as const) {
    it(`adds up: ${text} is ${sameAs}`, () => {
      assert.deepEqual(steps(text), steps(sameAs));
    });
  }

  it('adds up: the slowest counts, and who comes back during a pause stands still', () => {
    assert.deepEqual(steps('A slow x2 1s..4s; A slow x5 2s..3s'), ['1 slow 2', '2 slow 5', '3 slow 2', '4 slow 1']);
    assert.deepEqual(steps('A pause 1s..4s; A down 2s..3s'), [
      '1 pause',
      '2 crash',
      '3 restart',
      '3 pause',
      '4 resume',
    ]);
    assert.deepEqual(steps('A down 1s..3s; B down 2s..4s'), ['1 crash', '3 restart', '2 crash', '4 restart']);
  });

  it('leaves one server in peace when another overlaps it, and unites drains', () => {
    const drains = stretches(parseFailures('A drain 2s..4s; B drain 3s..5s; A drain 1s..3s; A drain 6s..'), 'drain');
    assert.deepEqual(
      drains.map(({ server, from, to }) => `${server} ${from / 1e9} ${to / 1e9}`),
      ['A 1 4', 'A 6 Infinity', 'B 3 5'],
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
