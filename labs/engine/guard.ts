/**
 * Keeps runs repeatable: while code runs that a run's outcome hangs on, the clock, luck, timers, approximations and, of
 * nodes, the outside world refuse to be used, and say what to use instead. Outside of it everything works as ever.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { RefusedError } from './simulation/refusal.ts';

/** What the code at hand is given in place of what it must not use: the end of a sentence each. */
export interface Offers {
  luck: string;
  clock: string;
  /** Left out where timers are not refused: while a lab is loaded. */
  timers?: string;
  /** Files, processes, the network. Left out where they are not refused: in labs without nodes. */
  world?: string;
}

/** Code that must be repeatable, and how one speaks of it. */
export interface Place {
  /** Subject of the sentence: 'admit of TokenBucket'. */
  who: string;
  offers: Offers;
  /** Whether it may use what is only approximate, since nothing of it gets into the trace. */
  approximates?: boolean;
}

/** What a handler of a node is given. */
export const contextOffers: Offers = {
  luck: 'use context.random(purpose)',
  clock: 'use context.clock()',
  timers: 'use context.setTimer(name, delay)',
  world: 'a node reaches others with context.send or context.call, and its disk with context.disk',
};

/** Modules of a lab, while they are loaded: what they keep for good must be the same in every run. */
export const loading: Place = {
  who: 'a module of the lab',
  offers: {
    luck: 'draw in the run, from what is handed in',
    clock: 'look in the run at the clock that is handed in, where there is one',
  },
  approximates: true,
};

/** Stands for whichever handler is running; its name is in two variables, because an object for each call would cost more. */
const handlerPlace: Place = { who: '', offers: contextOffers };
let runningNode = '';
let runningHandler = '';

/** Where the code that is running must be repeatable; undefined: it need not be. */
let place: Place | undefined;

/** From here to `leave` nothing works that gives another answer in another run. @returns what `leave` wants back */
export function enter(next: Place): Place | undefined {
  if (!guarded) installGuard();
  const before = place;
  place = next;
  return before;
}

/** Back to where one was before `enter`. */
export function leave(before: Place | undefined): void {
  place = before;
}

/** As `enter`, for a handler of a node. Handlers do not nest. */
export function enterHandler(node: string, handler: string): void {
  if (!guarded) installGuard();
  runningNode = node;
  runningHandler = handler;
  place = handlerPlace;
}

/** The handler has returned. */
export function leaveHandler(): void {
  place = undefined;
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

/** What Node's process tells of the machine and the moment. */
const ofProcess: Readonly<Record<string, keyof Offers>> = {
  hrtime: 'clock',
  uptime: 'clock',
  cpuUsage: 'clock',
  threadCpuUsage: 'clock',
  resourceUsage: 'clock',
  memoryUsage: 'world',
  nextTick: 'timers',
};

let guarded = false;

/**
 * Wraps what is refused, once per process; costs other code one test of a variable. The runner enters `loading` before a
 * lab is loaded, so that what its modules put aside (`const { random } = Math`) is wrapped as well.
 */
function installGuard(): void {
  if (guarded) return;
  guarded = true;
  const scope = globalThis as unknown as Record<string, unknown>;
  wrap(Date as unknown as Record<string, unknown>, 'now', 'Date.now', 'clock');
  wrap(scope, 'Date', 'Date', 'clock');
  const math = Math as unknown as Record<string, unknown>;
  wrap(math, 'random', 'Math.random', 'luck');
  for (const [name, mend] of Object.entries(approximations)) {
    wrap(math, name, `Math.${name}`, `${mend}, imported from system-design-labs/engine`, onAnotherMachine);
  }
  for (const name of ['asin', 'acos', 'atan', 'atan2']) {
    wrap(math, name, `Math.${name}`, 'work it out before the run and keep the result', onAnotherMachine);
  }
  const powMend = 'use exp(y * log(x)), imported from system-design-labs/engine';
  wrap(math, 'pow', 'Math.pow', powMend, onAnotherMachine, isExactPower);
  wrap(math, 'hypot', 'Math.hypot', 'use Math.sqrt(x * x + y * y)', onAnotherMachine);
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) wrap(scope, name, name, 'timers');
  for (const name of ['now', 'mark', 'measure']) {
    wrap(performance as unknown as Record<string, unknown>, name, `performance.${name}`, 'clock');
  }
  wrap(process.hrtime as unknown as Record<string, unknown>, 'bigint', 'process.hrtime.bigint', 'clock');
  for (const [name, mend] of Object.entries(ofProcess)) {
    wrap(process as unknown as Record<string, unknown>, name, `process.${name}`, mend);
  }
  for (const name of ['fetch', 'WebSocket']) wrap(scope, name, name, 'world');
  for (const name of ['randomUUID', 'getRandomValues']) {
    wrap(crypto as unknown as Record<string, unknown>, name, `crypto.${name}`, 'luck');
  }
  const require = createRequire(import.meta.url);
  const ofCrypto = require('node:crypto') as Record<string, unknown>;
  for (const name of Object.keys(ofCrypto)) {
    if (/^(random|getRandom|generate)/.test(name)) wrap(ofCrypto, name, `crypto.${name}`, 'luck');
  }
  for (const [id, what] of [
    ['node:fs', 'fs'],
    ['node:fs/promises', 'fs/promises'],
    ['node:child_process', 'child_process'],
    ['node:net', 'net'],
    ['node:http', 'http'],
    ['node:https', 'https'],
    ['node:dns', 'dns'],
    ['node:os', 'os'],
    ['node:timers', 'timers'],
    ['node:timers/promises', 'timers/promises'],
  ] as const) {
    const mend = what.startsWith('timers') ? 'timers' : 'world';
    const module = require(id) as Record<string, unknown>;
    for (const name of Object.keys(module)) {
      // Classes (Stats, Server) are recognised by their capital letter and left alone: making one does no harm by itself.
      if (typeof module[name] === 'function' && /^[a-z]/.test(name)) wrap(module, name, `${what}.${name}`, mend);
    }
  }
  syncBuiltinESMExports();
}

/**
 * @param mend which offer of the place stands for it, or a sentence's end of its own
 * @param isFine whether it may be used with these arguments all the same
 */
function wrap(
  owner: Record<string, unknown>,
  name: string,
  shown: string,
  mend: keyof Offers | (string & {}),
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

const offerNames: ReadonlySet<string> = new Set<keyof Offers>(['luck', 'clock', 'timers', 'world']);

function refuse(what: string, mend: string, why: string): void {
  if (place === undefined || (place.approximates && why === onAnotherMachine)) return;
  const who = place === handlerPlace ? `${runningHandler} of ${runningNode}` : place.who;
  const instead = offerNames.has(mend) ? place.offers[mend as keyof Offers] : mend;
  if (instead === undefined) return;
  throw new RefusedError(`${who} uses ${what}, which ${why}: ${instead}`);
}
