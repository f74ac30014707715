/** Lenses stand on every algorithm of the bundled sources and the copies, and nowhere else. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { Catalogue } from '../../extension/labs/catalogue.ts';
import { bundled, copied, copyRoot, extension, lab, lensesOf, openLab, revertAll, type, waitFor } from './support.ts';

const four = ['Run', 'Run benchmark', 'Visualize', 'Debug'];
const entry = async (): Promise<LabEntry> =>
  new Catalogue(path.join((await extension()).extensionPath, 'dist')).lab(lab)!;

describe('code lenses', () => {
  afterEach(revertAll);

  it('stand on every algorithm, bundled and copied', async () => {
    await openLab();
    for (const { file, export: exported } of (await entry()).algorithms) {
      for (const uri of [bundled(file), copied(file)]) {
        const document = await vscode.workspace.openTextDocument(uri);
        const line = document
          .getText()
          .split('\n')
          .findIndex((text) => text.startsWith(`export class ${exported} `));
        const lenses = await waitFor(`lenses of ${uri.path}`, async () => {
          const found = await lensesOf(uri);
          return found.size > 0 ? found : undefined;
        });
        assert.deepEqual(lenses.get(line)?.slice(0, 4), four, uri.path);
      }
    }
  });

  it('stand on an algorithm of the learner’s own, as it is typed', async () => {
    await openLab();
    const uri = copied('mine.ts');
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    const [contract] = (await entry()).contracts;
    await type(uri, () => `\nexport class Mine implements ${contract} {`);
    assert.deepEqual((await lensesOf(uri)).get(1), four);
    await revertAll();
    await vscode.workspace.fs.delete(uri);
  });

  it('stand on a class however it is exported, and say why where there is nothing to run', async () => {
    await openLab();
    const [contract] = (await entry()).contracts;
    const uri = copied('mine.ts');
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    await type(uri, () => `export default class implements ${contract} {`);
    assert.deepEqual((await lensesOf(uri)).get(0), four);
    await type(uri, () => `class Mine implements ${contract} {}\nexport { Mine as Other };`);
    assert.deepEqual((await lensesOf(uri)).get(0), four);
    await type(uri, () => `class Mine implements ${contract} {`);
    assert.deepEqual((await lensesOf(uri)).get(0), ['To be run it must be exported: export class Mine']);
    await revertAll();
    await vscode.workspace.fs.delete(uri);
  });

  it('stand on no other TypeScript', async () => {
    await openLab();
    const [contract] = (await entry()).contracts;
    const text = `export class Elsewhere implements ${contract} {}\n`;
    const uri = vscode.Uri.file(path.join(path.dirname(copyRoot()), 'elsewhere.ts'));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(uri);
    assert.equal((await lensesOf(uri)).size, 0);
    await vscode.workspace.fs.delete(uri);
  });

  it('go when the setting says so', async () => {
    await openLab();
    const settings = vscode.workspace.getConfiguration('systemDesignLabs');
    await settings.update('codeLenses', false, vscode.ConfigurationTarget.Global);
    assert.equal((await lensesOf(copied('ring.ts'))).size, 0);
    await settings.update('codeLenses', undefined, vscode.ConfigurationTarget.Global);
    assert.equal((await lensesOf(copied('ring.ts'))).size, 1);
  });
});
