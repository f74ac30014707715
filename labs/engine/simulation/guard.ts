/**
 * Keeps handlers deterministic: while one runs, the clock, luck, timers, approximations and the outside world refuse
 * to be used, and say what to use instead. Outside handlers everything works as ever.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { RefusedError } from './refusal.ts';

/** The handler that is running: two variables, because an object for each call would cost more than the guard. */
let runningNode = '';
let runningHandler = '';

/** From here to `leaveHandler` nothing non-deterministic works. Handlers do not nest. */
export function enterHandler(node: string, handler: string): void {
  if (!guarded) guardOnce();
  runningNode = node;
  runningHandler = handler;
}

/** The handler has returned. */
export function leaveHandler(): void {
  runningHandler = '';
}

const spoken = ['debug', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/** Does something without a word on the console: a repetition of what was said already. */
export function quietly(act: () => void): void {
  const before = spoken.map((name) => console[name]);
  for (const name of spoken) console[name] = () => {};
  try {
    act();
  } finally {
    spoken.forEach((name, i) => (console[name] = before[i]!));
  }
}

const inEveryRun = 'gives another answer in every run';
const onAnotherMachine = 'may give another answer on another machine';

const clockMend = 'use context.clock()';
const luckMend = 'use context.random(purpose)';
const timerMend = 'use context.setTimer(name, delay)';
const worldMend = 'a node reaches others with context.send or context.call, and its disk with context.disk';

/** What ECMAScript leaves to the implementation, and what to use for it. `Math.sqrt` and the roundings are exact everywhere. */
const approximations: Readonly<Record<string, string>> = {
  log: 'use log',
  log2: 'use log(x) / log(2)',
  log10: 'use log(x) / log(10)',
  log1p: 'use log(1 + x)',
  exp: 'use exp',
  expm1: 'use exp(x) - 1',
  sin: 'use sin',
  cos: 'use cos',
  tan: 'use sin(x) / cos(x)',
  cbrt: 'use exp(log(x) / 3)',
  sinh: 'use (exp(x) - exp(-x)) / 2',
  cosh: 'use (exp(x) + exp(-x)) / 2',
  tanh: 'use 1 - 2 / (exp(2 * x) + 1)',
  asinh: 'use log(x + Math.sqrt(x * x + 1))',
  acosh: 'use log(x + Math.sqrt(x * x - 1))',
  atanh: 'use log((1 + x) / (1 - x)) / 2',
};

/** Whether x to the power of y is a whole number that a double holds: then every machine says the same. */
function isExactPower([x, y]: readonly unknown[]): boolean {
  return Number.isInteger(x) && Number.isInteger(y) && Number(y) >= 0 && Number.isSafeInteger(Number(x) ** Number(y));
}

let guarded = false;

/** Wraps what a handler must not use, once per process. Costs other code one test of a variable. */
function guardOnce(): void {
  guarded = true;
  const scope = globalThis as unknown as Record<string, unknown>;
  scope.Date = new Proxy(Date, {
    construct(target, given, newTarget) {
      refuse('Date', clockMend);
      return Reflect.construct(target, given, newTarget) as object;
    },
    apply(target) {
      refuse('Date', clockMend);
      return target();
    },
    get(target, name, receiver) {
      if (name === 'now') refuse('Date.now', clockMend);
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const math = Math as unknown as Record<string, unknown>;
  wrap(math, 'random', 'Math.random', luckMend);
  for (const [name, mend] of Object.entries(approximations)) {
    wrap(math, name, `Math.${name}`, `${mend}, imported from system-design-labs/engine`, onAnotherMachine);
  }
  for (const name of ['asin', 'acos', 'atan', 'atan2']) {
    wrap(math, name, `Math.${name}`, 'work it out before the run and keep the result', onAnotherMachine);
  }
  const powMend = 'use exp(y * log(x)), imported from system-design-labs/engine';
  wrap(math, 'pow', 'Math.pow', powMend, onAnotherMachine, isExactPower);
  wrap(math, 'hypot', 'Math.hypot', 'use Math.sqrt(x * x + y * y)', onAnotherMachine);
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'])
    wrap(scope, name, name, timerMend);
  wrap(performance as unknown as Record<string, unknown>, 'now', 'performance.now', clockMend);
  wrap(process.hrtime as unknown as Record<string, unknown>, 'bigint', 'process.hrtime.bigint', clockMend);
  wrap(process as unknown as Record<string, unknown>, 'hrtime', 'process.hrtime', clockMend);
  wrap(process as unknown as Record<string, unknown>, 'nextTick', 'process.nextTick', timerMend);
  for (const name of ['fetch', 'WebSocket']) wrap(scope, name, name, worldMend);
  for (const name of ['randomUUID', 'getRandomValues']) {
    wrap(crypto as unknown as Record<string, unknown>, name, `crypto.${name}`, luckMend);
  }
  const require = createRequire(import.meta.url);
  const luck = ['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync', 'getRandomValues'];
  for (const name of luck) wrap(require('node:crypto') as Record<string, unknown>, name, `crypto.${name}`, luckMend);
  for (const [id, what] of [
    ['node:fs', 'fs'],
    ['node:fs/promises', 'fs/promises'],
    ['node:child_process', 'child_process'],
    ['node:net', 'net'],
    ['node:http', 'http'],
    ['node:https', 'https'],
    ['node:dns', 'dns'],
    ['node:timers', 'timers'],
  ] as const) {
    const module = require(id) as Record<string, unknown>;
    for (const name of Object.keys(module)) {
      // Classes (Stats, Server) are recognised by their capital letter and left alone: making one does no harm by itself.
      if (typeof module[name] === 'function' && /^[a-z]/.test(name)) wrap(module, name, `${what}.${name}`, worldMend);
    }
  }
  syncBuiltinESMExports();
}

/** @param isFine whether it may be used with these arguments all the same */
function wrap(
  owner: Record<string, unknown>,
  name: string,
  shown: string,
  mend: string,
  why = inEveryRun,
  isFine: (given: readonly unknown[]) => boolean = () => false,
): void {
  const original = owner[name];
  if (typeof original !== 'function') return;
  const wrapped = new Proxy(original as (...given: unknown[]) => unknown, {
    apply(target, self, given) {
      if (!isFine(given)) refuse(shown, mend, why);
      return Reflect.apply(target, self, given);
    },
    construct(target, given, newTarget) {
      refuse(shown, mend, why);
      return Reflect.construct(target, given, newTarget) as object;
    },
  });
  const how = Object.getOwnPropertyDescriptor(owner, name);
  if (how && !how.configurable && !how.writable) return;
  Object.defineProperty(owner, name, {
    value: wrapped,
    configurable: true,
    writable: true,
    enumerable: how?.enumerable ?? true,
  });
}

function refuse(what: string, mend: string, why = inEveryRun): void {
  if (runningHandler === '') return;
  throw new RefusedError(`${runningHandler} of ${runningNode} uses ${what}, which ${why}: ${mend}`);
}
