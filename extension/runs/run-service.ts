/** The one RunService of the window, made when the first lab is touched. */
import path from 'node:path';
import * as vscode from 'vscode';
import { openDocument } from '../copies/open-texts.ts';
import type { RunService } from '../run/run-service.ts';

/** Events of a run that are kept for looking at; the rest are hashed and counted. */
export const maxEvents = 2_000_000;

export class LazyRunService implements vscode.Disposable {
  readonly #extensionPath: string;
  readonly #log: vscode.LogOutputChannel;
  #service: Promise<RunService> | undefined;

  constructor(extensionPath: string, log: vscode.LogOutputChannel) {
    this.#extensionPath = extensionPath;
    this.#log = log;
  }

  get(): Promise<RunService> {
    this.#service ??= this.#make();
    return this.#service;
  }

  async #make(): Promise<RunService> {
    const { RunService } = await import('../run/run-service.ts');
    return new RunService({
      dist: path.join(this.#extensionPath, 'dist'),
      readOpen: (file) => openDocument(file)?.getText(),
      limits: () => {
        const settings = vscode.workspace.getConfiguration('systemDesignLabs');
        return {
          deadline: settings.get('runDeadline', 30) * 1000,
          memory: settings.get('memoryLimit', 1024),
          maxEvents,
        };
      },
      log: (line) => this.#log.info(line),
    });
  }

  /** Ends every process of the service. */
  async dispose(): Promise<void> {
    await (await this.#service)?.dispose();
  }
}
