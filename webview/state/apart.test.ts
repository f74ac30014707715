import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { engineVersion } from '../../labs/engine/record/engine-version.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { tellApart } from './apart.ts';
import { seedPairs } from './pairs.ts';
import type { KnownRun } from './runs.ts';

const run = (more: Partial<RunSummary> = {}): RunSummary => ({
  id: JSON.stringify(more),
  lab: 'lab',
  algorithm: 'ring',
  scenario: 'one',
  seed: 7,
  parameters: { servers: 4, load: 0.9 },
  interventions: [],
  startedAt: Date.UTC(2026, 0, 1, 12),
  state: 'finished',
  edited: false,
  events: 1,
  dropped: 0,
  ...more,
});
const lab = {
  algorithms: [{ id: 'ring', title: 'The ring' }],
  scenarios: [],
  parameters: [{ name: 'load', title: 'load ρ' }],
} as unknown as LabEntry;

describe('two runs', () => {
  const apart = (more: Partial<RunSummary>): [string, string] => tellApart(run(), run(more), lab);

  it('are told apart by what differs, and by two things at most', () => {
    assert.deepEqual(apart({ algorithm: 'jump' }), ['The ring', 'jump']);
    assert.deepEqual(apart({ seed: 8 }), ['seed 7', 'seed 8']);
    assert.deepEqual(apart({ parameters: { servers: 4, load: 0.5 } }), ['load ρ 0.9', 'load ρ 0.5']);
    const interventions = [{ anchor: 'a#1', action: 'lose-write', arguments: { node: 'a' } }];
    assert.deepEqual(apart({ interventions }), ['original', 'lose write a']);
    assert.deepEqual(apart({ edited: true }), ['the bundled text', 'an edited text']);
    assert.deepEqual(apart({ engineVersion }), ['made by an earlier engine', 'made by this engine']);
    assert.deepEqual(apart({ algorithm: 'jump', seed: 8, edited: true }), ['The ring, seed 7', 'jump, seed 8']);
  });

  it('that are the same are told apart by when they were', () => {
    const [one, other] = apart({ startedAt: Date.UTC(2026, 0, 1, 13) });
    assert.notEqual(one, other);
  });
});

describe('variants', () => {
  const known = (more: Partial<RunSummary> = {}): KnownRun => {
    const summary = run(more);
    return {
      id: summary.id,
      summary,
      share: 1,
      report: { seed: summary.seed, metrics: { x: 1 } } as unknown as RunReport,
    };
  };
  const others = [7, 8, 9].map((seed) => known({ algorithm: 'jump', seed }));
  const seeds = (runs: KnownRun[], here = run(), there = run({ algorithm: 'jump' })) =>
    seedPairs(runs, here, there)?.here.map(({ seed }) => seed);

  it('are paired over the seeds under which both were run', () => {
    const pairs = seedPairs([known({ seed: 9 }), known(), ...others], run(), run({ algorithm: 'jump' }))!;
    assert.deepEqual(
      pairs.here.map(({ seed }) => seed),
      [9, 7],
    );
    assert.deepEqual(
      pairs.there.map(({ seed }) => seed),
      [9, 7],
    );
  });

  it('with one such seed, the same variant twice, or edited code are not', () => {
    assert.equal(seeds([known(), ...others]), undefined);
    assert.equal(seeds([known(), known({ seed: 8 })], run(), run({ seed: 8 })), undefined);
    const edited = { edited: true };
    assert.equal(seeds([known(edited), known({ seed: 8, ...edited }), ...others], run(edited)), undefined);
  });
});
