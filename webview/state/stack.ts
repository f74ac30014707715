/**
 * The other algorithms that stand below the run on the screen: the same scenario, seed and parameters, and so the same
 * arrivals. A run that was made before is taken again; what is missing is run, one after the other.
 */
import { computed, effect, signal } from '@preact/signals';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { ParameterValue } from '../../labs/engine/lab/parameter.ts';
import type { RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { KnownRun, Runs } from './runs.ts';

/** Events up to which a run is made again for every other algorithm. */
const mostEvents = 200_000;

/** An algorithm of the stack, with its run once that has begun. */
export interface Stacked {
  algorithm: AlgorithmEntry;
  run: KnownRun | undefined;
}

/** What the stack looks at and works with. */
export interface StackParts {
  runs: Runs;
  /** The run on the screen, and its lab. */
  run(): KnownRun | undefined;
  lab(): LabEntry | undefined;
  request(choice: RunChoice): void;
}

export class Stack {
  readonly #parts: StackParts;
  /** Ids of the algorithms that are to stand below, whatever run is on the screen. */
  readonly chosen = signal<readonly string[]>([]);
  /** What was asked for last: a run that has not begun yet is not asked for again. */
  #asked = '';

  /** Why nothing can stand below this run; undefined where it can. */
  readonly obstacle = computed(() => {
    const run = this.#parts.run()?.summary;
    if (!run || run.state !== 'finished') return 'Others can stand below a run once it is finished.';
    if (run.interventions.length > 0) return 'Something was done to this run that no other algorithm has gone through.';
    if (run.events > mostEvents) {
      return `This run has more than ${mostEvents.toLocaleString('en-US')} events: it is not made again for each algorithm.`;
    }
    return undefined;
  });

  /** Algorithms that can be chosen. */
  readonly others = computed(() => {
    const algorithm = this.#parts.run()?.summary.algorithm;
    return this.#parts.lab()?.algorithms.filter(({ id }) => id !== algorithm) ?? [];
  });

  readonly stacked = computed((): readonly Stacked[] => {
    const shown = this.#parts.run()?.summary;
    if (!shown || this.obstacle.value !== undefined) return [];
    return this.others.value
      .filter(({ id }) => this.chosen.value.includes(id))
      .map((algorithm) => ({ algorithm, run: this.#find(shown, algorithm.id) }));
  });

  /** Ids of the runs that stand below. */
  readonly runs = computed(() => this.stacked.value.flatMap(({ run }) => run?.id ?? []));

  constructor(parts: StackParts) {
    this.#parts = parts;
    effect(() => this.#requestNext());
  }

  choose(algorithm: string, whether: boolean): void {
    const others = this.chosen.value.filter((id) => id !== algorithm);
    this.chosen.value = whether ? [...others, algorithm] : others;
  }

  /** Chooses every algorithm that is not broken on purpose, or none. */
  chooseAll(whether: boolean): void {
    this.chosen.value = whether ? this.others.value.filter(({ broken }) => !broken).map(({ id }) => id) : [];
  }

  /** One at a time: a runner is warm for one. */
  #requestNext(): void {
    const shown = this.#parts.run()?.summary;
    const stacked = this.stacked.value;
    if (!shown || stacked.some(({ run }) => run?.summary.state === 'running')) return;
    const next = stacked.find(({ run }) => run === undefined);
    if (!next) return;
    const asked = `${shown.id} ${next.algorithm.id}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const { lab, scenario, seed, parameters } = shown;
    this.#parts.request({ lab, scenario, seed, parameters, algorithm: next.algorithm.id, aside: true });
  }

  #find(shown: RunSummary, algorithm: string): KnownRun | undefined {
    const wanted = this.#worldOf(shown);
    return this.#parts.runs.list.value.find(({ summary }) => {
      if (summary.algorithm !== algorithm || !sameText(summary, shown)) return false;
      if (summary.interventions.length > 0) return false;
      // Before, the learner's text may have been another, and what failed may have been mended.
      if ((summary.edited || summary.state === 'failed') && summary.startedAt < shown.startedAt) return false;
      return this.#worldOf(summary) === wanted;
    });
  }

  /** All that two runs must share to have the same arrivals, as a text. */
  #worldOf({ lab, scenario, seed, parameters, engineVersion }: RunSummary): string {
    return JSON.stringify([lab, scenario, seed, engineVersion, parametersOf(this.#parts.lab(), scenario, parameters)]);
  }
}

function sameText(one: RunSummary, other: RunSummary): boolean {
  return one.edited === other.edited && one.copy?.root === other.copy?.root;
}

/** The parameters of a run, those that it leaves to its scenario and its lab included, in the lab's order. */
export function parametersOf(
  lab: LabEntry | undefined,
  scenario: string,
  given: Readonly<Record<string, ParameterValue>>,
): Record<string, ParameterValue> {
  const world = { ...byId(lab?.scenarios ?? [], scenario)?.parameters, ...given };
  return Object.fromEntries((lab?.parameters ?? []).map(({ name, default: value }) => [name, world[name] ?? value]));
}
