/** The package for platforms that have none of their own: the same as this platform's, without esbuild. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { problemsOf } from '../../scripts/package/package-files.ts';
import { clickLens } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { InstalledWindow } from './installed-window.ts';

let window: InstalledWindow;
before(async () => void (window = await InstalledWindow.open('universal')));
after(() => window?.close());
keepPictureOfFailure(() => window?.page);

test('it is whole, and has no esbuild', async () => {
  assert.deepEqual(await problemsOf(window.extensionPath), []);
  assert.equal(existsSync(path.join(window.extensionPath, 'dist/node_modules')), false);
});

test('a bundled lab runs, and its picture is drawn', async () => {
  await window.openAlgorithm('Consistent hashing', 'Hash ring');
  await clickLens(window.page, 'Run');
  await window.lens(/as expected/).waitFor();
  await window.panel().locator('.ring-stage canvas').first().waitFor();
});
