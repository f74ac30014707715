import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LittlesLaw } from './littles-law.ts';

/** Visits as [entered, stayed], told to the law in the order of time; those present at `from` and `to` straddle the edges. */
function observe(visits: readonly (readonly [number, number])[], from: number, to: number) {
  const law = new LittlesLaw();
  const happenings = visits
    .flatMap(([entered, stayed]) => [
      { time: entered, tell: () => law.enter(entered) },
      { time: entered + stayed, tell: () => law.leave(entered + stayed, stayed) },
    ])
    .sort((a, b) => a.time - b.time);
  const presentAt = (time: number) =>
    visits.filter(([entered, stayed]) => entered < time && entered + stayed >= time).map(([entered]) => entered);
  for (const { time, tell } of happenings) if (time < from) tell();
  law.restart(from, presentAt(from));
  for (const { time, tell } of happenings) if (time >= from && time < to) tell();
  return law.report(to, presentAt(to));
}

describe("Little's law", () => {
  it('holds exactly for whatever comes and goes, edges included', () => {
    const visits = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 500 })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(visits, fc.integer({ min: 0, max: 400 }), (list, from) => {
        const { integral, accounted, holds } = observe(list, from, from + 600);
        assert.equal(integral, accounted);
        assert.ok(holds);
      }),
    );
  });

  it('has L and λW agree over a window with empty edges', () => {
    const { numberPresent, rate, timeInSystem } = observe([[10, 30], [20, 50]], 0, 100); // prettier-ignore
    assert.equal(numberPresent, 0.8);
    assert.equal(rate * timeInSystem, 0.8);
  });

  it('is broken by a request that misreads its clock', () => {
    const law = new LittlesLaw();
    law.enter(0);
    law.leave(10, 9);
    const { holds, integral, accounted } = law.report(20, []);
    assert.equal(holds, false);
    assert.deepEqual([integral, accounted], [10, 9]);
  });

  it('is broken by a request that entered and is nowhere to be found', () => {
    const law = new LittlesLaw();
    law.enter(0);
    assert.equal(law.report(10, []).holds, false);
  });
});
