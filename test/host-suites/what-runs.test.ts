/** The file under the lens is the file that runs, and a copy that has gone is refused; a new panel shows what goes on. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Copies } from '../../extension/copies/copies.ts';
import { createCopy } from '../../extension/copy/create-copy.ts';
import { Catalogue } from '../../extension/labs/catalogue.ts';
import { Texts } from '../../extension/runs/texts.ts';
import {
  clickLens,
  copied,
  extension,
  lab,
  lensesOf,
  openLab,
  revertAll,
  type,
  verdictOf,
  waitFor,
} from './support.ts';

/** The text of an algorithm with a statement at the start of `ownerOf`. */
const inOwnerOf = (text: string, statement: string): string =>
  text.replace(/^ {2}ownerOf\(.*\{$/m, (head) => `${head}\n    ${statement}`);

const throwing = (what: string): string => `throw new Error('${what}');`;

/** Tabs of playgrounds, open or lost. */
const playgrounds = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('playground'));

async function put(file: string, text: string): Promise<vscode.Uri> {
  const uri = copied(file);
  await mkdir(path.dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
  return uri;
}

describe('what runs', function () {
  this.timeout(180_000); // the first test makes four runs
  let ring: string;
  const own: vscode.Uri[] = [];

  before(async () => {
    await openLab();
    ring = await readFile(copied('ring.ts').fsPath, 'utf8');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('systemDesignLabs.stop');
    await revertAll();
    for (const uri of own.splice(0)) await rm(uri.fsPath, { force: true });
  });

  it('is the file under the lens, whatever its class is called and whichever folder it lies in', async () => {
    const mine = ring.replace('export class Ring ', 'export class Mine ');
    const deeper = mine.replaceAll("from './", "from '../");
    own.push(await put('ring copy.ts', inOwnerOf(ring, throwing('the copy of the ring'))));
    own.push(await put('mine.ts', mine));
    own.push(await put('backup/mine.ts', inOwnerOf(deeper, throwing('the mine of the backup'))));
    const [ringCopy, above, below] = own as [vscode.Uri, vscode.Uri, vscode.Uri];
    for (const [uri, expected] of [
      [ringCopy, /threw an error/],
      [copied('ring.ts'), /^\$\(pass\)/],
      [above, /^\$\(pass\)/],
      [below, /threw an error/],
    ] as const) {
      await vscode.window.showTextDocument(uri);
      await clickLens(uri, 'Run');
      assert.match(await verdictOf(uri), expected, uri.path);
    }
    assert.match(await verdictOf(above), /^\$\(pass\)/, 'each lens speaks of its own file');
    assert.match(await verdictOf(copied('ring.ts')), /^\$\(pass\)/);
    const problems = vscode.languages.getDiagnostics(below).filter(({ source }) => source === 'System Design Labs');
    assert.match(problems[0]!.message, /the mine of the backup/);
  });

  it('of several classes in a file is the one under the lens', async () => {
    const second = `\nexport class Second extends Ring implements KeyPlacement {\n  override ownerOf(): string {\n    ${throwing('the second')}\n  }\n}\n`;
    await type(copied('ring.ts'), (text) => text + second);
    const lenses = [...(await lensesOf(copied('ring.ts'))).keys()];
    assert.equal(lenses.length, 2);
    const commands = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      copied('ring.ts'),
      100,
    );
    const run = commands.find(({ range, command }) => range.start.line === lenses[1] && command?.title === 'Run')!;
    await vscode.commands.executeCommand(run.command!.command, ...run.command!.arguments!);
    await waitFor('the second to throw', () =>
      vscode.languages.getDiagnostics(copied('ring.ts')).find(({ message }) => message.includes('the second')),
    );
  });

  it('is nothing once the copy has gone, noticed or not, and the copy again when it is back', async () => {
    const { extensionPath, packageJSON } = await extension();
    const product = { extensionPath, version: packageJSON.version };
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-what-runs-'));
    const root = path.join(folder, 'copy');
    await createCopy(root, [lab], product);
    const memory = { get: () => [root], update: async () => {}, keys: () => [] } as unknown as vscode.Memento;
    const log = vscode.window.createOutputChannel('What runs', { log: true });
    const copies = new Copies(product, memory, log);
    await copies.refresh();
    const texts = new Texts(new Catalogue(path.join(extensionPath, 'dist')), copies);
    const target = { lab, algorithm: 'ring', root };
    const gone = (error: { failure?: { reason: string } }): boolean => error.failure?.reason === 'gone';
    try {
      assert.deepEqual(await texts.sourceOf(target), { kind: 'folder', root, label: 'copy' });
      await rename(root, `${root}-away`);
      await assert.rejects(texts.sourceOf(target), gone, 'before anybody has noticed');
      await copies.refresh();
      await assert.rejects(texts.sourceOf(target), gone);
      assert.equal(texts.nameOf(root).label, 'copy', 'it can still be named');
      await rename(`${root}-away`, root);
      await copies.refresh();
      assert.deepEqual(await texts.sourceOf(target), { kind: 'folder', root, label: 'copy' });
    } finally {
      vscode.Disposable.from(copies, log).dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is shown in the place of a panel that has lost its host, not beside it', async () => {
    await vscode.window.tabGroups.close(playgrounds());
    // Another host's panel, as after a restart of the extensions.
    const lost = vscode.window.createWebviewPanel('systemDesignLabs.playground', 'Playground', vscode.ViewColumn.Two);
    let gone = false;
    lost.onDidDispose(() => (gone = true));
    const tab = await waitFor('the lost panel', () => playgrounds()[0]);
    const { viewColumn } = tab.group;
    await vscode.commands.executeCommand('systemDesignLabs.openPlayground');
    await waitFor('its end', () => (gone && playgrounds().length === 1 ? true : undefined));
    assert.equal(playgrounds()[0]!.group.viewColumn, viewColumn);
  });

  it('goes on in a panel that is opened anew, and there is one panel', async () => {
    await type(copied('ring.ts'), (text) => inOwnerOf(text, 'for (;;);'));
    void clickLens(copied('ring.ts'), 'Run');
    await waitFor('the lens to say Stop', async () => {
      const [titles] = (await lensesOf(copied('ring.ts'))).values();
      return titles?.[0] === 'Stop' ? true : undefined;
    });
    await waitFor('the playground', () => playgrounds()[0]);
    await vscode.window.tabGroups.close(playgrounds());
    assert.equal(playgrounds().length, 0);
    await vscode.commands.executeCommand('systemDesignLabs.openPlayground');
    await waitFor('the playground', () => playgrounds()[0]);
    await vscode.commands.executeCommand('systemDesignLabs.stop');
    assert.equal(await verdictOf(copied('ring.ts')), '$(circle-slash)\u00a0stopped');
    assert.equal(playgrounds().length, 1);
  });
});
