/** The package, installed into an empty profile: first the bundled labs without a copy, then a copy; and every command there is. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { filesWithPathsOf, problemsOf } from '../../scripts/package/package-files.ts';
import { root } from '../../scripts/folders.ts';
import { clickLens, patienceMs, repeated, screenshot } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { InstalledWindow, until } from './installed-window.ts';

/** Gives keys to servers by the remainder: when one leaves, keys of others move, too. */
const moduloAgain = 'if (key) return [...this.#points.keys()][Number(key.slice(4)) % this.#points.size]!;';

let window: InstalledWindow;
before(async () => void (window = await InstalledWindow.open()));
after(() => window?.close());
keepPictureOfFailure(() => window?.page);

/** The commands that a test below has executed. */
const executed = new Set<string>();

/** Executes a command from the palette. @param name without `systemDesignLabs.` */
async function run(name: string): Promise<void> {
  executed.add(`systemDesignLabs.${name}`);
  await window.run(await titleOf(name));
}

/** Executes a command that the palette does not offer, from the line of a view that it is about. */
async function runOn(line: Locator, name: string): Promise<void> {
  executed.add(`systemDesignLabs.${name}`);
  const title = await titleOf(name);
  assert.equal(await window.offers(title), false, name);
  await window.runOn(line, title.replace('System Design Labs: ', ''));
}

async function titleOf(name: string): Promise<string> {
  const found = (await window.commands()).find(({ command }) => command === `systemDesignLabs.${name}`);
  if (!found) throw new Error(`There is no command ${name}`);
  return `System Design Labs: ${found.title}`;
}

const copy = (file: string): string => path.join(window.folder, 'system-design-labs', file);
const copied = (file: string): string => copy(`consistent-hashing/${file}`);
const bundled = (file: string): string => path.join(window.extensionPath, 'labs/consistent-hashing', file);
const openRing = (): Promise<void> =>
  window.openAlgorithm('Consistent hashing', 'Hash ring', 'consistent-hashing/ring.ts');
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
  ['Consistent hashing', 'Hash ring', 'consistent-hashing/ring.ts', '.ring-stage canvas'],
  ['Load balancing', 'Round robin', 'load-balancing/round-robin.ts', '.timeline-lane canvas'],
  ['Rate limiting', 'Token bucket', 'rate-limiting/token-bucket.ts', '.timeline-lane canvas'],
  [
    'Rate limiting at several gateways',
    'The store decides',
    'shared-rate-limit/store-decides.ts',
    'svg.sequence .shaft',
  ],
  ['Two-phase commit', 'Two-phase commit', 'two-phase-commit/two-phase.ts', 'svg.sequence .shaft'],
] as const;

test('the labs that are tried here are all that there are', async () => {
  const catalogue = await readFile(path.join(window.extensionPath, 'dist/catalogue.json'), 'utf8');
  const titles = (JSON.parse(catalogue) as { title: string }[]).map(({ title }) => title);
  assert.deepEqual(titles.sort(), labs.map(([title]) => title).sort());
});

for (const [lab, algorithm, file, picture] of labs) {
  test(`${lab}: ${algorithm} runs without a copy, and its picture is drawn`, async () => {
    const kept = await window.keptRuns();
    await window.openAlgorithm(lab, algorithm, file);
    await window.runAbove(passed);
    await window.panel().locator(picture).first().waitFor();
    await window.keptRuns(kept + 1);
    await screenshot(window.page, `installed-${lab.toLowerCase().replaceAll(' ', '-')}`);
  });
}

test('theory opens as a page that can be read', async () => {
  await window.openTheory('Two-phase commit');
  await screenshot(window.page, 'installed-theory');
  await window.page.keyboard.press('Control+w');
  await runOn(window.line('Two-phase commit'), 'openTheory');
  await window.page.locator('.tab.active', { hasText: 'Preview theory.md' }).waitFor();
});

test('an algorithm has its original opened from its line', async () => {
  await window.inLab('Consistent hashing', () => runOn(window.line('Jump hash'), 'openOriginal'));
  await window.page.locator('.tab.active', { hasText: 'jump.ts' }).waitFor();
});

test('the playground opens, runs anew, plays and steps by commands', async () => {
  await openRing();
  await run('openPlayground');
  await run('visualize');
  await window.panel().locator('.ring-stage canvas').first().waitFor();
  const kept = await window.keptRuns();
  await window.panel().getByRole('tab', { name: 'Ring' }).click(); // its commands are there while it has the focus
  await window.page.locator('.editor-group-container.active .tab.active', { hasText: 'Playground' }).waitFor();
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
  await window.panel().getByRole('button', { name: 'Play', exact: true }).waitFor();
});

test('another lab is picked from the list that its name opens', async () => {
  await openRing();
  await run('openPlayground');
  const lab = (name: string | RegExp) => window.panel().getByRole('button', { name });
  await repeated(() => lab(/^Lab: /).click(), window.page.locator('.quick-input-list'));
  await screenshot(window.page, 'installed-pick-lab');
  await window.pick('Two-phase commit');
  await lab('Lab: Two-phase commit').waitFor();
});

test('Debug stops at a breakpoint in a bundled algorithm', async () => {
  await openRing();
  await window.goToLineOf(bundled('ring.ts'), 'return circle.serverAt');
  await window.page.keyboard.press('F9');
  await window.page.locator('.codicon-debug-breakpoint').first().waitFor();
  await run('debug');
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor();
  await screenshot(window.page, 'installed-debug');
  await run('stop');
  await window.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  await window.page.keyboard.press('Control+j'); // the console that came with it takes the room of the editors
  await openRing();
  await window.lens(/stopped/).waitFor();
});

test('Run Benchmark says at the lens how fast a bundled algorithm is, beside a package; and can be cancelled', async () => {
  await openRing();
  await run('runBenchmark');
  await window.lens(/ops\/s · [\d.]+× consistent-hash/).waitFor({ timeout: 3 * patienceMs });
  await screenshot(window.page, 'installed-benchmark');
  await run('runBenchmark');
  await window.panel().getByText('Measuring…').waitFor();
  await run('cancelBenchmark');
  await window.panel().getByText('The benchmark was cancelled.').waitFor();
});

test('a run is saved as a file, which opens and runs again', async () => {
  await openRing();
  await run('run');
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
  await window.page.keyboard.press('Control+w');
  // It gives the focus away, which closes whatever is asked for meanwhile.
  await window.page.locator('.editor-instance .monaco-editor.focused').waitFor();
});

test('Open Lab makes a copy; what is typed into it runs, and no other text', async () => {
  await run('openLab');
  await window.pick('Consistent hashing');
  await window.page.locator('.tab.active', { hasText: 'modulo.ts' }).waitFor();
  await window.openFile(copied('ring.ts'));
  await window.goToLineOf(copied('ring.ts'), 'export class');
  await window.runAbove(passed);
  await window.panel().getByText('Runs your copy').waitFor();
  const original = await window.shownHash();
  await window.typeBelow(copied('ring.ts'), 'ownerOf(', moduloAgain);
  await window.runAbove(/broken/);
  assert.notEqual(await window.shownHash(original), original);
  await screenshot(window.page, 'installed-copy');
});

test('Stop ends a run of an endless loop', async () => {
  await window.typeBelow(copied('ring.ts'), 'ownerOf(', 'for (;;);');
  await run('run');
  await window.lens(/^Stop/).waitFor();
  await run('stop');
  await window.lens(/stopped/).waitFor();
});

test('an edited file is compared with the original, and put back', async () => {
  await run('compareWithOriginal');
  await window.page.locator('.tab.active', { hasText: 'original ↔ yours' }).waitFor();
  await window.openFile(copied('ring.ts'));
  await run('resetToOriginal');
  await window.goToLineOf(copied('ring.ts'), 'export class');
  await window.runAbove(passed);
});

test('a new algorithm is begun from the lab’s template, and runs', async () => {
  await run('newAlgorithm');
  await window.pick('Consistent hashing');
  await window.page.locator('.quick-input-widget input[type="text"]').fill('my-idea');
  await window.page.keyboard.press('Enter');
  await window.page.locator('.tab.active', { hasText: 'my-idea.ts' }).waitFor();
  await window.goToLineOf(copied('my-idea.ts'), 'export class');
  await window.runAbove(/as expected|held|broken|threw/);
});

test('the copy follows this version, and is mended when its record is broken', async () => {
  await run('updateCopy');
  await window.page.locator('.statusbar', { hasText: 'up to date' }).waitFor();
  await writeFile(copy('.system-design-labs/copy.json'), '<<<<<<< HEAD\n');
  await window.line('system-design-labs').filter({ hasText: 'its record is broken' }).waitFor();
  await run('mendCopy');
  await window.page.locator('.statusbar', { hasText: 'whole again' }).waitFor();
  const kept = await window.keptRuns();
  await clickLens(window.page, 'Run');
  await window.keptRuns(kept + 1);
});

test('the log opens', async () => {
  await run('showOutput');
  await window.page.locator('.panel .view-line', { hasText: 'finished' }).first().waitFor();
});

test('a kept run is shown and deleted from its line, and all of them at once', async () => {
  await window.unfold('Runs');
  const kept = await window.keptRuns();
  const shown = await window.shownHash();
  await runOn(window.line('Hash ring').first(), 'showRun');
  await window.shownHash(shown);
  await runOn(window.line('Hash ring').first(), 'deleteRun');
  await until(async () => (await window.keptRuns()) === kept - 1);
  await run('clearRuns');
  await window.page.getByRole('button', { name: 'Delete All', exact: true }).click();
  await until(async () => (await window.keptRuns()) === 0);
});

test('every command of the manifest was executed', async () => {
  assert.deepEqual([...executed].sort(), (await window.commands()).map(({ command }) => command).sort());
});

test('the page never complained', () => {
  assert.deepEqual(window.complaints, []);
});
