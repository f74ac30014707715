import assert from 'node:assert/strict';
import { test } from 'node:test';
import lab from '../../labs/consistent-hashing/lab.ts';
import { describeLab } from '../../labs/engine/lab/catalogue.ts';
import type { Lab } from '../../labs/engine/lab/lab.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { contrastChoice, inWords, isAsDeclared } from './tour-run.ts';

const entry = describeLab(lab as unknown as Lab);
const scenario = entry.scenarios.find(({ id }) => id === 'one-leaves')!;
const run: RunSummary = {
  id: '00000000-0000-4000-8000-000000000000',
  lab: entry.id,
  algorithm: 'ring',
  scenario: scenario.id,
  seed: 5,
  parameters: { ...scenario.parameters } as Record<string, number | string>,
  interventions: [],
  startedAt: 0,
  state: 'finished',
  edited: false,
  events: 1,
  dropped: 0,
};

test('a tour speaks of its scenario as declared, under any seed', () => {
  assert.ok(isAsDeclared(run, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, algorithm: 'jump' }, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, parameters: { ...run.parameters, servers: 6 } }, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, scenario: 'at-scale' }, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, parent: run.id }, entry, scenario));
});

test('a contrast run keeps seed and scenario, and differs in what is named', () => {
  const choice = contrastChoice(run, entry, { parameters: { virtualNodes: 100 } });
  assert.deepEqual(choice, {
    lab: entry.id,
    scenario: 'one-leaves',
    seed: 5,
    algorithm: 'ring',
    parameters: { ...run.parameters, virtualNodes: 100 },
  });
  const other = contrastChoice(run, entry, { scenario: 'only-the-last' });
  assert.equal(other.algorithm, 'jump');
  assert.equal(other.parameters.removeFrom, 'last');
});

test('the difference in words', () => {
  assert.equal(inWords({ algorithm: 'modulo' }, entry), 'Modulo');
  assert.equal(inWords({ parameters: { virtualNodes: 100 } }, entry), 'virtual nodes 100');
});
