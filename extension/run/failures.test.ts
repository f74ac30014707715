/** Whatever the learner's code does, the run ends with a clear failure and the next run is healthy. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import type { FailureReason } from '../../labs/engine/protocol/failure.ts';
import type { RunService } from './run-service.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';

interface Case {
  /** What the code does. */
  name: string;
  /** Body of `Plain.add()`, from line 8 on; or other whole files. */
  add?: string;
  files?: Record<string, string>;
  reason: FailureReason;
  message: RegExp;
  /** File, line and column. */
  place?: [file: string, line: number, column: number];
  algorithm?: string;
}

const plain = (add: string): string => `import type { Counter } from './counter.ts';
import { spawnSync } from 'node:child_process';

/** Counts, and does something that it should not. */
export class Plain implements Counter {
  #count = 0;
  add(): number {
${add}
    return ++this.#count;
  }
}
export const used = spawnSync;
`;

const memory = /more than the 96 MB of memory/;

const cases: Case[] = [
  {
    name: 'has a syntax error',
    add: '    const wrong: number = ;',
    reason: 'syntax',
    message: /Unexpected ";"|Expression expected/,
    place: ['plain.ts', 8, 27],
  },
  {
    name: 'has a regular expression that is none',
    add: '    const wrong = /(/;',
    reason: 'syntax',
    message: /Invalid regular expression: \/\(\//,
    place: ['plain.ts', 8, 19],
  },
  {
    name: 'throws while loading',
    files: { 'step.ts': `interface Unused { n: number }\n\nthrow new Error('not today');\nexport const step = 1;\n` },
    reason: 'threw',
    message: /threw Error: not today/,
    place: ['step.ts', 3, 7],
  },
  {
    name: 'throws while running',
    add: '    const nothing = undefined as unknown as string[];\n    if (this.#count === 500) nothing.push("x");',
    reason: 'threw',
    message: /threw TypeError: Cannot read properties of undefined/,
    place: ['plain.ts', 9, 38],
  },
  {
    name: 'throws something that is no error',
    add: '    throw { what: "this" };',
    reason: 'threw',
    message: /threw \{ what: 'this' \}$/,
    place: ['plain.ts', 8, 5],
  },
  {
    name: 'throws nothing',
    add: '    if (this.#count === 3) throw undefined;',
    reason: 'threw',
    message: /threw undefined$/,
    place: ['plain.ts', 8, 28],
  },
  {
    name: 'catches a text a few times before it throws it for good',
    add: "    try { throw 'no'; } catch {}\n    if (this.#count === 3)\n      throw 'no';",
    reason: 'threw',
    message: /threw 'no'$/,
    place: ['plain.ts', 10, 7],
  },
  {
    name: 'throws a number while loading',
    files: { 'step.ts': `interface Unused { n: number }\nthrow 42;\nexport const step = 1;\n` },
    reason: 'threw',
    message: /threw 42$/,
    place: ['step.ts', 2, 1],
  },
  {
    name: 'throws an error that has no stack',
    add: '    Error.stackTraceLimit = 0;\n    throw new Error("bare");',
    reason: 'threw',
    message: /threw Error: bare$/,
    place: ['plain.ts', 9, 5],
  },
  {
    name: 'rejects a promise with a text',
    add: '    if (this.#count === 3) void Promise.reject("nobody listens");',
    reason: 'rejected',
    message: /promise was rejected and nobody handled it: 'nobody listens'$/,
    place: ['plain.ts', 8, 41],
  },
  {
    name: 'throws a text in a promise',
    add: '    if (this.#count === 3) void (async () => {\n      await 1;\n      throw "late";\n    })();',
    reason: 'rejected',
    message: /promise was rejected and nobody handled it: 'late'$/,
    place: ['plain.ts', 10, 7],
  },
  {
    name: 'throws a text another time than the next',
    files: {
      'step.ts': `import { existsSync, writeFileSync } from 'node:fs';\nconst file = import.meta.url.slice(7) + '.seen';\nif (!existsSync(file)) {\n  writeFileSync(file, '');\n  throw 'once';\n}\nexport const step = 1;\n`,
    },
    reason: 'threw',
    message: /threw 'once' \(while 'plain' ran: run again, it did not throw that again, so no line can be named\)$/,
  },
  {
    name: 'throws in a timer before the run begins',
    files: {
      'step.ts': `setTimeout(() => { throw new Error('late'); }, 1);\nawait new Promise((resolve) => setTimeout(resolve, 200));\nexport const step = 1;\n`,
    },
    reason: 'threw',
    message: /threw Error: late/,
    place: ['step.ts', 1, 26],
  },
  {
    name: 'rejects a promise',
    add: '    if (this.#count === 3) void Promise.reject(new Error("nobody listens"));',
    reason: 'rejected',
    message: /promise was rejected and nobody handled it: Error: nobody listens/,
    place: ['plain.ts', 8, 48],
  },
  {
    name: 'lacks a method of its interface',
    files: {
      'plain.ts': `import type { Counter } from './counter.ts';\n\n// class Plain is below\nexport class Plain {\n  ad(): number {\n    return 1;\n  }\n}\nexport type Unused = Counter;\n`,
    },
    reason: 'refused',
    message: /^Plain has no add\(\): every Counter has one$/,
    place: ['plain.ts', 4, 1],
  },
  {
    name: 'returns a promise where a number is due',
    add: '    return Promise.resolve(1) as never;',
    reason: 'refused',
    message: /^add of Plain returned a promise: it must return a number of 0 or more$/,
    place: ['plain.ts', 5, 1],
  },
  {
    name: 'takes luck from elsewhere',
    add: '    Math.random();',
    reason: 'refused',
    message: /^add of Plain uses Math\.random, which gives another answer in every run: a counter counts$/,
    place: ['plain.ts', 8, 10],
  },
  {
    name: 'has put a clock aside while it was loaded',
    files: {
      'step.ts': 'const { now } = Date;\nexport const step = 1;\nexport const time = (): number => now();\n',
      'plain.ts': `import type { Counter } from './counter.ts';\nimport { step, time } from './step.ts';\nexport class Plain implements Counter {\n  add(): number {\n    return step + time();\n  }\n}\n`,
    },
    reason: 'refused',
    message: /^add of Plain uses Date\.now, .*: a counter knows no time$/,
    place: ['step.ts', 3, 35],
  },
  {
    name: 'keeps luck from when it was loaded',
    files: { 'step.ts': 'export const step = 1;\nexport const salt = Math.random();\n' },
    reason: 'refused',
    message: /^a module of the lab uses Math\.random, which gives another answer in every run: draw in the run/,
    place: ['step.ts', 2, 26],
  },
  {
    name: "takes luck from Node's crypto",
    files: {
      'plain.ts': `import { randomInt } from 'node:crypto';\nimport type { Counter } from './counter.ts';\nexport class Plain implements Counter {\n  add(): number {\n    return randomInt(5);\n  }\n}\n`,
    },
    reason: 'refused',
    message: /^add of Plain uses crypto\.randomInt/,
    place: ['plain.ts', 5, 12],
  },
  {
    name: 'recurses for ever',
    add: '    return this.add() + 1;',
    reason: 'threw',
    message: /Maximum call stack size exceeded/,
    place: ['plain.ts', 8, 17],
  },
  {
    name: 'is empty',
    files: { 'lab.ts': '' },
    reason: 'missing',
    message: /lab.ts must have a lab as its default export/,
    place: ['lab.ts', 1, 1],
  },
  {
    name: 'imports from an empty file',
    files: { 'step.ts': '' },
    reason: 'missing',
    message: /step\.ts.*(import "step"|export named 'step')/,
    place: ['plain.ts', 2, 10],
  },
  {
    name: 'imports what a file does not export',
    files: { 'step.ts': '/** A comment. */\nexport const stride = 2; // é' },
    reason: 'missing',
    message: /step\.ts.*(import "step"|export named 'step')/,
    place: ['plain.ts', 2, 10],
  },
  {
    name: 'imports a file that is not there',
    files: { 'plain.ts': `import { step } from './stepp.ts';\nexport class Plain { add() { return step; } }\n` },
    reason: 'missing',
    message: /stepp\.ts/,
    place: ['plain.ts', 1, 22],
  },
  {
    name: 'imports a package that is not there',
    files: {
      'plain.ts': `import step from 'no-such-package-at-all';\nexport class Plain { add() { return step; } }\n`,
    },
    reason: 'missing',
    message: /no-such-package-at-all/,
    place: ['plain.ts', 1, 18],
  },
  {
    name: 'never finishes loading',
    files: { 'step.ts': 'await new Promise(() => {});\nexport const step = 1;\n' },
    reason: 'threw',
    message: /never finished loading/,
  },
  {
    name: 'exits the process',
    add: '    if (this.#count === 5) process.exit(3);',
    reason: 'exit',
    message: /process\.exit\(3\)/,
    place: ['plain.ts', 8, 36],
  },
  {
    name: 'kills its process',
    add: "    if (this.#count === 5) process.kill(process.pid, 'SIGKILL');",
    reason: 'crash',
    message: /SIGKILL/,
  },
  {
    name: 'returns a report that is not plain data',
    files: {
      'lab.ts': `import { definePureLab } from 'system-design-labs/engine';
import { contract } from './counter.ts';
import { Plain } from './plain.ts';
export default definePureLab({ id: 'counting', contract, algorithms: [{ id: 'plain', implementation: Plain }], scenarios: [{ id: 'x' }],
  defaultScenario: 'x', parameters: {},
  begin: () => ({ operations: [], totalWeight: 0, perform() {}, finish: () => ({
    metrics: { counted: 'many' }, theory: [], checks: [], result: null, takeaways: [] }) }),
} as never);\n`,
    },
    reason: 'refused',
    message: /the metric 'counted' is many/,
  },
  {
    name: 'fills memory with objects',
    add: '    const all: object[] = []; for (;;) all.push({ a: all.length });',
    reason: 'memory',
    message: memory,
  },
  {
    name: 'fills memory with an array of doubles',
    add: '    const all: number[] = []; for (;;) all.push(all.length + 0.5);',
    reason: 'memory',
    message: memory,
  },
  {
    name: 'fills memory with a Map',
    add: '    const all = new Map<number, number>(); for (;;) all.set(all.size, 1);',
    reason: 'memory',
    message: memory,
  },
  {
    name: 'fills memory with promises',
    add: '    const all: unknown[] = []; for (;;) all.push(new Promise(() => {}));',
    reason: 'memory',
    message: memory,
  },
  {
    name: 'fills memory with Buffers',
    add: '    const all: Buffer[] = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));',
    reason: 'memory',
    message: memory,
  },
  { name: 'fills memory with one Buffer', add: '    Buffer.alloc(4 * 2 ** 30, 1);', reason: 'memory', message: memory },
  {
    name: 'fills memory with a string',
    add: "    let all = 'x'; for (;;) all = JSON.stringify(all + all);",
    reason: 'memory',
    message: memory,
  },
];

for (const bundler of [true, false]) {
  const how = bundler ? 'bundled code' : 'code that runs as it is';
  let service: RunService;
  before(async () => {
    service = await runService({ bundler, limits: () => ({ deadline: 60_000, memory: 96, maxEvents: 1_000_000 }) });
  });

  for (const { name, add, files = { 'plain.ts': plain(add!) }, reason, message, place } of cases) {
    if (reason === 'memory' && !bundler) continue; // the same worker, by then
    test(`${how} that ${name} ends its run as '${reason}'`, async () => {
      const source = await learnersCopy(files);
      const run = await service.start(counting({ source })).finished;
      assert.equal(run.failure?.reason, reason, JSON.stringify(run.failure));
      assert.match(run.failure.message, message);
      if (place) {
        const { file, line, column } = run.failure.location!;
        assert.deepEqual([path.relative(path.join(source.root, 'counting'), file), line, column], place);
      }
    });
  }

  test(`the run after all of them is healthy (${how})`, async () => {
    const next = await service.start(counting({ source: await learnersCopy() })).finished;
    assert.equal(next.state, 'finished', next.failure?.message);
  });
}
