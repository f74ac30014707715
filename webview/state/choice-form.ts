/** What the learner is about to run: lab, algorithm, scenario, seed and parameters, as typed, with what is wrong with it. */
import { batch, computed, signal } from '@preact/signals';
import { algorithmsFor, type ParameterEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import { othersThatUse, unmet } from '../../labs/engine/lab/relevance.ts';
import { ParameterError, resolveValue, type ParameterValue } from '../../labs/engine/lab/parameter.ts';
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import type { Labs } from './labs.ts';

/** A choice as lists and stored panels hold it; everything that is left out falls back. */
export interface PartialChoice {
  lab?: string | undefined;
  algorithm?: string | undefined;
  scenario?: string | undefined;
  seed?: number | undefined;
  parameters?: Readonly<Record<string, ParameterValue>> | undefined;
}

export class ChoiceForm {
  readonly #labs: Labs;
  /** What was chosen of a lab that is not here yet; until then the form stays as it is. */
  #awaited: PartialChoice | undefined;
  readonly lab = signal('');
  readonly algorithm = signal('');
  readonly scenario = signal('');
  readonly seedText = signal('1');
  /** What stands in each parameter's field. */
  readonly texts = signal<Readonly<Record<string, string>>>({});

  readonly entry = computed(() => this.#labs.known(this.lab.value));
  readonly scenarioEntry = computed(() => byId(this.entry.value?.scenarios ?? [], this.scenario.value));
  /** Those that can be run in the scenario. */
  readonly algorithms = computed(() =>
    this.entry.value ? algorithmsFor(this.entry.value, this.scenarioEntry.value) : [],
  );
  readonly algorithmEntry = computed(() => byId(this.algorithms.value, this.algorithm.value));

  /** What is wrong with the seed, '' if nothing. */
  readonly seedError = computed(() => {
    const text = this.seedText.value.trim();
    return /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))
      ? ''
      : 'The seed is a whole number from 0 to 9,007,199,254,740,991.';
  });

  /** Every parameter of the lab, and whether the algorithm uses it, with the values that the others have. */
  readonly #parameters = computed(() => {
    const { parameters = [], algorithms = [] } = this.entry.value ?? {};
    const algorithm = this.algorithmEntry.value;
    const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, this.textOf(parameter).trim()]));
    return parameters.map((parameter) => ({
      parameter,
      isUsed:
        !unmet(parameter, values) && (!algorithm || othersThatUse(algorithms, algorithm, parameter.name).length === 0),
    }));
  });
  /** The parameters that mean something to what is chosen: others are not shown. */
  readonly parameters = computed(() => parametersOf(this.#parameters.value, true));
  readonly unused = computed(() => parametersOf(this.#parameters.value, false));

  /** What is wrong with each parameter that is shown; no entry where all is well. */
  readonly errors = computed(() => {
    const errors: Record<string, string> = {};
    for (const parameter of this.parameters.value) {
      const read = this.#read(parameter);
      if ('error' in read) errors[parameter.name] = read.error;
    }
    return errors;
  });

  readonly valid = computed(
    () => this.algorithmEntry.value !== undefined && this.seedError.value === '' && !hasKeys(this.errors.value),
  );

  constructor(labs: Labs) {
    this.#labs = labs;
  }

  /**
   * Puts a whole choice in: a stored one, or one that the host asks for. Unknown ids fall back to the lab's first. Where
   * the lab has to be fetched first, that happens once it is here (`labCame`).
   */
  choose(choice: PartialChoice): void {
    batch(() => {
      const heads = this.#labs.heads.value;
      const head = byId(heads, choice.lab) ?? heads[0];
      const entry = this.#labs.known(head?.id);
      this.#awaited = entry ? undefined : choice;
      if (!entry) {
        if (head) this.#labs.want(head.id);
        return;
      }
      this.lab.value = entry.id;
      const asked = byId(entry.algorithms, choice.algorithm);
      // An algorithm that is asked for alone is shown in a world of its own.
      const scenario =
        byId(entry.scenarios, choice.scenario) ??
        entry.scenarios.find(({ contract }) => contract === (asked?.contract ?? contract)) ??
        entry.scenarios[0];
      this.scenario.value = scenario?.id ?? '';
      const fitting = algorithmsFor(entry, scenario);
      const algorithm = byId(fitting, choice.algorithm) ?? byId(fitting, scenario?.algorithm) ?? fitting[0];
      this.algorithm.value = algorithm?.id ?? '';
      if (choice.seed !== undefined) this.seedText.value = String(choice.seed);
      this.texts.value = textsOf(entry.parameters, { ...scenario?.parameters, ...choice.parameters });
    });
  }

  /** A lab is here that was not: what was chosen of it is put in. */
  labCame(): void {
    if (this.#awaited) this.choose(this.#awaited);
  }

  /** A scenario brings its own parameters and algorithm along. */
  chooseScenario(scenario: string): void {
    this.choose({ lab: this.lab.value, scenario });
  }

  /** What stands in a parameter's field. */
  textOf({ name, default: fallback }: ParameterEntry): string {
    return this.texts.value[name] ?? String(fallback);
  }

  #read(parameter: ParameterEntry): { value: ParameterValue } | { error: string } {
    try {
      return { value: resolveValue(parameter.name, parameter, this.textOf(parameter)) };
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      return { error: error.message };
    }
  }

  setText(name: string, text: string): void {
    this.texts.value = { ...this.texts.value, [name]: text };
  }

  /** Puts the scenario's parameters back. */
  resetParameters(): void {
    const { entry, scenarioEntry } = this;
    if (entry.value) this.texts.value = textsOf(entry.value.parameters, { ...scenarioEntry.value?.parameters });
  }

  rollSeed(): void {
    this.seedText.value = String(Math.floor(Math.random() * 1_000_000));
  }

  /** The choice, ready to be run; undefined while something in it is wrong. */
  toRun(): RunChoice | undefined {
    const entry = this.entry.value;
    if (!entry || !this.valid.value) return undefined;
    return {
      lab: entry.id,
      algorithm: this.algorithm.value,
      scenario: this.scenario.value,
      seed: Number(this.seedText.value),
      // One that is not shown and cannot be read is the scenario's: nobody sees what would have to be mended.
      parameters: Object.fromEntries(
        entry.parameters.flatMap((parameter) => {
          const read = this.#read(parameter);
          return 'value' in read ? [[parameter.name, read.value]] : [];
        }),
      ),
    };
  }
}

function parametersOf(
  parameters: readonly { parameter: ParameterEntry; isUsed: boolean }[],
  used: boolean,
): ParameterEntry[] {
  return parameters.filter(({ isUsed }) => isUsed === used).map(({ parameter }) => parameter);
}

function textsOf(
  parameters: readonly ParameterEntry[],
  values: Readonly<Record<string, ParameterValue>>,
): Record<string, string> {
  return Object.fromEntries(parameters.map(({ name, default: fallback }) => [name, String(values[name] ?? fallback)]));
}

function hasKeys(record: object): boolean {
  return Object.keys(record).length > 0;
}
