/**
 * Watches folders, each by itself and none of those below it. On Linux the watcher of VS Code loses what happens in a
 * folder that was made and filled in one go (a checkout, a clone, an unzip), for as long as the window is open; elsewhere
 * the system watches whole trees, and a watched folder could not be renamed.
 */
import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** What happened to something in a folder: it came or went, or it changed. */
export type InFolder = 'moved' | 'changed';

export class FolderWatch {
  readonly #act: (file: string, kind: InFolder) => void;
  /** By folder: the same path may be that of another folder later. */
  readonly #watchers = new Map<string, { id: string; watcher: FSWatcher }>();

  constructor(act: (file: string, kind: InFolder) => void) {
    this.#act = act;
  }

  /**
   * Watches these folders from now on and no others; what is not there is left out.
   * @returns those that are new: something may have happened in them before they were watched
   */
  async set(folders: Iterable<string>): Promise<string[]> {
    if (process.platform !== 'linux') return [];
    const wanted = new Set(folders);
    for (const folder of this.#watchers.keys()) if (!wanted.has(folder)) this.#forget(folder);
    const fresh: string[] = [];
    for (const folder of wanted) {
      const status = await stat(folder).catch(() => undefined);
      const id = status?.isDirectory() ? `${status.dev}:${status.ino}` : undefined;
      const known = this.#watchers.get(folder);
      if (known?.id === id) continue;
      this.#forget(folder);
      if (id !== undefined && this.#watch(folder, id)) fresh.push(folder);
    }
    return fresh;
  }

  #watch(folder: string, id: string): boolean {
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (name !== null) this.#act(path.join(folder, name), event === 'rename' ? 'moved' : 'changed');
      });
      watcher.on('error', () => this.#forget(folder)); // it went
      this.#watchers.set(folder, { id, watcher });
      return true;
    } catch {
      return false; // it went, or the system watches no more folders: what VS Code tells has to do
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
  }

  dispose(): void {
    for (const folder of this.#watchers.keys()) this.#forget(folder);
  }
}
