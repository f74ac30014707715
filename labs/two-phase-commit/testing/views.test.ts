/** What the views draw of small runs of this lab, beside this file as text; see `labs/engine/testing/view-texts.ts`. */
import { test } from 'node:test';
import { viewTexts, type Seen } from '../../engine/testing/view-texts.ts';
import lab from '../lab.ts';

const runs: Record<string, Seen> = {
  'two phases, while votes are in doubt': { algorithm: 'two-phase', scenario: 'four-orders', at: 0.2 },
  'two phases, at the end': { algorithm: 'two-phase', scenario: 'four-orders', at: 1 },
  'three phases, the coordinator is dead': { algorithm: 'three-phase', scenario: 'coordinator-crash-between', at: 0.7 },
};

for (const [name, seen] of Object.entries(runs)) {
  for (const [view, text] of Object.entries(viewTexts(lab, seen))) {
    test(`${name}: ${view}`, (t) => t.assert.snapshot(text, { serializers: [String] }));
  }
}
