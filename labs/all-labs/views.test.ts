/**
 * What the views draw of small runs of every lab, kept as text with the lab; see `labs/engine/testing/view-texts.ts`. After a
 * change that is meant: `node --test --test-update-snapshots labs/all-labs/views.test.ts`, and read the difference.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { viewTexts, type Seen } from '../engine/testing/view-texts.ts';
import { labsUnderTest } from './labs-under-test.ts';

const fileOf = (run: string): string => `${run.toLowerCase().replace(/[^a-z\d]+/g, '-')}.txt`;

for (const { name, folder, load } of labsUnderTest) {
  const declared = new URL('testing/views.ts', folder);
  const kept = new URL('testing/views/', folder);
  const runs: Record<string, Seen> = existsSync(declared) ? (await import(declared.href)).default : {};

  test(`${name}: testing/views.ts names small runs to look at, and nothing is kept of others`, () => {
    assert.ok(Object.keys(runs).length > 0, 'no run is looked at: see testing/views.ts of another lab');
    const others = existsSync(kept)
      ? readdirSync(kept).filter((file) => !Object.keys(runs).map(fileOf).includes(file))
      : [];
    assert.deepEqual(others, []);
  });

  for (const [run, seen] of Object.entries(runs)) {
    test(`${name}: what the views draw of ${run}`, async (t) => {
      const texts = Object.entries(viewTexts(await load(), seen)).map(([view, text]) => `━━ ${view}\n\n${text}\n`);
      t.assert.fileSnapshot(texts.join('\n'), fileURLToPath(new URL(fileOf(run), kept)), { serializers: [String] });
    });
  }
}
