/** Runs that are started in panels: whose text they take, and which panels show them. */
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import type { Benchmarks } from '../benchmark/benchmarks.ts';
import type { Runs, StartedRun } from '../runs/runs.ts';
import type { PanelHost } from './panel-host.ts';
import type { TextChoices } from './text-choices.ts';

interface Parts {
  choices: TextChoices;
  runs: Runs;
  benchmarks: Benchmarks;
  /** The panel at the side, which follows whatever is run. */
  side: () => PanelHost | undefined;
}

export class PanelRuns {
  readonly #parts: Parts;
  /** The run that a panel has started last. */
  readonly #latest = new WeakMap<PanelHost, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Root of the copy whose text a panel runs of a lab; undefined: the bundled text. */
  rootIn(panel: PanelHost, lab: string): string | undefined {
    return this.#parts.choices.copyIn(panel, lab)?.root;
  }

  /** Runs what a panel has chosen. */
  startChosen(panel: PanelHost, choice: RunChoice): Promise<void> {
    return this.start(panel, choice, this.rootIn(panel, choice.lab));
  }

  /** @param root of the copy whose text is run; undefined: the bundled text */
  async start(panel: PanelHost, choice: RunChoice, root: string | undefined): Promise<void> {
    const { runs, benchmarks } = this.#parts;
    if (choice.aside) {
      await benchmarks.over();
      return panel.followAside(await runs.start(choice, root));
    }
    if (!(await benchmarks.makeWay())) return;
    // Who clicks Run again wants the new run, not both.
    const before = this.#latest.get(panel) ?? panel.state.run;
    if (before !== undefined) await runs.stop(before);
    this.follow(panel, await runs.start(choice, root));
  }

  /** Shows a run that has just been started in a panel, and at the side. */
  follow(panel: PanelHost, started: StartedRun): void {
    this.#latest.set(panel, started.run.summary.id);
    panel.follow(started);
    const side = this.#parts.side();
    if (side && side !== panel) side.follow(started);
  }
}
