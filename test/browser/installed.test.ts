/** The package, installed into an empty profile: the bundled labs without a copy, and the walkthrough. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { filesWithPathsOf, problemsOf } from '../../scripts/package/package-files.ts';
import { root } from '../../scripts/folders.ts';
import { clickLens, screenshot } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { InstalledWindow } from './installed-window.ts';

let window: InstalledWindow;
before(async () => void (window = await InstalledWindow.open()));
after(() => window?.close());
keepPictureOfFailure(() => window?.page);

const passed = /as expected/;

test('what is installed is whole: every file that another one names is there, and no other', async () => {
  assert.deepEqual(await problemsOf(window.extensionPath), []);
  assert.deepEqual(await filesWithPathsOf(root, window.extensionPath), []);
});

test('the walkthrough opens, with a page beside each step', async () => {
  await window.openWalkthrough();
  await screenshot(window.page, 'installed-walkthrough');
});

const labs = [
  ['Consistent hashing', 'Hash ring', '.ring-stage canvas'],
  ['Load balancing', 'Round robin', '.lanes-body'],
  ['Rate limiting', 'Token bucket', '.lanes-body'],
  ['Rate limiting at several gateways', 'The store decides', '#app'],
  ['Two-phase commit', 'Two-phase commit', '#app'],
] as const;

test('the labs that are tried here are all that there are', async () => {
  const catalogue = await readFile(path.join(window.extensionPath, 'dist/catalogue.json'), 'utf8');
  const titles = (JSON.parse(catalogue) as { title: string }[]).map(({ title }) => title);
  assert.deepEqual(titles.sort(), labs.map(([title]) => title).sort());
});

for (const [lab, algorithm, picture] of labs) {
  test(`${lab}: ${algorithm} runs without a copy, and its picture is drawn`, async () => {
    const kept = await window.keptRuns();
    await window.openAlgorithm(lab, algorithm);
    await clickLens(window.page, 'Run');
    await window.lens(passed).waitFor();
    await window.panel().locator(picture).first().waitFor();
    await window.keptRuns(kept + 1);
    await screenshot(window.page, `installed-${lab.toLowerCase().replaceAll(' ', '-')}`);
  });
}
