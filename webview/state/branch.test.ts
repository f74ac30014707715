import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { handMadeTrace } from '../../labs/engine/scene/hand-made.ts';
import { branchAt, interventionAfter } from './branch.ts';

const trace = handMadeTrace([
  { kind: 'join', node: 'a', time: 0 },
  { kind: 'intervention', label: 'crash', node: 'b', time: 1 },
  { kind: 'crash', node: 'b', time: 1 },
  { kind: 'send', node: 'a', peer: 'b', label: 'hello', id: 1, time: 2 },
  { kind: 'intervention', label: 'drop', node: 'a', time: 2 },
  { kind: 'mark', label: 'later', time: 3 },
]);

const run = {
  id: '00000000-0000-4000-8000-000000000001',
  lab: 'l',
  algorithm: 'x',
  scenario: 's',
  seed: 1,
  parameters: {},
  interventions: [
    { anchor: 'a#0', action: 'crash', arguments: { node: 'b' } },
    { anchor: 'a#1', action: 'drop', arguments: {} },
  ],
} as unknown as RunSummary;
const crash = { id: 'crash', title: 'Crash' };

describe('a branch', () => {
  it('is anchored at the name of the event under the cursor, or at its operation in a pure lab', () => {
    const anchorOf = (cursor: number, clock: 'operations' | 'virtual') =>
      branchAt({ ...run, interventions: [] }, trace, cursor, clock, { action: crash, target: { node: 'a' } })
        .interventions![0]!.anchor;
    assert.equal(anchorOf(3, 'virtual'), 'a#1');
    assert.equal(anchorOf(5, 'virtual'), '#0');
    assert.equal(anchorOf(3, 'operations'), '#2');
  });

  it('keeps what was done before the cursor, and leaves out what was done after it', () => {
    const actions = (cursor: number) =>
      branchAt(run, trace, cursor, 'virtual', { action: crash, target: { node: 'a' } }).interventions!.map(
        ({ action }) => action,
      );
    assert.deepEqual(actions(2), ['crash', 'crash']);
    assert.deepEqual(actions(3), ['crash', 'drop', 'crash']);
  });

  it('names the target as the action wants it named', () => {
    const argumentsFor = (
      action: { id: string; title: string; argument?: string },
      target: { node: string } | { position: number },
    ) => branchAt(run, trace, 0, 'virtual', { action, target }).interventions!.at(-1)!.arguments;
    assert.deepEqual(argumentsFor(crash, { node: 'a' }), { node: 'a' });
    assert.deepEqual(argumentsFor({ ...crash, argument: 'server' }, { node: 'a' }), { server: 'a' });
    assert.deepEqual(argumentsFor(crash, { position: 0.5 }), {});
    assert.deepEqual(argumentsFor({ ...crash, argument: 'at' }, { position: 0.5 }), { at: 0.5 });
  });

  it('parts from its parent at the first intervention after the cursor', () => {
    assert.equal(interventionAfter(trace, 0), 1);
    assert.equal(interventionAfter(trace, 1), 4);
    assert.equal(interventionAfter(trace, 4), -1);
  });
});
