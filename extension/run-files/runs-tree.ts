/** The Runs view: what was run so far, the newest first. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { madeByOther } from '../../labs/engine/record/engine-version.ts';
import { command } from '../ids.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { Runs } from '../runs/runs.ts';
import { describeRun, momentOf, type RunMark } from './run-words.ts';

/** A line of the view. */
export interface RunNode {
  run: RunSummary;
}

const icons: Record<RunMark, vscode.ThemeIcon> = {
  running: new vscode.ThemeIcon('sync'),
  pass: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  broken: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  failed: new vscode.ThemeIcon('warning', new vscode.ThemeColor('testing.iconErrored')),
  stopped: new vscode.ThemeIcon('circle-slash'),
};

export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #catalogue: Catalogue;
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(catalogue: Catalogue, runs: Runs) {
    this.#catalogue = catalogue;
    this.#runs = runs;
    this.#subscription = runs.onDidChangeList(() => this.#changed.fire());
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    return node ? [] : (await this.#runs.list()).map((run) => ({ run }));
  }

  getTreeItem({ run }: RunNode): vscode.TreeItem {
    const { lab, algorithm, scenario, code, mark, outcome } = describeRun(run, this.#catalogue.lab(run.lab));
    const when = momentOf(run.startedAt, Date.now());
    const item = new vscode.TreeItem(algorithm, vscode.TreeItemCollapsibleState.None);
    item.id = run.id;
    item.description = [scenario, `seed ${run.seed}`, when, lab].filter((part) => part !== '').join(' · ');
    item.iconPath = icons[mark];
    item.contextValue = run.state === 'running' ? 'running' : 'run';
    const branch = run.parent === undefined ? '' : ', a branch of another run';
    const events = `${run.events.toLocaleString('en-US')} ${run.events === 1 ? 'event' : 'events'}`;
    const other = madeByOther(run.engineVersion);
    item.tooltip = [
      `${lab} · ${algorithm}${scenario === '' ? '' : ` · ${scenario}`}`,
      `${outcome}.`,
      `${code}${branch}, seed ${run.seed}, ${events}.`,
      ...(other === '' ? [] : [`${other[0]!.toUpperCase()}${other.slice(1)}: run again, it may come out otherwise.`]),
      new Date(run.startedAt).toLocaleString(),
      ...(run.hash === undefined ? [] : [`Trace ${run.hash.slice(0, 12)}`]),
    ].join('\n');
    item.accessibilityInformation = { label: `${algorithm}, ${item.description}. ${outcome}` };
    item.command = { command: command.showRun, title: 'Show Run', arguments: [{ run }] };
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#changed).dispose();
  }
}
