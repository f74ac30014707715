/**
 * What an algorithm must be: the members of the interface that it implements, as data. The engine holds every instance to
 * it (`held-to-contract.ts`), so that a lab need not doubt what its algorithms hand back.
 */
import type { Offers } from '../guard.ts';

/** What a value must be, to be asked of values of whatever type. */
export interface ValueKind<Value, Given extends readonly unknown[] = readonly any[]> {
  /** What is due: 'true or false'. */
  readonly words: (given: Given) => string;
  /** @param given the arguments of the method that returned the value */
  readonly accepts: (value: unknown, given: Given) => boolean;
  /** Made of it before it is looked at and handed on. */
  readonly settle?: (value: unknown) => unknown;
  /** Only for the types: which values it describes. */
  readonly describes?: Value;
}

/** A method, by what it returns; or a property, by what it holds. */
export interface Member {
  readonly returns?: ValueKind<unknown>;
  readonly holds?: ValueKind<unknown>;
  /** An implementation may leave it out. */
  readonly optional?: true;
}

/** What an interface demands of those who implement it. */
export interface Contract {
  /** Name of the TypeScript interface: what static discovery looks for. */
  readonly interface: string;
  readonly members: Readonly<Record<string, Member>>;
  /**
   * What its implementations are given in place of luck, clocks, timers and the outside world, said to whoever uses
   * those: 'draw from the random that pick is given'. Left out: what every lab of its kind is given.
   */
  readonly offers?: Partial<Offers>;
}

/** Every member of an interface, with its own type, and marked where it may be left out. */
type MembersOf<Interface> = {
  readonly [Name in keyof Interface]-?: MemberOf<Required<Interface>[Name]> &
    (Partial<Pick<Interface, Name>> extends Pick<Interface, Name>
      ? { readonly optional: true }
      : { readonly optional?: never });
};

type MemberOf<Type> = Type extends (...given: infer Given) => infer Returned
  ? { readonly returns: ValueKind<Returned, Given> }
  : { readonly holds: ValueKind<Type> };

/** Declares what the implementations of an interface must be; the compiler holds it to the interface. */
export function defineContract<Interface>(
  contract: Omit<Contract, 'members'> & { readonly members: MembersOf<Interface> },
): Contract {
  return contract as Contract;
}

/** Name of the interface that a lab's algorithms implement. */
export function interfaceOf(contract: Contract | string): string {
  return typeof contract === 'string' ? contract : contract.interface;
}

function kind<Value>(words: string, accepts: (value: unknown) => boolean): ValueKind<Value> {
  return { words: () => words, accepts };
}

export const trueOrFalse = kind<boolean>('true or false', (value) => typeof value === 'boolean');

export const onlyTrue = kind<true>('true, or left out', (value) => value === true);

export const aText = kind<string>('a text', (value) => typeof value === 'string');

/** Something to say yes and no to at once: whatever is no promise. */
export const atOnce = kind<any>('what it has to say at once', (value) => !isPromise(value));

/** Nothing is expected, and it has been done when the method returns. */
export const nothing = kind<void>('when all is done', (value) => !isPromise(value));

/** A finite number. @param least the smallest that makes sense */
export function numberFrom(least: number): ValueKind<number> {
  return kind(`a number of ${least} or more`, (value) => isFiniteNumber(value) && value >= least);
}

/** Numbers with names: `{ tokens: 3.5 }`. */
export const namedNumbers = kind<Readonly<Record<string, number>>>(
  'an object of numbers with names',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => isFiniteNumber(one)),
);

/** Places on a circle. */
export const placesOnCircle: ValueKind<Iterable<number>> = {
  words: () => 'numbers from 0 up to, but not including, 1',
  settle: (value) => (isIterable(value) ? [...value] : value),
  accepts: (value) =>
    Array.isArray(value) && value.every((place: unknown) => isFiniteNumber(place) && place >= 0 && place < 1),
};

/** The program of a node: `initialState`, and what else it has of handlers. */
export const nodeProgram = kind<any>('the program of a node: an object with initialState() and handlers', (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { initialState, status } = value as Record<string, unknown>;
  const handlers = ['onStart', 'onMessage', 'onTimer', 'onRecover', 'onJob', 'onJobDone', 'onJobFailed'];
  return (
    typeof initialState === 'function' &&
    [status, ...handlers.map((name) => (value as Record<string, unknown>)[name])].every(
      (handler) => handler === undefined || typeof handler === 'function',
    )
  );
});

/** One of so many, by its number. @param count how many there are, by the method's arguments */
export function indexBelow<Given extends readonly unknown[]>(
  what: string,
  count: (given: Given) => number,
): ValueKind<number, Given> {
  return {
    words: (given) => `the number of a ${what}, 0 to ${count(given) - 1}`,
    accepts: (value, given) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < count(given),
  };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
