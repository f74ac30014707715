/**
 * Three hundred programs that a learner might write on a bad day, or somebody else for him: each with the promise that
 * is kept about how it ends. They are made of what is done and where; always the same, in the same order.
 */

/** What is promised of a program, besides that nobody else is hurt and nothing is left. */
export type Ending =
  /** It ends with an error that names this line. */
  | { kind: 'throws'; file: string; line: number }
  /** It prints 'here' and does not come back: Stop ends it. */
  | { kind: 'stuck' }
  /** It ends, well or badly, in words. */
  | { kind: 'ends' };

export interface HostileProgram {
  name: string;
  /** Files of the lab `counting` in place of its own. */
  files: Readonly<Record<string, string>>;
  /** Whether it is bundled, or runs as it is. */
  bundler: boolean;
  ending: Ending;
}

const modules = `import { spawn, spawnSync } from 'node:child_process'; import * as crypto from 'node:crypto'; import * as fs from 'node:fs'; import * as inspector from 'node:inspector'; import * as net from 'node:net'; import * as threads from 'node:worker_threads'; export const use: unknown[] = [spawn, spawnSync, crypto, fs, inspector, net, threads]; declare const process: any;`;

type Where = (code: string) => { files: Record<string, string>; file: string; line: number };

const step = (code: string, line = 2): ReturnType<Where> => ({
  files: { 'step.ts': `${modules}\n${code}\nexport const step = 1;\n` },
  file: 'step.ts',
  line,
});

const plain = (members: string, line: number): ReturnType<Where> => ({
  files: {
    'plain.ts': `${modules}
import type { Counter } from './counter.ts';
import { step } from './step.ts';
export class Plain implements Counter {
${members}
}
`,
  },
  file: 'plain.ts',
  line,
});

/** Where the code stands: in one line, which is known. */
const places = {
  'while loading': (code) => step(code),
  'in a timer': (code) =>
    step(`setTimeout(() => {\n${code}\n}, 1);\nawait new Promise((resolve) => setTimeout(resolve, 300));`, 3),
  'in add': (code) =>
    plain(`#count = 0;\nadd(): number {\nif (this.#count === 3) {\n${code}\n}\nreturn this.#count += step;\n}`, 8),
  'in its constructor': (code) => plain(`constructor() {\n${code}\n}\nadd(): number { return step; }`, 6),
  'in a promise': (code) => plain(`add(): number {\nvoid (async () => {\nawait 1;\n${code}\n})();\nreturn step;\n}`, 8),
} satisfies Record<string, Where>;

const thrown: readonly string[] = [
  ...["new Error('e')", "new TypeError('t')", "'text'", "''", 'undefined', 'null', '42', 'NaN', '-0', 'true', '10n'],
  ...["Symbol('s')", '() => 1', '{ a: 1 }', '[1, 2]', 'Object.create(null)', 'new Proxy({}, {})'],
  "new (class Odd extends Error { override name = 'Odd'; })('odd')",
  "Object.freeze(new Error('frozen'))",
  "new AggregateError([new Error('a')], 'several')",
  "Object.assign(new Error('no stack'), { stack: '' })",
  "Object.assign(new Error('no words'), { message: 5 })",
].map((what) => `throw ${what};`);

const failing: readonly string[] = [
  ...thrown,
  ...['(null as any).x;', '(5 as any)();', 'new Array(-1);', "JSON.parse('{');", "decodeURIComponent('%');"],
  ...['(1n as any) + 1;', '(function deep(): any { return deep() + 1; })();', 'structuredClone(() => 1);'],
];

/** `MARK` becomes an argument by which the processes are found. */
const stuck: readonly string[] = [
  'for (;;);',
  'for (;;) try { for (;;) null; } catch {}',
  "/^(a+)+$/.test('a'.repeat(60) + 'b');",
  'for (;;) Float64Array.from({ length: 1e6 }, (_, i) => (i * 7919) % 104729).sort((a, b) => a - b);',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  "spawnSync('sleep', ['MARK']);",
  "spawnSync('sh', ['-c', 'sleep MARK & setsid sleep MARK & sleep MARK']);",
  "for (;;) console.log('again');",
  'const all = new Map([[0, 0]]); for (const [n] of all) { all.delete(n); all.set(n + 1, 0); }',
  'for (const _ of (function* () { for (;;) yield 1; })());',
  'let big = 3n; for (;;) big = (big * big) % (2n ** 4096n);',
  "let text = 'x'; for (;;) text = (text + text).slice(0, 1000);",
  'for (;;) JSON.parse(JSON.stringify(Array.from({ length: 1e5 }, (_, i) => ({ i }))));',
  "crypto.pbkdf2Sync('a', 'b', 2e9, 64, 'sha512');",
  'const f = (): any => { try { return f(); } finally { return f(); } }; f();',
  "do { try { throw 'x'; } catch {} } while (true);",
  "for (;;) fs.readdirSync('/');",
  'void new Promise(() => { for (;;); });',
  "spawn('sleep', ['MARK'], { detached: true, stdio: 'ignore' }).unref(); for (;;);",
  "spawn('/bin/sleep', ['MARK'], { detached: true, stdio: 'ignore', env: {} }).unref(); for (;;);",
];

/** As the code above, of modules only. */
const stuckLoading: readonly string[] = [
  'await new Promise(() => setInterval(() => {}, 1000));',
  'for (;;) await 1;',
  'const next = (): void => queueMicrotask(next); next(); await new Promise(() => setInterval(() => {}, 1000));',
  'const turn = (): void => void setImmediate(turn); turn(); await new Promise(() => {});',
  "new threads.Worker('for (;;);', { eval: true }); await new Promise(() => setInterval(() => {}, 1000));",
];

const meddling: readonly string[] = [
  'fs.writeSync(3, Buffer.alloc(40, 7));',
  "for (let fd = 3; fd < 40; fd++) try { fs.writeSync(fd, 'x'); } catch {}",
  'for (let fd = 3; fd < 40; fd++) try { fs.closeSync(fd); } catch {}',
  ...['process.exit(0);', 'process.exit(7);', 'process.abort();', 'process.reallyExit(3);', "process.chdir('/');"],
  ...['SIGSEGV', 'SIGTERM', 'SIGKILL', 'SIGABRT'].map((signal) => `process.kill(process.pid, '${signal}');`),
  "process.kill(process.ppid, 'SIGTERM');",
  'delete (globalThis as any).process;',
  '(globalThis as any).Promise = undefined;',
  "Error.prepareStackTrace = () => { throw 1; }; throw new Error('hidden');",
  'Object.freeze(Object.prototype);',
  "Object.prototype.toString = () => { throw new Error('no'); };",
  'Array.prototype.push = () => 0;',
  '(Function.prototype as any).call = undefined;',
  '(Array.prototype as any)[Symbol.iterator] = function* () {};',
  '(JSON as any).stringify = undefined;',
  'process.removeAllListeners();',
  "process.emit('uncaughtException', 5);",
  "process.emit('exit', 0);",
  "process.on('exit', () => { for (;;); });",
  'process.stdout.write = 5;',
  "process.stderr.write('\\u001b[2J\\u0007');",
  '(globalThis as any).structuredClone = undefined;',
  "inspector.open(0, '0.0.0.0');",
  "threads.parentPort?.postMessage({ type: 'report', report: null });",
  'net.createServer().listen(0);',
  "new threads.Worker('for (;;);', { eval: true });",
  "new threads.Worker('process.exit(1);', { eval: true });",
  "spawn('sleep', ['MARK'], { detached: true, stdio: 'ignore' }).unref();",
  "throw new Error('x'.repeat(1e7));",
  "console.log('\\u0000\\u001b]0;title\\u0007'); throw '\\u001b[31m';",
];

const returned: readonly string[] = [
  ...['NaN', '-1', 'Infinity', 'undefined', 'null', "'1'", '[]', '{}', 'Symbol()', '1n', 'Promise.resolve(1)'],
  ...['new Proxy({}, {})', '() => 1', '{ valueOf() { throw 1; } }'],
];

export function hostilePrograms(): readonly HostileProgram[] {
  const programs: HostileProgram[] = [];
  const add = (name: string, files: Record<string, string>, ending: Ending, bundler: boolean): void => {
    const mark = markOf(programs.length);
    const marked = Object.entries(files).map(([file, text]) => [file, text.replaceAll('MARK', mark)]);
    const how = bundler ? 'bundled' : 'as it is';
    const short = name.length > 90 ? `${name.slice(0, 90)}…` : name;
    programs.push({ name: `${short} (${how})`, files: Object.fromEntries(marked) as typeof files, bundler, ending });
  };
  const both = (name: string, files: Record<string, string>, ending: Ending): void => {
    for (const bundler of [true, false]) add(name, files, ending, bundler);
  };
  for (const [n, code] of failing.entries()) {
    for (const [m, [where, place]] of Object.entries(places).entries()) {
      const { files, ...at } = place(code);
      add(`${code} ${where}`, files, { kind: 'throws', ...at }, (n + m) % 2 === 0);
    }
  }
  for (const where of ['while loading', 'in add'] as const) {
    for (const code of stuck) both(`${code} ${where}`, places[where](here(code)).files, { kind: 'stuck' });
  }
  for (const code of stuckLoading) both(code, places['while loading'](here(code)).files, { kind: 'stuck' });
  for (const [n, code] of meddling.entries()) {
    const where = n % 2 === 0 ? 'while loading' : 'in add';
    both(`${code} ${where}`, places[where](code).files, { kind: 'ends' });
  }
  for (const [n, value] of returned.entries()) {
    add(`return ${value}`, places['in add'](`return ${value} as any;`).files, { kind: 'ends' }, n % 2 === 0);
  }
  return programs;
}

const here = (code: string): string => `console.log('here'); ${code}`;

/** The argument by which processes that the n-th program of this process starts are found. */
export function markOf(n: number): string {
  return `3600.${process.pid}${String(n).padStart(4, '0')}`;
}
