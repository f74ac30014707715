/** What the learner is about to sweep: a parameter, its range, how many points and seeds, and what is looked at over it. */
import { batch, computed, signal } from '@preact/signals';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { SweepSuggestion } from '../../labs/engine/lab/lab.ts';
import { spreadValues, type SweepableParameter } from '../../labs/engine/compare/spread.ts';
import { sweepLimits, type RunChoice, type SweepRequest } from '../../labs/engine/protocol/panel.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { ChoiceForm } from './choice-form.ts';

/** Points at which theory is drawn: enough for a smooth line. */
const curvePoints = 150;

export class SweepForm {
  readonly #form: ChoiceForm;
  /** Whose suggestions are in the fields. */
  readonly #lab = signal('');
  readonly parameter = signal('');
  readonly fromText = signal('');
  readonly toText = signal('');
  readonly pointsText = signal('8');
  readonly seedsText = signal('3');
  readonly metric = signal('');
  /** Id of a second algorithm, '' for none. */
  readonly beside = signal('');
  /** Whether the lab's own short runs are swept rather than what is chosen above. */
  readonly short = signal(true);

  readonly entry = computed(() => this.#form.entry.value);
  readonly parameters = computed(() => sweepable(this.entry.value));
  readonly chosen = computed(() => this.parameters.value.find(({ name }) => name === this.parameter.value));
  readonly suggestion = computed(() => suggestionFor(this.entry.value, this.parameter.value));

  /** What is wrong with each field, '' if nothing. */
  readonly errors = computed(() => {
    const parameter = this.chosen.value;
    if (!parameter || parameter.type === 'choice') {
      return { from: '', to: '', points: '', seeds: wholeNumber(this.seedsText.value, 1, sweepLimits.seeds) };
    }
    const [from, to] = [numberIn(this.fromText.value), numberIn(this.toText.value)];
    return {
      from: outside(from, parameter),
      to: outside(to, parameter) || (to > from ? '' : 'It must lie above the beginning.'),
      points: wholeNumber(this.pointsText.value, 2, sweepLimits.points),
      seeds: wholeNumber(this.seedsText.value, 1, sweepLimits.seeds),
    };
  });

  readonly values = computed(() => (this.#sound() ? this.#spread(Number(this.pointsText.value)) : []));
  readonly algorithms = computed(() => {
    const first = this.#form.algorithm.value;
    return this.beside.value === '' || this.beside.value === first ? [first] : [first, this.beside.value];
  });
  /** How many runs that makes. */
  readonly runs = computed(
    () => this.values.value.length * this.algorithms.value.length * Number(this.seedsText.value),
  );
  /** What is wrong with it as a whole, '' if nothing. */
  readonly error = computed(() =>
    this.runs.value > sweepLimits.runs
      ? `${formatFigure(this.runs.value)} runs are more than ${sweepLimits.runs}: take fewer points or seeds.`
      : '',
  );

  constructor(form: ChoiceForm) {
    this.#form = form;
  }

  /** Begins with what the lab suggests, unless its fields are filled in already. */
  begin(): void {
    const entry = this.entry.value;
    if (!entry || this.#lab.value === entry.id) return;
    batch(() => {
      this.#lab.value = entry.id;
      this.beside.value = '';
      this.metric.value = Object.keys(entry.metrics)[0] ?? '';
      this.chooseParameter(entry.sweeps[0]?.parameter ?? this.parameters.value[0]?.name ?? '');
    });
  }

  chooseParameter(name: string): void {
    batch(() => {
      this.parameter.value = name;
      const parameter = this.chosen.value;
      const { from, to, metric } = this.suggestion.value ?? {};
      if (metric !== undefined) this.metric.value = metric;
      if (!parameter || parameter.type === 'choice') return;
      const [low, high] = usualRange(parameter);
      this.fromText.value = String(from ?? low);
      this.toText.value = String(to ?? high);
    });
  }

  /** The sweep, ready to be run; undefined while something in it is wrong. */
  toRun(): SweepRequest | undefined {
    const choice = this.#form.toRun();
    if (!choice || !this.#sound() || this.error.value !== '') return undefined;
    const more = this.short.value ? this.suggestion.value?.parameters : undefined;
    return {
      choice: { ...choice, parameters: { ...choice.parameters, ...more } } satisfies RunChoice,
      parameter: this.parameter.value,
      values: this.values.value,
      algorithms: this.algorithms.value,
      seeds: Number(this.seedsText.value),
      curveAt: this.#spread(curvePoints),
    };
  }

  #sound(): boolean {
    return this.chosen.value !== undefined && Object.values(this.errors.value).every((error) => error === '');
  }

  #spread(points: number): SweepRequest['values'] {
    return spreadValues(this.chosen.value!, numberIn(this.fromText.value), numberIn(this.toText.value), points);
  }
}

/** The parameters of a lab that can be swept, as they are declared. */
export function sweepable(entry: LabEntry | undefined): ({ name: string } & SweepableParameter)[] {
  return (entry?.parameters ?? []).flatMap((one) => (one.type === 'text' ? [] : [one]));
}

function suggestionFor(entry: LabEntry | undefined, parameter: string): SweepSuggestion | undefined {
  return entry?.sweeps.find((one) => one.parameter === parameter);
}

/** Around the default, where the lab suggests nothing: its whole range is mostly too wide. */
function usualRange({
  default: usual,
  min,
  max,
  type,
}: Exclude<SweepableParameter, { type: 'choice' }>): [number, number] {
  const low = Math.max(min, usual / 4);
  const high = Math.min(max, usual * 4);
  const [from, to] = high > low ? [low, high] : [min, max];
  return type === 'integer' ? [Math.ceil(from), Math.floor(to)] : [from, to];
}

function numberIn(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function outside(value: number, { min, max, type }: Exclude<SweepableParameter, { type: 'choice' }>): string {
  const fits = value >= min && value <= max && (type === 'number' || Number.isInteger(value));
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  return fits ? '' : `It is ${kind} from ${formatFigure(min)} to ${formatFigure(max)}.`;
}

function wholeNumber(text: string, min: number, max: number): string {
  const value = numberIn(text);
  return Number.isInteger(value) && value >= min && value <= max ? '' : `A whole number from ${min} to ${max}.`;
}
