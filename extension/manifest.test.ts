/** What package.json says where the code says it as well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };
import { contextKey } from './ids.ts';

test('the setting of the seed allows every seed that a run allows, and no other', () => {
  const { minimum, maximum } = manifest.contributes.configuration.properties['systemDesignLabs.seed'];
  assert.deepEqual([minimum, maximum], [0, Number.MAX_SAFE_INTEGER]);
});

test('the walkthrough has a lab opened when one is open, not when somebody asks for one', () => {
  const [open] = manifest.contributes.walkthroughs[0]!.steps;
  assert.deepEqual(open!.completionEvents, [`onContext:${contextKey.labOpened}`]);
});
