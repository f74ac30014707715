/** New Algorithm: a file from the lab's template, in the copy, that runs like the rest. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { clickLens, copied, extension, lab, lensesOf, ourProblems, revertAll, verdictOf, waitFor } from './support.ts';

describe('New Algorithm', function () {
  this.timeout(120_000);
  afterEach(revertAll);

  it('makes a file in the copy, opens it with lenses, and it runs up to the check that is to be mended', async () => {
    await extension();
    await vscode.commands.executeCommand('systemDesignLabs.newAlgorithm', lab, 'my-first-idea');
    const uri = copied('my-first-idea.ts');
    const { document } = await waitFor('its editor', () => vscode.window.activeTextEditor);
    assert.equal(document.uri.fsPath, uri.fsPath);
    assert.match(document.getText(), /export class MyFirstIdea implements KeyPlacement/);
    const [titles] = (await lensesOf(uri)).values();
    assert.deepEqual(titles?.slice(0, 4), ['Run', 'Run benchmark', 'Visualize', 'Debug']);
    assert.equal((await lensesOf(copied('placement.ts'))).size, 0);

    await clickLens(uri, 'Run');
    assert.match(await verdictOf(uri), /monotonicity broken/);
    assert.deepEqual(
      vscode.languages.getDiagnostics(uri).filter((problem) => !ourProblems(uri).includes(problem)),
      [],
    );
    assert.equal(await readFile(uri.fsPath, 'utf8'), document.getText());
  });
});
