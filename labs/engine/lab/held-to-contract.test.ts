import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import { RefusedError } from '../simulation/refusal.ts';
import { defineContract, indexBelow, namedNumbers, numberFrom, placesOnCircle, trueOrFalse } from './contract.ts';
import { ContractError, heldToContract } from './held-to-contract.ts';

interface Gate {
  opens(): boolean;
  readonly state: Readonly<Record<string, number>>;
  pick?(pool: { size: number }): number;
  points?(): Iterable<number>;
  readonly delay?: number;
}

const contract = defineContract<Gate>({
  interface: 'Gate',
  members: {
    opens: { returns: trueOrFalse },
    state: { holds: namedNumbers },
    pick: { returns: indexBelow('server', ([{ size }]: [{ size: number }]) => size), optional: true },
    points: { returns: placesOnCircle, optional: true },
    delay: { holds: numberFrom(0), optional: true },
  },
});

const offers = { luck: 'roll the die that you are given', clock: 'ask your watch', timers: 'wait to be asked' };

/** An instance of a class of the learner's, as a lab gets it. */
function made(implementation: unknown): any {
  return new (heldToContract(implementation, contract, offers) as new () => unknown)();
}

class Good implements Gate {
  #asked = 0;
  opens(): boolean {
    this.#asked++;
    return this.#asked % 2 === 0;
  }
  get state(): { asked: number } {
    return { asked: this.#asked };
  }
}

function like(members: object): unknown {
  class Own extends Good {}
  Object.defineProperties(Own.prototype, Object.getOwnPropertyDescriptors(members));
  return Own;
}

describe('a class that is held to its interface', () => {
  it('works as it did, private fields, inheritance and its name included', () => {
    const gate = made(Good);
    assert.deepEqual([gate.opens(), gate.opens(), gate.state], [false, true, { asked: 2 }]);
    assert.ok(gate instanceof Good);
    assert.equal(gate.constructor, Good);
    class Heir extends Good {
      override opens(): boolean {
        return !super.opens();
      }
    }
    assert.equal(made(Heir).opens(), true);
  });

  it('is refused before the run when it lacks what it must have', () => {
    const refused = (implementation: unknown, message: RegExp): void => {
      assert.throws(
        () => made(implementation),
        (error: ContractError) => error instanceof ContractError && message.test(error.message),
      );
    };
    refused(class Mine {}, /^Mine has no opens\(\): every Gate has one$/);
    refused(
      class Mine {
        opens = (): boolean => true;
      },
      /^Mine has no 'state'/,
    );
    refused(like({ opens: 5 }), /^opens of Own must be a method, not 5$/);
    assert.doesNotThrow(() => made(Good), 'optional members are left out');
  });

  for (const [members, message] of [
    [{ opens: () => Promise.resolve(true) }, /^opens of Own returned a promise: it must return true or false$/],
    [{ opens: () => 'false' }, /returned 'false': it must return true or false/],
    [{ opens: () => ({ ok: true }) }, /returned \{ ok: true \}/],
    [{ opens: () => undefined }, /returned undefined/],
    [{ state: { tokens: NaN } }, /^state of Own is \{ tokens: NaN \}: it must be an object of numbers with names$/],
    [{ state: [1] }, /state of Own is \[ 1 \]/],
    [{ pick: () => '1' }, /^pick of Own returned '1': it must return the number of a server, 0 to 2$/],
    [{ pick: () => 3 }, /returned 3/],
    [{ pick: () => -1 }, /returned -1/],
    [{ pick: () => 0.5 }, /returned 0\.5/],
    [{ points: () => [0.5, NaN] }, /numbers from 0 up to, but not including, 1/],
    [{ delay: -5 }, /^delay of Own is -5: it must be a number of 0 or more$/],
    [{ delay: NaN }, /delay of Own is NaN/],
  ] as [object, RegExp][]) {
    const [name, value] = Object.entries(members)[0]!;
    it(`is refused for ${name}: ${String(value)}`, () => {
      const gate = made(like(members));
      assert.throws(
        () => (typeof value === 'function' ? gate[name]({ size: 3 }) : gate[name]),
        (error: ContractError) => error.className === 'Own' && message.test(error.message),
      );
    });
  }

  it('is looked at in fields as well', () => {
    class Fields {
      opens = (): unknown => this.delay > 2;
      state: unknown = { n: 1 };
      delay = 0;
      late(): void {
        this.delay = -1;
      }
    }
    const gate = made(Fields);
    assert.deepEqual([gate.opens(), gate.state, gate.delay], [false, { n: 1 }, 0]);
    gate.late();
    assert.throws(() => gate.delay as number, /delay of Fields is -1/);
  });
});

describe('luck, clocks and timers', () => {
  const { random } = Math;
  for (const [what, use, mend] of [
    ['Math.random', () => Math.random(), offers.luck],
    ['crypto.randomInt', () => randomInt(5), offers.luck],
    ['crypto.randomUUID', () => crypto.randomUUID(), offers.luck],
    ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(1)), offers.luck],
    ['Date.now', () => Date.now(), offers.clock],
    ['Date', () => new Date(), offers.clock],
    ['performance.now', () => performance.now(), offers.clock],
    ['process.hrtime', () => process.hrtime(), offers.clock],
    ['process.hrtime.bigint', () => process.hrtime.bigint(), offers.clock],
    ['process.uptime', () => process.uptime(), offers.clock],
    ['setTimeout', () => setTimeout(() => {}, 0), offers.timers],
    ['queueMicrotask', () => queueMicrotask(() => {}), offers.timers],
  ] as [string, () => unknown, string][]) {
    it(`${what} is refused in what the interface offers instead`, () => {
      const uses = like({ opens: () => Boolean(use()) });
      const message = `opens of Own uses ${what}, which gives another answer in every run: ${mend}`;
      assert.throws(() => made(uses).opens(), new RefusedError(message));
      assert.doesNotThrow(use, 'outside it works as ever');
    });
  }

  it('are refused in the constructor, a getter, a generator and what they call', () => {
    class Lucky extends Good {
      salt = Math.random();
    }
    assert.throws(() => made(Lucky), /^RefusedError: the constructor of Lucky uses Math\.random/);
    assert.throws(
      () =>
        made(
          like({
            get state() {
              return { now: Date.now() };
            },
          }),
        ).state as unknown,
      /state of Own uses Date\.now/,
    );
    const walks = like({
      *points() {
        yield Math.random();
      },
    });
    assert.throws(() => made(walks).points(), /points of Own uses Math\.random/);
    assert.throws(() => made(like({ opens: () => made(Lucky) })).opens(), /the constructor of Lucky/);
  });

  it('work again after a refusal, and what was put aside before the guard is not its business', () => {
    assert.throws(() => made(like({ opens: () => Math.random() < 2 })).opens(), RefusedError);
    assert.ok(Math.random() < 1);
    assert.ok(random() < 1);
  });
});
