/** A learner's copy: made, free of problems, compared, put back, brought up to date. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { bundledFiles, listFiles } from '../../extension/copy/layout.ts';
import { readMarker, textHash, writeMarker } from '../../extension/copy/marker.ts';
import { bundled, copied, copyRoot, extension, lab, openLab, revertAll, type, waitFor } from './support.ts';

const original = async (file: string): Promise<string> =>
  readFile(path.join((await extension()).extensionPath, 'labs', lab, file), 'utf8');

describe("a learner's copy", function () {
  // The language server reads the whole lab, and the types of Node, more than once.
  this.timeout(180_000);
  afterEach(revertAll);

  it('is made by Open Lab, which opens the first algorithm and the playground beside it', async () => {
    await openLab();
    const editor = await waitFor('the editor', () => vscode.window.activeTextEditor);
    assert.equal(path.dirname(editor.document.uri.fsPath), path.join(copyRoot(), lab));
    const panel = await waitFor('the playground', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('systemDesignLabs')),
    );
    assert.notEqual(panel.group.viewColumn, editor.viewColumn);
    const { extensionPath, packageJSON } = await extension();
    assert.deepEqual(
      await listFiles(path.join(copyRoot(), lab)),
      await bundledFiles({ extensionPath, version: packageJSON.version }, lab),
    );
    assert.equal((await readMarker(copyRoot()))?.engineVersion, packageJSON.version);
  });

  it('shows no problem in any file', async () => {
    await openLab();
    await assertNoProblems();
  });

  it('compares a file with its original', async () => {
    await openLab();
    await vscode.commands.executeCommand('systemDesignLabs.compareWithOriginal', copied('ring.ts'));
    const input = await waitFor('the comparison', () => {
      const found = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return found instanceof vscode.TabInputTextDiff ? found : undefined;
    });
    assert.equal(input.original.toString(), bundled('ring.ts').toString());
    assert.equal(input.modified.fsPath, copied('ring.ts').fsPath);
  });

  it('puts the original text back by an edit that Undo takes back', async () => {
    await openLab();
    const document = await type(copied('ring.ts'), (text) => `// mine\n${text}`);
    await vscode.commands.executeCommand('systemDesignLabs.resetToOriginal', document.uri);
    assert.equal(document.getText(), await original('ring.ts'));
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /^\/\/ mine\n/);
  });

  it('follows a new version where it is unedited, and keeps what is edited', async () => {
    await openLab();
    const marker = (await readMarker(copyRoot()))!;
    const [older, mine] = ['// an older text\n', '// my own text\n'];
    // As if both files had come with an older version, and one had been edited since.
    await writeFile(copied('jump.ts').fsPath, older);
    await writeFile(copied('ring.ts').fsPath, mine);
    const files = { ...marker.files, [`${lab}/jump.ts`]: textHash(older), [`${lab}/ring.ts`]: textHash(older) };
    await writeMarker(copyRoot(), { ...marker, engineVersion: '0.0.1', files });
    await vscode.commands.executeCommand('systemDesignLabs.updateCopy');
    assert.equal(await readFile(copied('jump.ts').fsPath, 'utf8'), await original('jump.ts'));
    assert.equal(await readFile(copied('ring.ts').fsPath, 'utf8'), mine);
    assert.equal((await readMarker(copyRoot()))!.engineVersion, (await extension()).packageJSON.version);

    await writeFile(copied('ring.ts').fsPath, await original('ring.ts'));
    await assertNoProblems();
  });

  it('gets its types from this installation again after the extension has moved', async () => {
    await openLab();
    const types = path.join(copyRoot(), '.system-design-labs/tsconfig.json');
    const now = await readFile(types, 'utf8');
    // As an installation in another place had written it.
    await writeFile(types, now.replaceAll((await extension()).extensionPath, '/elsewhere'));
    await vscode.commands.executeCommand('systemDesignLabs.updateCopy');
    assert.equal(await readFile(types, 'utf8'), now);
    await assertNoProblems();
  });
});

/** Opens every source of the copy and waits until the language server has had its say about all of them. */
async function assertNoProblems(): Promise<void> {
  const files = (await listFiles(path.join(copyRoot(), lab))).filter((file) => file.endsWith('.ts'));
  assert.ok(files.length > 5);
  for (const file of files) await vscode.workspace.openTextDocument(copied(file));
  // A mistake typed into the last file shows that the server has come round to it.
  const last = copied(files.at(-1)!);
  const document = await type(last, (text) => `${text}\nconst typed: number = 'wrong';\n`);
  await waitFor(
    'the language server',
    () => (vscode.languages.getDiagnostics(last).length > 0 ? true : undefined),
    60_000,
  );
  await vscode.commands.executeCommand('undo');
  await waitFor(
    'its second answer',
    () => (vscode.languages.getDiagnostics(last).length === 0 ? true : undefined),
    60_000,
  );
  assert.ok(!document.getText().includes('typed'));
  const problems = vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.fsPath.startsWith(copyRoot()))
    .flatMap(([uri, found]) => found.map(({ message, range }) => `${uri.path}:${range.start.line + 1} ${message}`));
  assert.deepEqual(problems, []);
}
