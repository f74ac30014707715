/** What a panel asks of the window around it. */
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { BenchmarkHistory } from '../benchmark/benchmark-history.ts';
import { nameOf } from '../copy/inside.ts';
import { bundledUri } from '../files/bundled-files.ts';
import type { RunSources } from '../files/run-sources.ts';
import { command } from '../ids.ts';
import type { LabDirectory } from '../labs/lab-directory.ts';
import type { LabPicker } from '../labs/lab-picker.ts';
import type { Progress } from '../progress/progress.ts';
import type { Runs } from '../runs/runs.ts';
import type { Texts } from '../runs/texts.ts';
import type { Sweeps } from '../runs/sweeps.ts';
import type { PanelFocus } from './panel-focus.ts';
import type { PanelAction, PanelHost } from './panel-host.ts';
import type { PanelRuns } from './panel-runs.ts';
import type { TextChoices } from './text-choices.ts';

/** What the actions work with. */
export interface PanelActionParts {
  labs: LabDirectory;
  picker: LabPicker;
  runs: Runs;
  texts: Texts;
  choices: TextChoices;
  sources: RunSources;
  panelRuns: PanelRuns;
  progress: Progress;
  focus: PanelFocus;
  sweeps: Sweeps;
  benchmarkHistory: BenchmarkHistory;
}

/** Does what a panel asks for. @throws Error when it cannot be done, for the log */
export async function actOnPanel(parts: PanelActionParts, message: PanelAction, panel: PanelHost): Promise<void> {
  const { labs, runs, texts, choices, sources, panelRuns, progress } = parts;
  const open = async (lab: string, root: string | undefined, file: string, ...place: Place): Promise<void> => {
    const name = nameOf(lab, file);
    if (root !== undefined && !texts.holds(root, lab)) {
      void vscode.window.showWarningMessage(`${file} stood in your copy in ${root}, which is not there any more.`);
      return;
    }
    const uri = root === undefined ? bundledUri(lab, file) : vscode.Uri.file(path.join(root, name));
    await reveal(uri, ...place);
  };
  switch (message.type) {
    case 'run':
      return panelRuns.startChosen(panel, message.choice);
    case 'stop':
      return runs.stop(message.run);
    case 'moment': {
      const { request, run, event } = message;
      return panel.post({ type: 'moment', request, run, moment: await runs.moment(run, event, panel.lookAnew()) });
    }
    case 'openSource': {
      const run = message.run === undefined ? undefined : await runs.open(message.run);
      const uri = run && (await sources.uriOf(run, message.file));
      if (uri) return reveal(uri, message.line, message.find);
      // What is no part of the program (the theory) lies beside the text that ran.
      const root = run ? run.summary.copy?.root : panelRuns.rootIn(panel, message.lab);
      return open(message.lab, root, message.file, message.line, message.find);
    }
    case 'focus':
      return parts.focus.tell(panel, message.focused);
    case 'tourAnswer':
      return progress.answer(message.answer);
    case 'openAlgorithm': {
      const root = panelRuns.rootIn(panel, message.lab);
      const lab = await labs.entry(message.lab, root);
      const algorithm = byId(lab?.algorithms ?? [], message.algorithm);
      if (algorithm) await open(message.lab, root, algorithm.file);
      return;
    }
    case 'pickLab': {
      const lab = await parts.picker.pick(panel.state.lab);
      if (lab !== undefined && lab !== panel.state.lab) panel.choose(lab);
      return;
    }
    case 'chooseText':
      if (message.text === 'bundled') choices.choose(panel, message.lab, undefined);
      else choices.chooseCopy(panel, message.lab);
      return panel.open();
    case 'openLab':
      await vscode.commands.executeCommand(command.openLab, message.lab);
      return;
    case 'benchmark': {
      const { lab, algorithm } = message;
      await vscode.commands.executeCommand(command.runBenchmark, {
        lab,
        algorithm,
        root: panelRuns.rootIn(panel, lab),
      });
      return;
    }
    case 'cancelBenchmark':
      await vscode.commands.executeCommand(command.cancelBenchmark);
      return;
    case 'sweep':
      return parts.sweeps.run(panel, message.sweep, panelRuns.rootIn(panel, message.sweep.choice.lab));
    case 'stopSweep':
      return parts.sweeps.stop(panel);
    case 'benchmarkHistory':
      return panel.post(await parts.benchmarkHistory.messageFor(message.lab, message.algorithm));
    case 'compareBenchmarks':
      return parts.benchmarkHistory.showTexts({ ...message, root: panelRuns.rootIn(panel, message.lab) });
    case 'copyText':
      return vscode.env.clipboard.writeText(message.text);
    case 'saveText':
      return save(message.name, message.text);
  }
}

/** Saves a text where the learner says. @param name what the dialog proposes */
async function save(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
  const file = path.basename(name.replaceAll('\\', '/'));
  const uri = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, file) });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Where in a file: its line, from 1; where none is known, a text in it. */
type Place = [line?: number | undefined, find?: string | undefined];

/** Opens a file beside the panel, where the code stands. */
async function reveal(uri: vscode.Uri, ...[line, find]: Place): Promise<void> {
  const column = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined)?.viewColumn;
  const at = line === undefined ? find && (await placeOf(uri, find)) : new vscode.Position(Math.max(line - 1, 0), 0);
  await vscode.window.showTextDocument(uri, {
    viewColumn: column ?? vscode.ViewColumn.One,
    ...(at ? { selection: new vscode.Range(at, at) } : {}),
  });
}

/** Where a text begins in a file, if it still does. */
async function placeOf(uri: vscode.Uri, text: string): Promise<vscode.Position | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.getText().indexOf(text);
  return offset < 0 ? undefined : document.positionAt(offset);
}
