/**
 * Keeps handlers deterministic: while one runs, the clock, luck, timers and the outside world refuse to be
 * used, and say what to use instead. Outside handlers everything works as ever.
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

const clockMend = 'use context.clock()';
const luckMend = 'use context.random(purpose)';
const timerMend = 'use context.setTimer(name, delay)';
const worldMend = 'a node reaches others with context.send or context.call, and its disk with context.disk';

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
  wrap(Math as unknown as Record<string, unknown>, 'random', 'Math.random', luckMend);
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

function wrap(owner: Record<string, unknown>, name: string, shown: string, mend: string): void {
  const original = owner[name];
  if (typeof original !== 'function') return;
  const wrapped = new Proxy(original as (...given: unknown[]) => unknown, {
    apply(target, self, given) {
      refuse(shown, mend);
      return Reflect.apply(target, self, given);
    },
    construct(target, given, newTarget) {
      refuse(shown, mend);
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

function refuse(what: string, mend: string): void {
  if (runningHandler === '') return;
  throw new RefusedError(
    `${runningHandler} of ${runningNode} uses ${what}, which gives another answer in every run: ${mend}`,
  );
}
