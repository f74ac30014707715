/** What the views draw of small runs of this lab, beside this file as text; see `labs/engine/testing/view-texts.ts`. */
import { test } from 'node:test';
import { viewTexts, type Seen } from '../../engine/testing/view-texts.ts';
import lab from '../lab.ts';

const runs: Record<string, Seen> = {
  'failover, server A is away': { scenario: 'failover', algorithm: 'weighted-bursty', at: 0.6 },
  'ten requests, one after the other': {
    algorithm: 'round-robin',
    parameters: { servers: 3, requests: 10, healthInterval: 0 },
    at: 0.5,
  },
};

for (const [name, seen] of Object.entries(runs)) {
  for (const [view, text] of Object.entries(viewTexts(lab, seen))) {
    test(`${name}: ${view}`, (t) => t.assert.snapshot(text, { serializers: [String] }));
  }
}
