import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineVersion } from '../../labs/engine/record/engine-version.ts';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { natureOf } from '../../labs/engine/lab/worlds.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { contrastChoice, inWords, isAsDeclared } from './tour-run.ts';

const algorithmOf = (id: string, title: string): AlgorithmEntry => ({
  id,
  title,
  summary: '',
  contract: 'Placement',
  export: title,
  file: `${id}.ts`,
  expects: {},
});
const pure = { world: 'pure', contract: 'Placement', nature: natureOf('pure') } as const;
const entry: LabEntry = {
  id: 'hashing',
  title: 'Hashing',
  chapter: 'Data',
  level: 'beginner',
  summary: '',
  concepts: [],
  contracts: ['Placement'],
  parameters: [
    { name: 'servers', type: 'integer', title: 'Servers', help: '', default: 10, min: 1, max: 100 },
    { name: 'virtualNodes', type: 'integer', help: '', default: 1, min: 1, max: 100 },
    { name: 'removeFrom', type: 'choice', help: '', default: 'random', options: ['random', 'last'] },
  ],
  algorithms: [algorithmOf('ring', 'Ring'), algorithmOf('modulo', 'Modulo'), algorithmOf('jump', 'Jump hash')],
  scenarios: [
    { id: 'one-leaves', title: 'One leaves', question: '', parameters: { servers: 5 }, ...pure },
    { id: 'only-the-last', title: '', question: '', algorithm: 'jump', parameters: { removeFrom: 'last' }, ...pure },
  ],
  defaultScenario: 'one-leaves',
  metrics: {},
  checks: {},
  views: ['ring'],
  actions: [],
  sweeps: [],
  diagrams: [],
  exercises: [],
};
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
  engineVersion,
  events: 1,
  dropped: 0,
};

test('a tour speaks of its scenario as declared, under any seed', () => {
  assert.ok(isAsDeclared(run, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, algorithm: 'jump' }, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, parameters: { ...run.parameters, servers: 6 } }, entry, scenario));
  assert.ok(!isAsDeclared({ ...run, scenario: 'only-the-last' }, entry, scenario));
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
