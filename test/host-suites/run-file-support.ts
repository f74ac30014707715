/** Run files in a test: made by a real run, and forged. */
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Catalogue } from '../../extension/labs/catalogue.ts';
import type { PanelSurroundings } from '../../extension/panel/panel-host.ts';
import { RunFileEditors } from '../../extension/run-files/run-file-editors.ts';
import { RecordFiles } from '../../extension/run/records/record-files.ts';
import type { Runs } from '../../extension/runs/runs.ts';
import { decodeRecord, encodeRecord } from '../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { answering, clickLens, extension, lab, verdictOf, waitFor } from './support.ts';

function inFolder(name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
}

/** Runs an algorithm's file to its end and saves the run. */
export async function runAndSave(algorithm: vscode.Uri, name: string): Promise<vscode.Uri> {
  await vscode.window.showTextDocument(algorithm);
  await clickLens(algorithm, 'Run');
  await verdictOf(algorithm);
  // The lens may know of its end before the panel shows it.
  return waitFor('the run on the screen', () => saveShown(name).catch(() => undefined));
}

/** Saves a run: the one given, else the one on the screen. @throws Error with what the learner is told instead */
export async function saveShown(name: string, line?: { run: { id: string } }): Promise<vscode.Uri> {
  const uri = inFolder(name);
  const refusal = await answering('showErrorMessage', undefined, async (refused) => {
    await answering('showSaveDialog', uri, () => vscode.commands.executeCommand('systemDesignLabs.saveRun', line));
    return refused[0];
  });
  if (refusal !== undefined) throw new Error(String(refusal));
  return waitFor(`${name} on the disk`, () =>
    Promise.resolve(vscode.workspace.fs.stat(uri)).then(
      () => uri,
      () => undefined,
    ),
  );
}

export async function writeRecord(record: RunRecord, name: string): Promise<vscode.Uri> {
  const uri = inFolder(name);
  await vscode.workspace.fs.writeFile(uri, await encodeRecord(record));
  return uri;
}

/**
 * The same run with code in ring.ts that leaves a marker when it runs, and with the claim that nothing was edited:
 * in its bundle as well (`hidden`), which nobody is shown.
 */
export async function withCode(
  saved: vscode.Uri,
  name: string,
): Promise<{ uri: vscode.Uri; marker: string; hidden: string }> {
  const record = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(saved)));
  const marker = path.join(os.tmpdir(), `sdl-marker-${randomUUID()}`);
  const hidden = `${marker}-of-the-bundle`;
  const leaving = (file: string) =>
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(file)}, '');\n`;
  const files = record.program!.files.map((source) =>
    source.file.endsWith(`/${lab}/ring.ts`) ? { ...source, text: leaving(marker) + source.text } : source,
  );
  const program = { ...record.program!, edited: false, files, bundle: leaving(hidden) };
  return { uri: await writeRecord({ ...record, program }, name), marker, hidden };
}

/** The page that stands in the editor of a file that cannot be shown. */
export async function problemPage(uri: vscode.Uri): Promise<string> {
  const { extensionPath } = await extension();
  const editors = new RunFileEditors({
    around: { log: { warn: () => {} } } as unknown as PanelSurroundings,
    catalogue: new Catalogue(path.join(extensionPath, 'dist')),
    runs: {} as Runs,
    files: RecordFiles.of(path.join(extensionPath, 'dist')),
    branch: () => Promise.resolve(),
  });
  const panel = { webview: { html: '' }, onDidDispose: () => new vscode.Disposable(() => {}) };
  await editors.resolveCustomEditor(await editors.openCustomDocument(uri), panel as unknown as vscode.WebviewPanel);
  return panel.webview.html;
}
