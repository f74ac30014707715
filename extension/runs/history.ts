/** The runs that are kept on disk: for this workspace where there is one, for all otherwise. */
import path from 'node:path';
import * as vscode from 'vscode';
import { summaryOf, type RunRecord } from '../../labs/engine/record/run-record.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Run } from '../run/run.ts';
import { recordOf, traceOf } from '../run/records/record-of.ts';
import type { RecordFiles } from '../run/records/record-files.ts';
import { RunStore } from '../run/records/run-store.ts';
import type { KeptRun } from './kept-run.ts';

/** Runs from the disk that stay in memory, for the panels that look at them. */
const maxOpen = 3;

export class RunHistory {
  readonly #store: RunStore;
  readonly #version: string;
  readonly #log: vscode.LogOutputChannel;
  /** The one looked at last comes last. */
  readonly #open = new Map<string, { record: RunRecord; run: KeptRun }>();
  #saving: Promise<void> = Promise.resolve();

  /** @param version of the engine that runs what is kept */
  constructor(folder: vscode.Uri, version: string, files: RecordFiles, log: vscode.LogOutputChannel) {
    this.#store = new RunStore(path.join(folder.fsPath, 'runs'), { files, log: (line) => log.warn(line) });
    this.#version = version;
    this.#log = log;
  }

  /** Keeps a run that is over. One that cannot be kept is said to be so in the log; it can be looked at meanwhile. */
  save(run: Run): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      try {
        await this.#store.save(recordOf(run, this.#version));
      } catch (error) {
        this.#log.error(`Run ${run.id} could not be kept: ${(error as Error).message}`);
      }
    });
    return this.#saving;
  }

  /** Resolves when all that is to be kept is on the disk. */
  settled(): Promise<void> {
    return this.#saving;
  }

  /** A kept run. @throws RecordError when its file is damaged, or of another version */
  async open(id: string): Promise<KeptRun | undefined> {
    return (await this.#load(id))?.run;
  }

  /** A kept run with its code. @throws RecordError when its file is damaged, or of another version */
  async record(id: string): Promise<RunRecord | undefined> {
    return (await this.#load(id))?.record;
  }

  /** Newest first. */
  list(): Promise<RunSummary[]> {
    return this.#store.list();
  }

  /** Forgets a run. */
  async remove(id: string): Promise<void> {
    this.#open.delete(id);
    await this.#store.remove(id);
  }

  async #load(id: string): Promise<{ record: RunRecord; run: KeptRun } | undefined> {
    let open = this.#open.get(id);
    if (!open) {
      const record = await this.#store.load(id);
      if (!record) return undefined;
      open = { record, run: runFromRecord(record) };
    }
    this.#open.delete(id);
    this.#open.set(id, open);
    for (const oldest of [...this.#open.keys()].slice(0, -maxOpen)) this.#open.delete(oldest);
    return open;
  }
}

/** A run as it was kept. @param id under which the window knows it */
export function runFromRecord(record: RunRecord, id = record.id): KeptRun {
  return {
    summary: { ...summaryOf(record), id },
    report: record.report as KeptRun['report'],
    failure: record.failure as KeptRun['failure'],
    trace: traceOf(record),
    files: record.program?.files ?? [],
    share: 1,
  };
}
