/**
 * Holds a learner's class to what its lab's interface says. An instance without a member that it must have is refused
 * before the run; a method that hands back something else than what is due is refused when it does, for a promise that
 * is taken for *true* would make every figure of the run a lie.
 */
import { inspect } from 'node:util';
import { endsAs } from '../engine-error.ts';
import { enter, leave, type Offers, type Place } from '../guard.ts';
import type { Contract, ValueKind } from './contract.ts';

/** A learner's class is not what its interface says. It is the class that must be mended, whoever noticed. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly [endsAs] = 'refused';
  /** The class. */
  readonly className: string;

  constructor(className: string, message: string) {
    super(message);
    this.className = className;
  }
}

type Constructor = new (...given: unknown[]) => object;
type Method = (...given: unknown[]) => unknown;

/**
 * The class, such that its instances do as the contract says and none of their members uses what a run must not. Between
 * an instance and its class stands one prototype with the members of the contract: a call costs some twenty nanoseconds more.
 * @param offers what it is given in place of luck, clocks and the like
 */
export function heldToContract(implementation: unknown, contract: Contract | string, offers: Offers): unknown {
  if (typeof implementation !== 'function' || typeof implementation.prototype !== 'object') return implementation;
  const holder = new Holder(implementation as Constructor, contract, offers);
  return new Proxy(implementation as Constructor, { construct: (_class, given: unknown[]) => holder.make(given) });
}

class Holder {
  readonly #class: Constructor;
  readonly #interface: string;
  readonly #members: Contract['members'];
  readonly #offers: Offers;
  readonly #construction: Place;
  /** What stands in for the class where an instance is made, for the sake of its prototype. */
  readonly #stand: () => void = function stand() {};

  constructor(implementation: Constructor, contract: Contract | string, offers: Offers) {
    this.#class = implementation;
    this.#interface = typeof contract === 'string' ? contract : contract.interface;
    this.#members = typeof contract === 'string' ? {} : contract.members;
    this.#offers = offers;
    this.#construction = { who: `the constructor of ${implementation.name}`, offers };
    const prototype = Object.create(implementation.prototype as object) as object;
    for (const name of Object.keys(this.#members)) this.#hold(prototype, name, inherited(implementation, name));
    this.#stand.prototype = prototype;
  }

  /** @throws ContractError when it lacks what it must have */
  make(given: unknown[]): object {
    const before = enter(this.#construction);
    let instance: object;
    try {
      instance = Reflect.construct(this.#class, given, this.#stand) as object;
    } finally {
      leave(before);
    }
    for (const [name, { returns, optional }] of Object.entries(this.#members)) {
      const own = Object.getOwnPropertyDescriptor(instance, name);
      if (own && optional && own.value === undefined && own.get === undefined) continue;
      if (!(name in instance)) {
        if (optional) continue;
        const what = returns ? `${name}()` : `'${name}'`;
        throw new ContractError(
          this.#class.name,
          `${this.#class.name} has no ${what}: every ${this.#interface} has one`,
        );
      }
      const value: unknown = returns ? (instance as Record<string, unknown>)[name] : undefined;
      if (returns && typeof value !== 'function') {
        throw new ContractError(
          this.#class.name,
          `${name} of ${this.#class.name} must be a method, not ${shown(value)}`,
        );
      }
      if (own?.configurable) this.#hold(instance, name, own);
    }
    return instance;
  }

  /** Puts a member that looks at what it hands back before the one that is there. */
  #hold(on: object, name: string, how: PropertyDescriptor | undefined): void {
    const { returns, holds, optional } = this.#members[name]!;
    if (!how) return;
    if (returns) {
      if (typeof how.value === 'function')
        Object.defineProperty(on, name, { ...how, value: this.#method(name, how.value as Method, returns) });
      return;
    }
    let { value } = how as { value: unknown };
    const place = this.#placeOf(name);
    const read = how.get ?? (() => value);
    const { accepts, words } = holds!;
    const className = this.#class.name;
    Object.defineProperty(on, name, {
      configurable: true,
      enumerable: how.enumerable ?? false,
      get(this: unknown) {
        const before = enter(place);
        let held: unknown;
        try {
          held = read.call(this) as unknown;
        } finally {
          leave(before);
        }
        if (accepts(held, []) || (optional && held === undefined)) return held;
        throw new ContractError(className, `${name} of ${className} is ${shown(held)}: it must be ${words([])}`);
      },
      set: how.get ? how.set! : (next: unknown) => (value = next),
    });
  }

  #method(name: string, method: Method, returns: ValueKind<unknown>): Method {
    const place = this.#placeOf(name);
    const className = this.#class.name;
    const { accepts, settle } = returns;
    return function (this: unknown, ...given: unknown[]): unknown {
      const before = enter(place);
      let returned: unknown;
      try {
        returned = method.apply(this, given);
        if (settle) returned = settle(returned);
      } finally {
        leave(before);
      }
      if (accepts(returned, given)) return returned;
      throw new ContractError(
        className,
        `${name} of ${className} returned ${shown(returned)}: it must return ${returns.words(given)}`,
      );
    };
  }

  #placeOf(member: string): Place {
    return { who: `${member} of ${this.#class.name}`, offers: this.#offers };
  }
}

/** A member as the class, or one that it extends, declares it. */
function inherited(implementation: Constructor, name: string): PropertyDescriptor | undefined {
  for (
    let prototype = implementation.prototype as object | null;
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    if (found) return found;
  }
  return undefined;
}

/** A value in a few words. */
function shown(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'function') return 'a function';
  const long = inspect(value, { depth: 1, customInspect: false, maxArrayLength: 5, breakLength: Infinity });
  return long.length > 100 ? `${long.slice(0, 100)}…` : long;
}
