/** Each exercise fails its check as its text says, and its solution does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findImplementations } from '../engine/lab/discovery.ts';
import type { Intervention } from '../engine/lab/report.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import { GiveItBack } from './exercises/1-give-it-back.ts';
import { InkBeforeWord } from './exercises/2-ink-before-word.ts';
import { AskANeighbour } from './exercises/3-ask-a-neighbour.ts';
import { AskedANeighbour } from './exercises/solutions/ask-a-neighbour.ts';
import { GaveItBack } from './exercises/solutions/give-it-back.ts';
import { WroteFirst } from './exercises/solutions/ink-before-word.ts';
import lab from './lab.ts';
import type { CommitProtocol } from './protocol.ts';

interface Exercise {
  file: string;
  start: new () => CommitProtocol;
  solution: new () => CommitProtocol;
  check: string;
  scenario: string;
  /** The event at which the text has the coordinator crash. */
  crashAt?: { kind: string; label: string };
}

const exercises: Exercise[] = [
  {
    file: '1-give-it-back.ts',
    start: GiveItBack,
    solution: GaveItBack,
    check: 'noLockLeaked',
    scenario: 'four-orders',
  },
  {
    file: '2-ink-before-word.ts',
    start: InkBeforeWord,
    solution: WroteFirst,
    check: 'atomicity',
    scenario: 'all-well',
    crashAt: { kind: 'send', label: 'commit' },
  },
  {
    file: '3-ask-a-neighbour.ts',
    start: AskANeighbour,
    solution: AskedANeighbour,
    check: 'atomicity',
    scenario: 'all-well',
    crashAt: { kind: 'diskSync', label: '' },
  },
];

function crashes(
  implementation: unknown,
  scenario: string,
  { kind, label }: { kind: string; label: string },
): Intervention[] {
  const own = runLab(lab, { implementation, scenario }).events.filter(({ node }) => node === 'coordinator');
  const at = own.findIndex((event) => event.kind === kind && event.label === label);
  return [{ anchor: `coordinator#${at}`, action: 'crash', arguments: { node: 'coordinator', for: 1000 } }];
}

for (const { file, start, solution, check, scenario, crashAt } of exercises) {
  test(`${file}: ${check} is broken at the start, with the event and the node`, () => {
    const interventions = crashAt ? crashes(start, scenario, crashAt) : [];
    const { report } = runLab(lab, { implementation: start, scenario, interventions });
    const broken = report.checks.find(({ name }) => name === check);
    assert.equal(broken?.verdict, 'broken');
    assert.ok(broken.event! >= 0 && broken.node);
  });

  test(`${file}: the solution keeps every check in every scenario`, () => {
    for (const { id } of lab.scenarios) {
      const { report } = runLab(lab, { implementation: solution, scenario: id });
      for (const { name, verdict, detail } of report.checks) assert.equal(verdict, 'held', `${id}: ${name}: ${detail}`);
    }
    if (!crashAt) return;
    const interventions = crashes(solution, scenario, crashAt);
    const { report } = runLab(lab, { implementation: solution, scenario, interventions });
    for (const { name, verdict, detail } of report.checks) assert.equal(verdict, 'held', `${name}: ${detail}`);
  });

  test(`${file}: has a lens, three hints, and names its solution; the solution has no lens`, async () => {
    const folder = path.join(import.meta.dirname, 'exercises');
    const text = await readFile(path.join(folder, file), 'utf8');
    assert.equal(findImplementations(text, ['CommitProtocol']).length, 1);
    for (const hint of ['Hint 1:', 'Hint 2:', 'Hint 3:']) assert.ok(text.includes(hint));
    const named = /solutions\/[\w-]+\.ts/.exec(text)![0];
    const solved = await readFile(path.join(folder, named), 'utf8');
    assert.equal(findImplementations(solved, ['CommitProtocol']).length, 0);
  });
}

test('3-ask-a-neighbour.ts: the solution unblocks whoever can be unblocked', () => {
  const blocked = (scenario: string, wanted: { implementation?: unknown; algorithm?: string }) =>
    runLab(lab, { scenario, ...wanted }).report.metrics.blocked;
  assert.equal(blocked('coordinator-crash-between', { algorithm: 'two-phase' }), 1);
  assert.equal(blocked('coordinator-crash-between', { implementation: AskedANeighbour }), 0);
  assert.equal(blocked('coordinator-crash', { implementation: AskedANeighbour }), 2); // nobody knows: wait
});
