/** Lets the learner choose a lab from VS Code's list: by chapter, with its level and how far they have come in it. */
import * as vscode from 'vscode';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Progress } from '../progress/progress.ts';
import type { Runs } from '../runs/runs.ts';
import type { Catalogue } from './catalogue.ts';
import { labGroups } from './lab-groups.ts';

export class LabPicker {
  readonly #catalogue: Catalogue;
  readonly #progress: Progress;
  readonly #runs: Runs;

  constructor(catalogue: Catalogue, progress: Progress, runs: Runs) {
    this.#catalogue = catalogue;
    this.#progress = progress;
    this.#runs = runs;
  }

  /**
   * @param shown the lab that is on the screen already
   * @returns the id of a lab; undefined when none was picked
   */
  async pick(shown?: string): Promise<string | undefined> {
    const labs = this.#catalogue.all;
    const current = byId(labs, shown);
    const used = (await this.#runs.list()).map(({ lab }) => lab);
    const items = labGroups(labs, used).flatMap(({ title, labs }) => [
      { label: title, kind: vscode.QuickPickItemKind.Separator, id: '' },
      ...labs.map((lab) => ({ ...this.#itemOf(lab, lab === current), id: lab.id })),
    ]);
    const options = { placeHolder: 'Which lab?', matchOnDescription: true, matchOnDetail: true };
    return (await vscode.window.showQuickPick(items, options))?.id;
  }

  #itemOf(lab: LabEntry, isCurrent: boolean): vscode.QuickPickItem {
    const algorithms = lab.algorithms.filter(({ broken }) => !broken);
    const run = algorithms.filter((algorithm) => this.#progress.of(lab, algorithm) === 'run').length;
    const facts = [
      lab.level,
      ...(run > 0 ? [`${run} of ${algorithms.length} run`] : []),
      ...(isCurrent ? ['open'] : []),
    ];
    return { label: lab.title, description: facts.join(' · '), detail: lab.summary };
  }
}
