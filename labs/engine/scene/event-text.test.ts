import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEvent } from './event-text.ts';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';
import { eventAt } from './trace-view.ts';

const say = (event: HandMadeEvent): string => describeEvent(eventAt(handMadeTrace([event]), 0));

test('a message that is about an item bears its name, the others their number', () => {
  assert.equal(
    say({ kind: 'deliver', node: 'balancer', peer: 'proxy', label: 'request-', id: 13823 }),
    'balancer receives request-13823 from proxy',
  );
  assert.equal(
    say({ kind: 'send', node: 'client', peer: 'coordinator', label: 'begin', id: 1 }),
    'client sends begin #1 to coordinator',
  );
});

test('what comes from nobody in the picture comes from the workload', () => {
  assert.equal(
    say({ kind: 'deliver', node: 'balancer', label: 'request-', id: 7 }),
    'balancer receives request-7 from the workload',
  );
  assert.equal(
    say({ kind: 'drop', peer: 'balancer', label: 'request-', id: 7, value: 3 }),
    'request-7 from the workload to balancer is lost: dropped by hand',
  );
});
