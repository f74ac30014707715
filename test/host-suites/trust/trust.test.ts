/** In a workspace that is not trusted: the bundled labs run, the learner's own code does not. */
import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { createCopy } from '../../../extension/copy/create-copy.ts';
import { readMarker, writeMarker } from '../../../extension/copy/marker.ts';
import { answering, bundled, clickLens, copied, copyRoot, extension, lab, revertAll, verdictOf } from '../support.ts';

describe('an untrusted workspace', () => {
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const { extensionPath, packageJSON } = await extension();
    await createCopy(copyRoot(), [lab], { extensionPath, version: packageJSON.version });
  });
  afterEach(revertAll);

  it('writes nothing, whichever command asks for it', async () => {
    const marker = (await readMarker(copyRoot()))!;
    await writeMarker(copyRoot(), { ...marker, engineVersion: '0.0.1' });
    const uri = copied('jump.ts');
    await writeFile(uri.fsPath, '// mine\n');
    const before = await everything();
    const commands: [string, ...unknown[]][] = [
      ['openLab', 'rate-limiting'],
      ['newAlgorithm', lab, 'my-first-idea'],
      ['updateCopy'],
      ['mendCopy'],
      ['resetToOriginal', uri],
    ];
    for (const [name, ...args] of commands) {
      await answering('showWarningMessage', undefined, async (asked) => {
        await vscode.commands.executeCommand(`systemDesignLabs.${name}`, ...args);
        assert.match(String(asked), /not trusted/, name);
      });
    }
    assert.deepEqual(await everything(), before);
    assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
    const { contributes } = (await extension()).packageJSON;
    for (const [name] of commands) {
      const { enablement } = contributes.commands.find((each: { command: string }) =>
        each.command.endsWith(`.${name}`),
      );
      assert.match(enablement, /isWorkspaceTrusted/, name);
    }
  });

  it('runs a bundled lab', async () => {
    await vscode.window.showTextDocument(bundled('ring.ts'));
    await clickLens(bundled('ring.ts'), 'Run');
    assert.match(await verdictOf(bundled('ring.ts')), /^\$\(pass\)/);
  });

  it('does not run a copy, and says why', async () => {
    await vscode.window.showTextDocument(copied('ring.ts'));
    await clickLens(copied('ring.ts'), 'Run');
    assert.equal(await verdictOf(copied('ring.ts')), '$(error)\u00a0not trusted here');
  });

  it('does not debug a copy', async () => {
    await clickLens(copied('ring.ts'), 'Debug');
    assert.equal(await verdictOf(copied('ring.ts')), '$(error)\u00a0not trusted here');
    assert.equal(vscode.debug.activeDebugSession, undefined);
  });

  it('does not take the limits of a run from the workspace', async () => {
    const file = vscode.Uri.file(path.join(path.dirname(copyRoot()), '.vscode/settings.json'));
    const text = JSON.stringify({ 'systemDesignLabs.memoryLimit': 16384, 'systemDesignLabs.runDeadline': 3600 });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const { capabilities } = (await extension()).packageJSON;
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'systemDesignLabs.runDeadline',
      'systemDesignLabs.memoryLimit',
    ]);
    assert.equal(vscode.workspace.getConfiguration('systemDesignLabs').get('memoryLimit'), 1024);
  });
});

/** Every file of the copy with its text. */
async function everything(): Promise<string[]> {
  const entries = await readdir(copyRoot(), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return Promise.all(files.sort().map(async (file) => `${file}: ${await readFile(file, 'utf8')}`));
}
