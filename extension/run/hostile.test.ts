/** Code that lies, shouts, hides and meddles: its own run ends in clear words, and nothing else is hurt. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import type { FailureReason } from '../../labs/engine/protocol/failure.ts';
import type { RunService, RunServiceLimits } from './run-service.ts';
import type { Run } from './run.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';
import { gone, processesWith } from './testing/processes.ts';

interface Case {
  /** What the code does. */
  name: string;
  /** What `step.ts` does as it is loaded. */
  loading?: string;
  /** What `add()` does before it counts, with `count` as it was. */
  add?: string;
  /** What the lab's run returns as its result: an expression. */
  result?: string;
  /** Undefined: it does no harm, and the run ends well. */
  reason?: FailureReason;
  message?: RegExp;
  also?: (run: Run) => void;
}

const modules = `import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as inspector from 'node:inspector';
import * as threads from 'node:worker_threads';
export const use: unknown[] = [spawn, spawnSync, fs, inspector, threads];
declare const process: any;
`;

const step = (loading: string): string => `${modules}${loading}\nexport const step = 1;\n`;

const plain = (add: string): string => `${modules}import type { Counter } from './counter.ts';
import { step } from './step.ts';
export class Plain implements Counter {
  #count = 0;
  add(): number {
    const count = this.#count;
    ${add}
    this.#count += step;
    return this.#count;
  }
}
`;

const printed = (expected: RegExp) => (run: Run) => assert.match(run.console.join('\n'), expected);

/** A message that says it comes from the thread of the run, sent through whatever port can be found. */
const forged = (message: string): string => `
    for (const port of [(threads.workerData as any)?.port, threads.parentPort, ...process._getActiveHandles()]) {
      if (typeof port?.postMessage === 'function') port.postMessage(${message});
    }
    const { postMessage } = threads.MessagePort.prototype;
    threads.MessagePort.prototype.postMessage = function (...given: any[]) {
      console.log('the port is caught');
      return (postMessage as any).apply(this, given);
    };`;

const uncaught = (run: Run): void => assert.doesNotMatch(run.console.join(), /the port is caught/);

const cases: Case[] = [
  {
    name: 'writes bytes into the pipe of its runner',
    add: `if (count === 3) { fs.writeSync(3, Buffer.alloc(3, 7)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000); }`,
    reason: 'crash',
    message: /what it said to the editor was not understood/,
  },
  {
    name: 'writes to every file descriptor',
    add: `for (let fd = 3; fd < 40; fd++) try { fs.writeSync(fd, Buffer.from('{"cmd":"NODE_HANDLE"}\\n')); } catch {}`,
    reason: 'crash',
    message: /what it said to the editor was not understood/,
  },
  {
    name: 'closes the pipe of its runner',
    add: `if (count === 3) { fs.closeSync(3); for (;;); }`,
    reason: 'crash',
    message: /was not understood|did not answer/,
  },
  ...[
    `{ type: 'report', report: null }`,
    `{ type: 'failure', failure: { message: 5 } }`,
    `{ type: 'batch', firstEvent: NaN, rows: 1e9, bytes: new Uint8Array(3), strings: 7 }`,
    `{ type: 'shout' }`,
    `null`,
  ].map((message): Case => ({
    name: `says ${message} in its thread's name`,
    loading: forged(message),
    also: uncaught,
  })),
  {
    name: 'throws an error with a message of a hundred megabytes',
    add: `throw new Error('x'.repeat(1e8));`,
    reason: 'threw',
    message: /^the code threw Error: x{600}…$/,
    also: (run) => assert.ok(JSON.stringify(run.failure).length < 20_000),
  },
  {
    name: 'throws a text of a hundred megabytes',
    add: `throw 'x'.repeat(1e8);`,
    reason: 'threw',
    message: /^the code threw 'x{500,600}/,
  },
  ...['message', 'name', 'stack'].map((property): Case => ({
    name: `throws an error whose ${property} throws`,
    add: `throw Object.defineProperty(new Error('odd'), '${property}', { get() { throw new Error('no'); } });`,
    reason: 'threw',
    message: /^the code threw /,
  })),
  {
    name: 'throws a thing that cannot be looked at',
    add: `throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });`,
    reason: 'threw',
    message: /^the code threw /,
  },
  ...['RequestError', 'ParameterError', 'ForecastError', 'ContractError', 'BadSyntax'].map((name): Case => ({
    name: `throws an error of its own that is called ${name}`,
    add: `class ${name} extends Error { override name = '${name}'; } throw new ${name}('mine');`,
    reason: 'threw',
    message: new RegExp(`^the code threw ${name}: mine$`),
  })),
  {
    name: 'returns lists in one another, three thousand deep',
    result: `(() => { let all: any = []; for (let i = 0; i < 3000; i++) all = [all]; return all; })()`,
    reason: 'refused',
    message: /what the run returned .*(100 lists|too deep)/,
  },
  {
    name: 'says that memory is used up, and kills its process',
    add: `if (count === 3) { fs.writeSync(2, 'FATAL ERROR: [heap limit] JavaScript heap out of memory\\n'); process.kill(process.pid, 'SIGKILL'); }`,
    reason: 'crash',
    message: /was ended by SIGKILL/,
  },
  ...[
    ['Array.prototype.map', 'Array.prototype.map = () => { throw new Error("none"); };'],
    ['JSON.stringify', 'JSON.stringify = () => "{}";'],
    ['Object.prototype', 'Object.defineProperty(Object.prototype, "toJSON", { value: () => 1, configurable: true });'],
  ].map(([what, loading]): Case => ({
    name: `changes ${what}`,
    loading: `${loading}`,
    reason: 'refused',
    message: new RegExp(`^the code changed ${what}, which everything`),
  })),
  {
    name: 'kills the process that has started its own',
    add: `if (count === 3) process.kill(process.ppid, 'SIGTERM');`,
    reason: 'refused',
    message: /^a run ends no process but its own/,
  },
  {
    name: 'opens a port to a debugger',
    loading: `inspector.open(0, '0.0.0.0');`,
    reason: 'refused',
    message: /^a run opens no port to a debugger/,
  },
  {
    name: 'looks into the main thread of its runner',
    loading: `new inspector.Session().connectToMainThread();`,
    reason: 'refused',
    message: /^a run opens no port/,
  },
  {
    name: 'looks for tokens in its environment',
    loading: `for (const name of Object.keys(process.env)) if (/SECRET/.test(name)) throw new Error(name);`,
  },
  {
    name: 'fills memory in a thread of its own',
    loading: `new threads.Worker('const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));', { eval: true });
      await new Promise(() => setInterval(() => {}, 1000));`,
    reason: 'memory',
    message: /more than the 384 MB of memory/,
  },
  {
    name: 'rings the bell and moves the cursor',
    add: `if (count === 3) { console.log('a\\u001b[2Jb\\u0007\\u0000'); throw new Error('\\u001b]0;title\\u0007'); }`,
    reason: 'threw',
    message: /^the code threw Error: ␛\]0;title␇$/,
    also: printed(/^a␛\[2Jb␇␀$/),
  },
];

let service: RunService;
before(async () => {
  process.env.SDL_TEST_SECRET = 'token';
  service = await runService({ limits: () => ({ deadline: 20_000, memory: 384, maxEvents: 100_000 }) });
});

for (const { name, loading = '', add = '', result, reason, message, also } of cases) {
  test(`code that ${name} ${reason ? `ends its run as '${reason}'` : 'ends well'}`, async () => {
    const lab = await readFile(new URL('testing/labs/counting/lab.ts', import.meta.url), 'utf8');
    const source = await learnersCopy({
      'step.ts': step(loading),
      'plain.ts': plain(add),
      'lab.ts': result === undefined ? lab : lab.replace('result: { counted }', `result: ${result}`),
    });
    const run = await service.start(counting({ source, scenario: 'few' })).finished;
    assert.equal(run.failure?.reason, reason, JSON.stringify(run.failure)?.slice(0, 2000));
    if (message) assert.match(run.failure!.message, message);
    also?.(run);
  });
}

test('after all of them a run is well, and no runner is left but the one that waits', async () => {
  const next = await service.start(counting({ source: await learnersCopy() })).finished;
  assert.equal(next.state, 'finished', next.failure?.message);
  assert.ok(service.runners.length <= 1);
});

for (const bundler of [true, false]) {
  const how = bundler ? 'bundled code' : 'code that runs as it is';
  for (const [name, code] of Object.entries({
    'an endless loop': 'for (;;);',
    'a search without end': "/^(a+)+$/.test('a'.repeat(60) + 'b');",
    'a wait': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  })) {
    test(`the line of ${name} is named (${how})`, async () => {
      const limits = (): RunServiceLimits => ({ deadline: 1000, memory: 384, maxEvents: 1000 });
      const source = await learnersCopy({ 'plain.ts': plain(`if (count === 3)\n${code}`) });
      const run = await (await runService({ bundler, limits })).start(counting({ source })).finished;
      assert.equal(run.failure?.reason, 'deadline');
      assert.equal(path.basename(run.failure.location?.file ?? ''), 'plain.ts', run.failure.message);
      assert.equal(run.failure.location!.line, 14);
    });
  }
}

test('the line is named at which the memory was used up', async () => {
  const source = await learnersCopy({
    'plain.ts': plain('const all: Buffer[] = [];\nfor (;;) all.push(Buffer.alloc(1 << 20, 1));'),
  });
  const run = await service.start(counting({ source })).finished;
  assert.equal(run.failure?.reason, 'memory');
  assert.equal(run.failure.location?.line, 14);
});

test('where no line can be named, the words say so', async () => {
  const limits = (): RunServiceLimits => ({ deadline: 400, memory: 384, maxEvents: 1000 });
  const source = await learnersCopy({ 'plain.ts': plain(`if (count === 3) spawnSync('sleep', ['60']);`) });
  const run = await (await runService({ limits })).start(counting({ source })).finished;
  assert.equal(run.failure?.reason, 'deadline');
  assert.match(run.failure.message, /'plain' was in a call that nothing can look into/);
});

test('the memory of children counts', { skip: process.platform !== 'linux' }, async () => {
  const filling = 'const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));';
  const source = await learnersCopy({ 'step.ts': step(`spawnSync(process.execPath, ['-e', '${filling}']);`) });
  const run = await service.start(counting({ source })).finished;
  assert.equal(run.failure?.reason, 'memory', run.failure?.message);
});

test('children that hide from their run end with it', { skip: process.platform !== 'linux' }, async () => {
  const mark = `61.${process.pid}`;
  const source = await learnersCopy({
    'step.ts': step(`
      spawn('sleep', ['${mark}'], { detached: true, stdio: 'ignore' }).unref();
      spawn('sleep', ['${mark}'], { detached: true, stdio: 'ignore', env: {} }).unref();
      spawnSync('sh', ['-c', 'setsid sleep ${mark} > /dev/null 2>&1 &']);`),
  });
  const run = await service.start(counting({ source })).finished;
  assert.equal(run.state, 'finished', run.failure?.message);
  for (const pid of await processesWith(mark)) await gone(pid);
});
