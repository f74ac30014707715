/** What every lab must be and have. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { complaintsAboutLab } from '../engine/testing/check-lab.ts';

const labs = new URL('../', import.meta.url);
const folders = readdirSync(labs).filter((name) => existsSync(new URL(`${name}/lab.ts`, labs)));

for (const name of folders) {
  test(`${name}: it has all that a lab must have, and its runs are as it says`, async () => {
    const folder = new URL(`${name}/`, labs);
    const { default: lab } = (await import(new URL('lab.ts', folder).href)) as { default: unknown };
    assert.deepEqual(complaintsAboutLab(lab, folder), []);
  });
}
