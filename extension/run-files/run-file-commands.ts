/** Commands on kept runs and run files: save, open, run again, forget. */
import os from 'node:os';
import * as vscode from 'vscode';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { command, runFileType } from '../ids.ts';
import type { Playground } from '../panel/playground.ts';
import type { RecordFiles } from '../run/records/record-files.ts';
import type { Runs } from '../runs/runs.ts';
import { portable } from './carried-code.ts';
import type { Replay } from './replay.ts';
import type { RunFileEditors } from './run-file-editors.ts';

export interface RunFileCommandParts {
  runs: Runs;
  files: RecordFiles;
  playground: Playground;
  editors: RunFileEditors;
  replay: Replay;
}

const filters = { 'System Design Labs Run': ['sdlrun'] };

export function registerRunFileCommands(parts: RunFileCommandParts): vscode.Disposable[] {
  const { runs, playground, editors, replay } = parts;
  const { registerCommand } = vscode.commands;
  return [
    registerCommand(
      command.saveRun,
      told(async (argument) => {
        const record = await recordToSave(parts, argument);
        if (!record) throw new Error('There is no run to save: run a lab first, or choose one in the Runs view.');
        await save(record, parts.files);
      }),
    ),
    registerCommand(
      command.openRunFile,
      told(async () => {
        const [uri] = (await vscode.window.showOpenDialog({ filters, title: 'Open Run File' })) ?? [];
        if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, runFileType);
      }),
    ),
    registerCommand(
      command.runFileAgain,
      told(async (argument) => {
        const open = editors.find(argument instanceof vscode.Uri ? argument : (activeRunFile() ?? ''));
        if (!open) throw new Error('Open a run file first (System Design Labs: Open Run File…).');
        await replay.again(open.file, open.panel);
      }),
    ),
    registerCommand(
      command.showRun,
      told(async (argument) => {
        const run = await runs.open(idOf(argument) ?? '');
        if (!run) throw new Error('This run is no longer kept.');
        await playground.reveal().show(run);
      }),
    ),
    registerCommand(
      command.deleteRun,
      told(async (argument) => {
        const id = idOf(argument);
        if (id !== undefined) await runs.remove([id]);
      }),
    ),
    registerCommand(
      command.clearRuns,
      told(async () => {
        const ids = (await runs.list()).map(({ id }) => id);
        const forget = 'Delete All';
        const message = `Delete all ${ids.length} runs that are kept? Files that you saved stay.`;
        if ((await vscode.window.showWarningMessage(message, { modal: true }, forget)) === forget) {
          await runs.remove(ids);
        }
      }),
    ),
  ];
}

/** A command that tells the learner what was wrong. */
function told(action: (argument: unknown) => Promise<void>): (argument: unknown) => Promise<void> {
  return async (argument) => {
    try {
      await action(argument);
    } catch (error) {
      const { message } = error as Error;
      void vscode.window.showErrorMessage(message.charAt(0).toUpperCase() + message.slice(1));
    }
  };
}

/** The run that was pointed at; else that of the file in front, else that of the playground. */
async function recordToSave(
  { runs, playground, editors }: RunFileCommandParts,
  argument: unknown,
): Promise<RunRecord | undefined> {
  const file = argument instanceof vscode.Uri ? argument : activeRunFile();
  const shown = idOf(argument) ?? (file ? editors.find(file)?.panel : playground.current)?.state.run;
  if (shown === undefined) return undefined;
  return editors.find(shown)?.file.record ?? (await runs.record(shown));
}

async function save(record: RunRecord, files: RecordFiles): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
  const name = [record.lab, record.algorithm, record.scenario, `seed-${record.seed}`].filter((part) => part !== '');
  const defaultUri = vscode.Uri.joinPath(folder, `${name.join('-').replace(/[^\w.-]+/g, '-')}.sdlrun`);
  const uri = await vscode.window.showSaveDialog({ defaultUri, filters, title: 'Save Run As' });
  if (uri) await vscode.workspace.fs.writeFile(uri, await files.write(portable(record)));
}

function activeRunFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === runFileType ? input.uri : undefined;
}

/** The id of a run that a line of the Runs view stands for. */
function idOf(argument: unknown): string | undefined {
  const id = (argument as { run?: { id?: unknown } } | undefined)?.run?.id;
  return typeof id === 'string' ? id : undefined;
}
