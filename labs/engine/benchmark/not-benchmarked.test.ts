import assert from 'node:assert/strict';
import { test } from 'node:test';
import { natureOf, type World } from '../lab/worlds.ts';
import { whyNotBenchmarked } from './not-benchmarked.ts';

test('a lab without nodes has no messages that its algorithms could cost', () => {
  assert.doesNotMatch(whyNotBenchmarked({ title: 'Counting', scenarios: scenariosIn('pure') }), /messages|waiting/);
  assert.match(
    whyNotBenchmarked({ title: 'Two-phase commit', scenarios: scenariosIn('simulated') }),
    /cost messages and waiting/,
  );
});

function scenariosIn(world: World) {
  return [{ id: 'x', title: 'X', question: 'Why?', contract: 'Any', world, nature: natureOf(world) }];
}
