/** The package for platforms that have none of their own: the same as this platform's, without esbuild. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { problemsOf } from '../../scripts/package/package-files.ts';
import { clickLens, patienceMs, screenshot } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { InstalledWindow } from './installed-window.ts';

/** Gives keys to servers by the remainder: when one leaves, keys of others move, too. */
const moduloAgain = 'if (key) return [...this.#points.keys()][Number(key.slice(4)) % this.#points.size]!;';

let window: InstalledWindow;
before(async () => void (window = await InstalledWindow.open('universal')));
after(() => window?.close());
keepPictureOfFailure(() => window?.page);

test('it is whole, and has no esbuild', async () => {
  assert.deepEqual(await problemsOf(window.extensionPath), []);
  assert.equal(existsSync(path.join(window.extensionPath, 'dist/node_modules')), false);
});

const ofEachWorld = [
  ['Two-phase commit', 'Two-phase commit', 'two-phase-commit/two-phase.ts', 'svg.sequence .shaft'],
  ['Consistent hashing', 'Hash ring', 'consistent-hashing/ring.ts', '.ring-stage canvas'],
] as const;

for (const [lab, algorithm, file, picture] of ofEachWorld) {
  test(`${lab}: ${algorithm} runs without a copy, and its picture is drawn`, async () => {
    await window.openAlgorithm(lab, algorithm, file);
    await window.runAbove(/as expected/);
    await window.panel().locator(picture).first().waitFor();
  });
}

test('Run Benchmark says at the lens how fast a bundled algorithm is, beside a package', async () => {
  await clickLens(window.page, 'Run benchmark');
  await window.lens(/ops\/s · [\d.]+× consistent-hash/).waitFor({ timeout: 3 * patienceMs });
});

test('what is typed into a copy runs, and no other text', async () => {
  const ring = path.join(window.folder, 'system-design-labs/consistent-hashing/ring.ts');
  await window.run('System Design Labs: Open Lab…');
  await window.pick('Consistent hashing');
  await window.page.locator('.tab.active', { hasText: 'modulo.ts' }).waitFor();
  await window.openFile(ring);
  await window.typeBelow(ring, 'ownerOf(', moduloAgain);
  await window.runAbove(/broken/);
  await window.panel().getByText('Runs your copy').waitFor();
  await screenshot(window.page, 'installed-universal-copy');
});

test('the page never complained', () => {
  assert.deepEqual(window.complaints, []);
});
