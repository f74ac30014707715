/** What the views draw of small runs of this lab, beside this file as text; see `labs/engine/testing/view-texts.ts`. */
import { test } from 'node:test';
import { viewTexts, type Seen } from '../../engine/testing/view-texts.ts';
import lab from '../lab.ts';

const runs: Record<string, Seen> = {
  'two gateways read the same count': {
    algorithm: 'read-then-write',
    parameters: { gateways: 2, requests: 8, limit: 4 },
    at: 0.6,
  },
};

for (const [name, seen] of Object.entries(runs)) {
  for (const [view, text] of Object.entries(viewTexts(lab, seen))) {
    test(`${name}: ${view}`, (t) => t.assert.snapshot(text, { serializers: [String] }));
  }
}
