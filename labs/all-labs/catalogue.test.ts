/** How much of the labs a panel is sent at its start, when there are as many as there are to be. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { describeLab, headOf, withoutTours } from '../engine/lab/catalogue.ts';
import type { Lab } from '../engine/lab/lab.ts';

const labs = new URL('../', import.meta.url);
const folders = readdirSync(labs).filter((name) => existsSync(new URL(`${name}/lab.ts`, labs)));
const entries = await Promise.all(
  folders.map(async (name) => {
    const { default: lab } = (await import(new URL(`${name}/lab.ts`, labs).href)) as { default: Lab };
    return describeLab(lab);
  }),
);
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('the heads of 48 labs are at most 15 KB', () => {
  const heads = Array.from({ length: 48 }, (_, i) => headOf(entries[i % entries.length]!));
  assert.ok(sizeOf(heads) <= 15_000, `${sizeOf(heads)} bytes`);
});

for (const entry of entries) {
  test(`${entry.id}: without its tours it is at most 40 KB`, () => {
    assert.ok(sizeOf(withoutTours(entry)) <= 40_000, `${sizeOf(withoutTours(entry))} bytes`);
  });
}
