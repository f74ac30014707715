/** The texts that stand in editors, by the real path of their file: what runs instead of what is on disk. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** Real paths of files that are open in editors, by the path they were opened under. */
const realPaths = new Map<string, string>();

/** Folders came, went or were renamed: a path may be that of another file now. */
export function forgetRealPaths(): void {
  realPaths.clear();
}

/** The real path of a file, itself where there is none (it was deleted under its editor). */
export function realPath(file: string): string {
  let real = realPaths.get(file);
  if (real === undefined) {
    try {
      real = realpathSync.native(file);
    } catch {
      return file;
    }
    realPaths.set(file, real);
  }
  return real;
}

/** The open document of a file, whichever link it was opened through. @param file its real path */
export function openDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    ({ uri, isClosed }) => uri.scheme === 'file' && !isClosed && (uri.fsPath === file || realPath(uri.fsPath) === file),
  );
}

/** The text of a file in its editor, undefined where it is not open. */
export function textInEditor(file: string): string | undefined {
  return openDocument(realPath(file))?.getText();
}

/** The open documents of files below a folder, whichever link they were opened through, by their path relative to it. */
export function documentsUnder(folder: string): Map<string, vscode.TextDocument> {
  const found = new Map<string, vscode.TextDocument>();
  for (const document of vscode.workspace.textDocuments) {
    const { uri, isClosed } = document;
    if (uri.scheme !== 'file' || isClosed) continue;
    const relative = below(folder, uri.fsPath) ?? below(realPath(folder), realPath(uri.fsPath));
    if (relative !== undefined) found.set(relative, document);
  }
  return found;
}

/** A path relative to a folder, with forward slashes; undefined where it does not lie under it. */
function below(folder: string, file: string): string | undefined {
  return file.startsWith(folder + path.sep) ? file.slice(folder.length + 1).replaceAll(path.sep, '/') : undefined;
}

/** Texts that are not saved yet, by path. */
export function unsavedTexts(): Map<string, string> {
  return new Map(
    vscode.workspace.textDocuments
      .filter(({ uri, isDirty }) => uri.scheme === 'file' && isDirty)
      .map((document) => [document.uri.fsPath, document.getText()]),
  );
}
