/** A run file as a document: what is in it, or why that cannot be shown. Reading it executes nothing. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { RecordError } from '../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import { runFromRecord } from '../runs/history.ts';
import { requireReadableSize, type RecordFiles } from '../run/records/record-files.ts';
import type { KeptRun } from '../runs/kept-run.ts';
import type { Runs } from '../runs/runs.ts';

/** What a run file is read with. */
export interface RunFileParts {
  catalogue: Catalogue;
  runs: Runs;
  files: RecordFiles;
}

export class RunFile implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly record: RunRecord;
  /** Under an id that only this window knows: the one in the file may be that of another run. */
  readonly run: KeptRun;
  readonly #lent: vscode.Disposable;
  #closed = false;

  private constructor(uri: vscode.Uri, record: RunRecord, runs: Runs) {
    this.uri = uri;
    this.record = record;
    // Whatever it calls its copy, it is none of this window's.
    const { copy: _, ...given } = record;
    this.run = runFromRecord(given, randomUUID());
    this.#lent = runs.lend(this.run);
  }

  /** @throws RecordError that says why the file cannot be shown */
  static async read(uri: vscode.Uri, { catalogue, runs, files }: RunFileParts): Promise<RunFile> {
    const { size } = await vscode.workspace.fs.stat(uri).then(undefined, unreadable);
    requireReadableSize(size);
    const record = await files.read(await vscode.workspace.fs.readFile(uri).then(undefined, unreadable));
    if (!catalogue.lab(record.lab)) {
      throw new RecordError(
        `this is a run of the lab '${record.lab}', which this release does not have: update System Design Labs`,
      );
    }
    return new RunFile(uri, record, runs);
  }

  /** Whether the last editor of the file is gone. */
  get closed(): boolean {
    return this.#closed;
  }

  dispose(): void {
    this.#closed = true;
    this.#lent.dispose();
  }
}

/** A run file of which nothing can be shown. */
export class UnreadableRunFile implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly problem: string;

  constructor(uri: vscode.Uri, problem: string) {
    this.uri = uri;
    this.problem = problem;
  }

  dispose(): void {}
}

function unreadable(error: Error): never {
  throw new RecordError(`this file cannot be read: ${error.message}`);
}
