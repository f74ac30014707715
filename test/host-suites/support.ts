/** What the in-host suites share: the extension, a copy of a lab, lenses, and patience. */
import path from 'node:path';
import * as vscode from 'vscode';

export const extensionId = 'system-design-labs.system-design-labs';
export const lab = 'consistent-hashing';

/** Waits until `probe` gives something. @throws Error that says what was waited for */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  patience = 30_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${patience / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The extension, active. */
export async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension(extensionId);
  if (!found) throw new Error(`${extensionId} is not there`);
  await found.activate();
  // The browser workbench saves by itself after a second; what is tested here is text that nobody saved.
  const files = vscode.workspace.getConfiguration('files');
  if (files.get('autoSave') !== 'off') await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  return found;
}

/** Root of the copy that Open Lab makes in the suite's folder. */
export function copyRoot(): string {
  return path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'system-design-labs');
}

/** A file of the lab in the copy. */
export function copied(file: string): vscode.Uri {
  return vscode.Uri.file(path.join(copyRoot(), lab, file));
}

/** A bundled file of the lab. */
export function bundled(file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'sdlabs', path: `/${lab}/${file}` });
}

/** Makes the copy where there is none, and opens the lab. */
export async function openLab(): Promise<void> {
  await extension();
  await vscode.commands.executeCommand('systemDesignLabs.openLab', lab);
}

async function allLenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  return waitFor(`the lenses of ${uri.path}`, async () => {
    await vscode.workspace.openTextDocument(uri);
    try {
      return await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    } catch (error) {
      // VS Code may be closing a document that no editor shows while we ask for it: then it is opened again.
      if ((error as Error).message.startsWith('Illegal argument')) return undefined;
      throw error;
    }
  });
}

/** The titles of a document's lenses, line by line. */
export async function lensesOf(uri: vscode.Uri): Promise<Map<number, string[]>> {
  const lenses = await allLenses(uri);
  const lines = new Map<number, string[]>();
  for (const { range, command } of lenses) {
    lines.set(range.start.line, [...(lines.get(range.start.line) ?? []), command?.title ?? '']);
  }
  return lines;
}

/** Clicks a lens, as soon as it is there. @param title as it reads, without its icon */
export async function clickLens(uri: vscode.Uri, title: string): Promise<void> {
  const command = await waitFor(`a lens '${title}' in ${uri.path}`, async () => {
    const commands = (await allLenses(uri)).map((lens) => lens.command);
    return commands.find((found) => found?.title.replace(/^\$\(.*?\) /, '') === title);
  });
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** What the lens of a file's only algorithm says of its last run, once that is over. */
export function verdictOf(uri: vscode.Uri, patience?: number): Promise<string> {
  return waitFor(
    `the end of a run of ${uri.path}`,
    async () => {
      const [titles] = (await lensesOf(uri)).values();
      return titles?.[0] === 'Run' ? titles[4] : undefined;
    },
    patience,
  );
}

/** Replaces a document's whole text and leaves it unsaved. */
export async function type(uri: vscode.Uri, change: (text: string) => string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  const edit = new vscode.WorkspaceEdit();
  const text = document.getText();
  edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(text.length)), change(text));
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${uri.path} could not be edited`);
  return document;
}

/** Gives a document its text on disk back and closes all editors. */
export async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Our own marks on a file. */
export function ourProblems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'System Design Labs');
}

type Question = 'showWarningMessage' | 'showErrorMessage' | 'showSaveDialog';

/**
 * Answers what VS Code would ask the learner meanwhile.
 * @param action is given the first argument of each question that came up
 */
export async function answering<T>(
  question: Question,
  answer: unknown,
  action: (asked: unknown[]) => T | PromiseLike<T>,
): Promise<T> {
  const asked: unknown[] = [];
  const window = vscode.window as unknown as Record<Question, (first: unknown) => Promise<unknown>>;
  const before = window[question];
  window[question] = async (first) => {
    asked.push(first);
    return answer;
  };
  try {
    return await action(asked);
  } finally {
    window[question] = before;
  }
}
