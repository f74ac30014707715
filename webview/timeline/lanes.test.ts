import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Outline } from '../../labs/engine/scene/outline.ts';
import { laneAt, lanesOf, maxLanes, nameOfLane } from './lanes.ts';

const crash = { anchor: 'a#1', action: 'crash', arguments: { node: 'a' } };

/** A family as the history lists it: newest first. */
function runsOf(
  ...made: readonly (readonly [id: string, parent?: string, interventions?: RunSummary['interventions']])[]
) {
  return made
    .map(
      ([id, parent, interventions = parent === undefined ? [] : [crash]], i) =>
        ({ id, ...(parent === undefined ? {} : { parent }), interventions, startedAt: i }) as unknown as RunSummary,
    )
    .reverse();
}

function outlines(places: Readonly<Record<string, number | undefined>>, end = 100): Map<string, Outline> {
  return new Map(
    Object.entries(places).map(([id, parted]) => [
      id,
      { events: 1, begin: 0, end, marks: [], ...(parted === undefined ? {} : { parted }) },
    ]),
  );
}

const find = (runs: readonly RunSummary[], id: string): RunSummary => runs.find((run) => run.id === id)!;
const ids = (lanes: ReturnType<typeof lanesOf>): string[] => lanes.lanes.map(({ run }) => run.id);

describe('lanes', () => {
  it('are the whole family of the run on the screen, and nobody else’s', () => {
    const runs = runsOf(['root'], ['other'], ['a', 'root'], ['aa', 'a'], ['others', 'other']);
    assert.deepEqual(ids(lanesOf(runs, find(runs, 'aa'), new Map())), ['root', 'a', 'aa']);
    assert.deepEqual(ids(lanesOf(runs, find(runs, 'other'), new Map())), ['other', 'others']);
  });

  it('stand so that no line to a branch crosses another lane', () => {
    const runs = runsOf(['root'], ['early', 'root'], ['late', 'root'], ['later', 'late'], ['between', 'root']);
    const parted = outlines({ root: undefined, early: 10, late: 60, later: 80, between: 40 });
    const all = lanesOf(runs, find(runs, 'root'), parted);
    assert.deepEqual(ids(all), ['root', 'late', 'later', 'between', 'early']);
    all.lanes.forEach(({ parent, from }, number) => {
      for (let crossed = parent + 1; crossed < number; crossed++) assert.ok(all.lanes[crossed]!.from >= from);
    });
  });

  it('know the way that the run on the screen took', () => {
    const runs = runsOf(['root'], ['a', 'root'], ['aa', 'a'], ['b', 'root']);
    const all = lanesOf(runs, find(runs, 'aa'), outlines({ root: undefined, a: 20, aa: 50, b: 10 }));
    const at = (place: number): string => all.lanes[laneAt(all, place)]!.run.id;
    assert.deepEqual([at(0), at(19), at(20), at(49), at(50), at(99)], ['root', 'root', 'a', 'a', 'aa', 'aa']);
    assert.deepEqual(
      all.lanes.filter(({ taken }) => taken).map(({ run }) => run.id),
      ['root', 'a', 'aa'],
    );
  });

  it('are limited, and say how many are left out; the one on the screen never is', () => {
    const many = Array.from({ length: 50 }, (_, i) => [`branch-${i}`, 'root'] as const);
    const runs = runsOf(['root'], ...many);
    const all = lanesOf(runs, find(runs, 'branch-0'), new Map());
    assert.equal(all.lanes.length, maxLanes);
    assert.equal(all.more, 51 - maxLanes);
    assert.equal(all.lanes[all.shown]!.run.id, 'branch-0');
    assert.ok(ids(all).includes('branch-49'), 'the newest is there');
  });

  it('end with a parent that is not kept any more', () => {
    const runs = runsOf(['a', 'gone'], ['aa', 'a']);
    assert.deepEqual(ids(lanesOf(runs, find(runs, 'aa'), new Map())), ['a', 'aa']);
  });
});

describe('the name of a lane', () => {
  const named = (intervention: RunSummary['interventions'][number], unit: 'ns' | 'operation' = 'ns'): string => {
    const runs = runsOf(['root'], ['a', 'root', [intervention]]);
    const all = lanesOf(runs, find(runs, 'a'), outlines({ root: undefined, a: 12e6 }));
    return nameOfLane(all.lanes[1]!, unit);
  };

  it('says what was done, to what, and when', () => {
    assert.equal(named(crash), 'crash a at 12 ms');
    assert.equal(
      named({ anchor: 'a#1', action: 'lose', arguments: { from: 'a', to: 'b', share: 0.5 } }),
      'lose a – b 50 % at 12 ms',
    );
    assert.equal(
      named({ anchor: 'a#1', action: 'deliver-now', arguments: { message: 'client#3' } }),
      'deliver now client#3 at 12 ms',
    );
    assert.equal(
      named({ anchor: '#7', action: 'removeServer', arguments: { server: 'shard-0' } }, 'operation'),
      'remove server shard-0 at operation 12,000,000',
    );
  });

  it('is of the original where nothing was done', () => {
    const runs = runsOf(['root']);
    assert.equal(nameOfLane(lanesOf(runs, runs[0]!, new Map()).lanes[0]!, 'ns'), 'Original');
  });
});
