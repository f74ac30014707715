/**
 * Parameters: the knobs of a lab, declared once. The panel's form, the CLI's `--set`, the help and the
 * checks of what a learner typed all come from the declaration.
 */
import { endsAs } from '../engine-error.ts';

/** What a parameter may hold once resolved. */
export type ParameterValue = number | string;

interface Declared {
  /** What the learner reads beside the control; the name with spaces where this is left out. */
  title?: string;
  /** One sentence: what turning it does. */
  help?: string;
  /** With which values of other parameters it counts, where it does not always: `{ arrivals: ['list'] }`. */
  when?: Readonly<Record<string, readonly ParameterValue[]>>;
}

/** A whole number within a range. */
export interface IntegerParameter extends Declared {
  type: 'integer';
  default: number;
  min: number;
  max: number;
  /** Printed after the number: ms, keys, per second. */
  unit?: string;
}

/** A number within a range. */
export interface NumberParameter extends Declared {
  type: 'number';
  default: number;
  min: number;
  max: number;
  unit?: string;
}

/** One of a few words. */
export interface ChoiceParameter<Option extends string = string> extends Declared {
  type: 'choice';
  default: Option;
  options: readonly Option[];
}

/** Free text in a form that the lab checks (a list of weights, a failure schedule). */
export interface TextParameter extends Declared {
  type: 'text';
  default: string;
  /** Longest text accepted, in characters. */
  max: number;
  /** Says what is wrong with a text, or nothing. */
  validate?: (text: string) => string | undefined;
}

export type Parameter = IntegerParameter | NumberParameter | ChoiceParameter | TextParameter;

/** A lab's parameters by name. */
export type ParameterSet = Readonly<Record<string, Parameter>>;

/** The resolved values of a parameter set, each with the type its declaration gives. */
export type ValuesOf<Set extends ParameterSet> = {
  readonly [Name in keyof Set]: Set[Name] extends { type: 'integer' | 'number' }
    ? number
    : Set[Name] extends ChoiceParameter<infer Option>
      ? Option
      : string;
};

/** A whole number from `min` to `max`. */
export function integer(declaration: Omit<IntegerParameter, 'type'>): IntegerParameter {
  return { type: 'integer', ...declaration };
}

/** A number from `min` to `max`. */
export function number(declaration: Omit<NumberParameter, 'type'>): NumberParameter {
  return { type: 'number', ...declaration };
}

/** One of the words in `options`. */
export function choice<const Option extends string>(
  declaration: Omit<ChoiceParameter<Option>, 'type'>,
): ChoiceParameter<Option> {
  return { type: 'choice', ...declaration };
}

/** Free text that `validate` understands. */
export function text(declaration: Omit<TextParameter, 'type'>): TextParameter {
  return { type: 'text', ...declaration };
}

/** A parameter that does not exist or a value that it refuses; the message is one line and names the mend. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
  readonly [endsAs] = 'request';
  /** The parameter it is about. */
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/**
 * The values a run will use: what was given, over the declaration's defaults.
 * @param given values by name, as numbers or as the text a person typed
 * @throws ParameterError for a name that is not declared or a value that is not accepted
 */
export function resolveParameters<const Set extends ParameterSet>(
  declared: Set,
  given: Readonly<Record<string, unknown>> = {},
): ValuesOf<Set> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) {
      throw new ParameterError(name, `there is no parameter '${name}': use ${Object.keys(declared).join(', ')}`);
    }
  }
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(declared)) {
    values[name] = Object.hasOwn(given, name) ? resolveValue(name, parameter, given[name]) : parameter.default;
  }
  return values as ValuesOf<Set>;
}

/**
 * One value, checked against its declaration.
 * @throws ParameterError when it is not accepted
 */
export function resolveValue(name: string, parameter: Parameter, given: unknown): ParameterValue {
  switch (parameter.type) {
    case 'integer':
    case 'number': {
      const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      const kind = parameter.type === 'integer' ? 'a whole number' : 'a number';
      const whole = parameter.type === 'number' || Number.isInteger(value);
      if (typeof value !== 'number' || !whole || !(value >= parameter.min && value <= parameter.max)) {
        throw new ParameterError(
          name,
          `${name} must be ${kind} from ${parameter.min} to ${parameter.max}, not '${String(given)}'`,
        );
      }
      return value;
    }
    case 'choice':
      if (typeof given !== 'string' || !parameter.options.includes(given)) {
        throw new ParameterError(
          name,
          `${name} must be one of ${parameter.options.join(', ')}, not '${String(given)}'`,
        );
      }
      return given;
    case 'text': {
      if (typeof given !== 'string' || given.length > parameter.max) {
        throw new ParameterError(name, `${name} must be a text of at most ${parameter.max} characters`);
      }
      const complaint = parameter.validate?.(given);
      if (complaint !== undefined) throw new ParameterError(name, `${name}: ${complaint}`);
      return given;
    }
  }
}
