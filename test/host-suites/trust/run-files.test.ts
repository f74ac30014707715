/** A run file in a workspace that is not trusted: it opens, and its code does not run. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { runAndSave, withCode } from '../run-file-support.ts';
import { answering, bundled, extension, revertAll, waitFor } from '../support.ts';

describe('a run file in an untrusted workspace', () => {
  before(extension);
  afterEach(revertAll);

  it('opens, and does not run what it carries', async () => {
    const { uri, marker } = await withCode(await runAndSave(bundled('ring.ts'), 'basis.sdlrun'), 'foreign.sdlrun');
    await vscode.commands.executeCommand('vscode.open', uri);
    await waitFor('its editor', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom ? input : undefined;
    });
    await answering('showWarningMessage', undefined, async (asked) => {
      await vscode.commands.executeCommand('systemDesignLabs.runFileAgain', uri);
      assert.match(String(asked), /not trusted/);
    });
    assert.equal(existsSync(marker), false);
  });
});
