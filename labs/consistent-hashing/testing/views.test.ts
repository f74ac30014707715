/** What the views draw of small runs of this lab, beside this file as text; see `labs/engine/testing/view-texts.ts`. */
import { test } from 'node:test';
import { viewTexts, type Seen } from '../../engine/testing/view-texts.ts';
import lab from '../lab.ts';

const runs: Record<string, Seen> = {
  'four servers, one leaves': {
    algorithm: 'ring',
    seed: 2,
    parameters: { servers: 4, keys: 12, remove: 1, add: 0, virtualNodes: 2 },
    at: 1,
  },
};

for (const [name, seen] of Object.entries(runs)) {
  for (const [view, text] of Object.entries(viewTexts(lab, seen))) {
    test(`${name}: ${view}`, (t) => t.assert.snapshot(text, { serializers: [String] }));
  }
}
