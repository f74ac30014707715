/**
 * `sdlabs:/<lab>/<file>`: the sources of the bundled labs as a read-only file system, so that they open,
 * compare and get lenses like files, wherever the extension is installed.
 */
import * as vscode from 'vscode';
import { bundledScheme } from '../ids.ts';

export class BundledFiles implements vscode.FileSystemProvider {
  readonly #root: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(extensionUri: vscode.Uri) {
    this.#root = vscode.Uri.joinPath(extensionUri, 'labs');
  }

  /** Bundled files change with the extension only, which starts this provider anew. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return { ...(await this.#ask(uri, vscode.workspace.fs.stat)), permissions: vscode.FilePermission.Readonly };
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.#ask(uri, vscode.workspace.fs.readDirectory);
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#ask(uri, vscode.workspace.fs.readFile);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** Asks the disk about the file behind a URI; what is not there is said to be so under the name asked for. */
  async #ask<T>(uri: vscode.Uri, question: (uri: vscode.Uri) => Thenable<T>): Promise<T> {
    // The path of a URI is normalised: it cannot climb out of labs/.
    const target = vscode.Uri.joinPath(this.#root, uri.path);
    if (!target.path.startsWith(`${this.#root.path}/`)) throw vscode.FileSystemError.FileNotFound(uri);
    try {
      return await question.call(vscode.workspace.fs, target);
    } catch {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
  }
}

/** The bundled text of a file of a lab. */
export function bundledUri(lab: string, file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: bundledScheme, path: `/${lab}/${file}` });
}
