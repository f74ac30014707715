/** The package, installed into an empty profile: first the bundled labs without a copy, then a copy; and every command there is. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { filesWithPathsOf, problemsOf } from '../../scripts/package/package-files.ts';
import { root } from '../../scripts/folders.ts';
import { clickLens, patienceMs, screenshot } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { InstalledWindow, until } from './installed-window.ts';

let window: InstalledWindow;
before(async () => void (window = await InstalledWindow.open()));
after(() => window?.close());
keepPictureOfFailure(() => window?.page);

/** By command: whether a test below has executed it, or its place in the palette is looked at there. */
const executed = new Set<string>();

/** Executes a command from the palette. @param name without `systemDesignLabs.` */
async function run(name: string): Promise<void> {
  executed.add(`systemDesignLabs.${name}`);
  await window.run(await titleOf(name));
}

async function titleOf(name: string): Promise<string> {
  const found = (await window.commands()).find(({ command }) => command === `systemDesignLabs.${name}`);
  if (!found) throw new Error(`There is no command ${name}`);
  return `System Design Labs: ${found.title}`;
}

/** A command that is executed elsewhere than in the palette, and not offered there. */
async function hidden(name: string): Promise<void> {
  executed.add(`systemDesignLabs.${name}`);
  assert.equal(await window.offers(await titleOf(name)), false, name);
}

const copied = (file: string): string => path.join(window.folder, 'system-design-labs/consistent-hashing', file);
const bundled = (file: string): string => path.join(window.extensionPath, 'labs/consistent-hashing', file);
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
  ['Load balancing', 'Round robin', '.stage canvas, .stage svg'],
  ['Rate limiting', 'Token bucket', '.stage canvas, .stage svg'],
  ['Rate limiting at several gateways', 'The store decides', '.stage canvas, .stage svg'],
  ['Two-phase commit', 'Two-phase commit', '.stage canvas, .stage svg'],
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

test('theory opens as a page that can be read', async () => {
  await hidden('openTheory');
  await window.openTheory('Two-phase commit');
  await screenshot(window.page, 'installed-theory');
});

test('the playground opens, runs anew, plays and steps by commands', async () => {
  await window.openAlgorithm('Consistent hashing', 'Hash ring');
  await run('openPlayground');
  await run('visualize');
  await window.panel().locator('.ring-stage canvas').first().waitFor();
  const kept = await window.keptRuns();
  await run('playground.run');
  await window.keptRuns(kept + 1);
  await window.panel().getByRole('button', { name: 'To the beginning' }).click();
  await window.event((event) => event === 1);
  await run('playground.step');
  await window.event((event) => event === 2);
  await run('playground.stepBack');
  await window.event((event) => event === 1);
  await run('playground.nextMark');
  const mark = await window.event((event) => event > 1);
  await run('playground.previousMark');
  await window.event((event) => event < mark);
  await run('playground.play');
  await window.panel().getByRole('button', { name: 'Pause' }).waitFor();
  await run('playground.play');
  await window.panel().getByRole('button', { name: 'Play' }).waitFor();
});

test('Debug stops at a breakpoint in a bundled algorithm', async () => {
  await window.openAlgorithm('Consistent hashing', 'Hash ring');
  await window.goToLineOf(bundled('ring.ts'), 'return circle.serverAt');
  await window.page.keyboard.press('F9');
  await run('debug');
  await window.page.locator('.debug-toolbar').waitFor();
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor();
  await screenshot(window.page, 'installed-debug');
  await window.page.keyboard.press('Shift+F5');
  await window.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
});

test('Run Benchmark says at the lens how fast a bundled algorithm is, beside a package', async () => {
  await window.openAlgorithm('Consistent hashing', 'Hash ring');
  await run('runBenchmark');
  await window.lens(/ops\/s · [\d.]+× consistent-hash/).waitFor({ timeout: 3 * patienceMs });
  await run('cancelBenchmark');
  await screenshot(window.page, 'installed-benchmark');
});

test('a run is saved as a file, which opens and runs again', async () => {
  await run('visualize');
  const hash = await window.shownHash();
  const file = path.join(window.folder, 'kept.sdlrun');
  await run('saveRun');
  await window.answerWithFile(file);
  await until(() => existsSync(file));
  await run('openRunFile');
  await window.answerWithFile(file);
  assert.equal(await window.shownHash(undefined, window.panel('run file')), hash);
  const kept = await window.keptRuns();
  await run('runFileAgain');
  await window.keptRuns(kept + 1);
  await screenshot(window.page, 'installed-run-file');
});

test('Open Lab makes a copy; what is typed into it runs, and Stop ends it', async () => {
  await run('openLab');
  await window.pick('Consistent hashing');
  await until(() => existsSync(copied('ring.ts')));
  await window.openFile('ring.ts');
  await clickLens(window.page, 'Run');
  await window.lens(passed).waitFor();
  await window.goToLineOf(copied('ring.ts'), 'ownerOf(');
  await window.page.keyboard.press('End');
  await window.page.keyboard.insertText(`\n    for (;;);`);
  await window.goToLineOf(copied('ring.ts'), 'export class Ring');
  await run('run');
  await window.lens(/^Stop/).waitFor();
  await run('stop');
  await window.lens(/stopped/).waitFor();
});

test('an edited file is compared with the original, and put back', async () => {
  await run('compareWithOriginal');
  await window.page.locator('.tab.active', { hasText: 'original ↔ yours' }).waitFor();
  await window.openFile('ring.ts');
  await run('resetToOriginal');
  await window.openFile('ring.ts');
  await clickLens(window.page, 'Run');
  await window.lens(passed).waitFor();
  await hidden('openOriginal');
});

test('a new algorithm is begun from the lab’s template, and runs', async () => {
  await run('newAlgorithm');
  await window.pick('Consistent hashing');
  await window.page.locator('.quick-input-widget input[type="text"]').fill('my-idea');
  await window.page.keyboard.press('Enter');
  await window.page.locator('.tab.active', { hasText: 'my-idea.ts' }).waitFor();
  await clickLens(window.page, 'Run');
  await window.lens(/checks? as expected|held|broken|threw/).waitFor();
});

test('the copy follows this version; the log opens; kept runs can be deleted', async () => {
  await run('updateCopy');
  await window.page.locator('.statusbar', { hasText: 'up to date' }).waitFor();
  await run('showOutput');
  await window.page.locator('.panel .view-line', { hasText: 'finished' }).first().waitFor();
  for (const name of ['showRun', 'deleteRun']) await hidden(name);
  await run('clearRuns');
  await window.page.getByRole('button', { name: 'Delete All', exact: true }).click();
  await until(async () => (await window.keptRuns()) === 0);
});

test('every command of the manifest was executed, or is hidden', async () => {
  assert.deepEqual([...executed].sort(), (await window.commands()).map(({ command }) => command).sort());
});

test('the page never complained', () => {
  assert.deepEqual(window.complaints, []);
});
