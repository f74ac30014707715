/** What the views draw of small runs of this lab, beside this file as text; see `labs/engine/testing/view-texts.ts`. */
import { test } from 'node:test';
import { viewTexts, type Seen } from '../../engine/testing/view-texts.ts';
import lab from '../lab.ts';

const runs: Record<string, Seen> = {
  'a token bucket, half-way': { algorithm: 'token-bucket', scenario: 'burst-after-silence', at: 0.5 },
  'a fixed window, at the end': { algorithm: 'fixed-window', scenario: 'boundary-burst', at: 1 },
};

for (const [name, seen] of Object.entries(runs)) {
  for (const [view, text] of Object.entries(viewTexts(lab, seen))) {
    test(`${name}: ${view}`, (t) => t.assert.snapshot(text, { serializers: [String] }));
  }
}
