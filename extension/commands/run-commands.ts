/** Commands that run something: one way in for lens, tree, palette, editor title and panel. */
import path from 'node:path';
import * as vscode from 'vscode';
import { whyNotBenchmarked } from '../../labs/engine/benchmark/not-benchmarked.ts';
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import { attachDebugger } from '../debug/debug-run.ts';
import { command } from '../ids.ts';
import type { Benchmarks } from '../benchmark/benchmarks.ts';
import type { AlgorithmTarget } from '../labs/algorithms.ts';
import type { LabDirectory } from '../labs/lab-directory.ts';
import { choiceFor } from '../panel/choice-for.ts';
import type { PanelHost } from '../panel/panel-host.ts';
import type { PanelRuns } from '../panel/panel-runs.ts';
import type { Playground } from '../panel/playground.ts';
import type { TextChoices } from '../panel/text-choices.ts';
import type { Runs } from '../runs/runs.ts';
import type { Targets } from './targets.ts';

/** What the commands work with. */
export interface RunCommandParts {
  extensionPath: string;
  labs: LabDirectory;
  targets: Targets;
  choices: TextChoices;
  runs: Runs;
  playground: Playground;
  panelRuns: PanelRuns;
  benchmarks: Benchmarks;
}

export class RunCommands {
  readonly #parts: RunCommandParts;

  constructor(parts: RunCommandParts) {
    this.#parts = parts;
  }

  register(): vscode.Disposable[] {
    const { registerCommand } = vscode.commands;
    const onTarget =
      (action: (target: AlgorithmTarget) => Promise<void>) =>
      async (argument: unknown): Promise<void> => {
        const target = await this.#parts.targets.algorithm(argument);
        if (target) await action(target);
      };
    return [
      registerCommand(
        command.run,
        onTarget((target) => this.#run(target)),
      ),
      registerCommand(
        command.visualize,
        onTarget((target) => this.#visualize(target)),
      ),
      registerCommand(
        command.debug,
        onTarget((target) => this.#debug(target)),
      ),
      registerCommand(
        command.runBenchmark,
        onTarget((target) => this.#benchmark(target)),
      ),
      registerCommand(command.cancelBenchmark, () => this.#parts.benchmarks.cancel()),
      registerCommand(command.stop, () => this.#parts.runs.stop()),
    ];
  }

  async #run(target: AlgorithmTarget): Promise<void> {
    const panel = this.#open(target);
    await this.#parts.panelRuns.start(panel, await this.#choiceIn(panel, target), target.root);
  }

  /** Shows the last run of an algorithm; where there is none, there soon is. */
  async #visualize(target: AlgorithmTarget): Promise<void> {
    const { runs } = this.#parts;
    const last = (await runs.list()).find(
      ({ lab, algorithm, state, edited, copy, parent }) =>
        lab === target.lab &&
        algorithm === target.algorithm &&
        state !== 'failed' &&
        parent === undefined && // a branch ran the text of back then
        edited === (target.root !== undefined) &&
        copy?.root === target.root,
    );
    const run = last && (await runs.open(last.id));
    if (!run) return this.#run(target);
    await this.#open(target).show(run);
  }

  async #benchmark(target: AlgorithmTarget): Promise<void> {
    const entry = await this.#parts.labs.entry(target.lab, target.root);
    if (entry && !entry.benchmarked) {
      void vscode.window.showInformationMessage(whyNotBenchmarked(entry));
      return;
    }
    this.#open(target);
    await this.#parts.benchmarks.run(target);
  }

  async #debug(target: AlgorithmTarget): Promise<void> {
    const { extensionPath, runs, panelRuns, benchmarks } = this.#parts;
    if (!(await benchmarks.makeWay())) return;
    const panel = this.#open(target);
    const { debug, started } = await runs.debug(await this.#choiceIn(panel, target), target.root);
    panelRuns.follow(panel, started);
    if (!debug) return;
    await attachDebugger(debug, extensionPath, target.root ?? path.join(extensionPath, 'labs'));
  }

  /** The panel, with an algorithm in its form. */
  #open({ lab, algorithm, root }: AlgorithmTarget): PanelHost {
    const panel = this.#parts.playground.reveal();
    const changed = this.#parts.choices.choose(panel, lab, root);
    panel.choose(lab, algorithm);
    // It says whose text it runs.
    if (changed) void panel.open();
    return panel;
  }

  async #choiceIn(panel: PanelHost, target: AlgorithmTarget): Promise<RunChoice> {
    const entry = await this.#parts.labs.entry(target.lab, target.root);
    return choiceFor(panel.state, entry, target, defaultSeed());
  }
}

/** The seed that a new playground starts with. */
export function defaultSeed(): number {
  return vscode.workspace.getConfiguration('systemDesignLabs').get('seed', 1);
}
