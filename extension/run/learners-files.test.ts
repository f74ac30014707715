/** Files as learners make them: other cases, links, other syntax, other kinds of import; with esbuild and without. */
import assert from 'node:assert/strict';
import { rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import type { FailureReason } from '../../labs/engine/protocol/failure.ts';
import type { RunService } from './run-service.ts';
import type { LabSource, Run } from './run.ts';
import { counting, learnersCopy, runService, temporaryFolder } from './testing/built.ts';

const plain = (head: string, step: string): string => `${head}
export class Plain {
  #n = 0;
  add() {
    return (this.#n += ${step});
  }
}
`;

interface Case {
  /** What the files do. */
  name: string;
  /** Texts of files; a text of plain.ts alone. */
  files: Readonly<Record<string, string>> | string;
  /** What ten steps come to; or how it fails with esbuild and without. */
  ends: number | readonly [bundled: Failure | number, asItIs: Failure | number];
}

interface Failure {
  reason: FailureReason;
  message: RegExp;
  place: [file: string, line: number, column: number];
}

const logged = `function logged(method: () => number, _: unknown): () => number { return method; }
export class Plain {
  #n = 0;
  @logged
  add() {
    return ++this.#n;
  }
}
`;

const enumeration = 'enum Step { One = 1 }\nexport class Plain { #n = 0; add() { return (this.#n += Step.One); } }\n';

const brokenJson = '{\n  "step": 2,\n}';

/** Of one kind in both modes. */
const fails = (reason: FailureReason, message: RegExp, ...place: Failure['place']): Case['ends'] => {
  const failure = { reason, message, place };
  return [failure, failure];
};

const cases: readonly Case[] = [
  {
    name: 'begin with a byte order mark',
    files: {
      'plain.ts': `\uFEFFimport { step } from './step.ts';\n${plain('', 'step')}`,
      'step.ts': '\uFEFFexport const step = 2;',
    },
    ends: 20,
  },
  {
    name: 'begin with a byte order mark and throw in their first line',
    files: { 'step.ts': `\uFEFFexport const step = 2; throw new Error('here');` },
    ends: fails('threw', /here/, 'step.ts', 1, 30),
  },
  {
    name: 'begin with a byte order mark and a mistake',
    files: { 'step.ts': `\uFEFFexport const step = ;` },
    ends: fails('syntax', /Unexpected ";"|Expression expected/, 'step.ts', 1, 21),
  },
  {
    name: 'hold tabs and wide letters before a mistake',
    files: { 'step.ts': `/* 一 */\n\t\tconst wide = '日本 é 😀';\texport const step =\t;` },
    ends: fails('syntax', /Unexpected ";"|Expression expected/, 'step.ts', 2, 47),
  },
  {
    name: 'import JSON, whether they say that it is JSON or not',
    files: {
      'plain.ts': plain(
        `import settings from './settings.json';\nimport others from './others.json' with { type: 'json' };`,
        'settings.step + others.step',
      ),
      'settings.json': '{"step": 3}',
      'others.json': '\uFEFF{"step": 4}',
    },
    ends: 70,
  },
  {
    name: 'import JSON that is none',
    files: {
      'plain.ts': plain(`import settings from './settings.json';`, 'settings.step'),
      'settings.json': brokenJson,
    },
    ends: [
      { reason: 'syntax', message: /trailing commas/i, place: ['settings.json', 2, 12] },
      { reason: 'syntax', message: /property name in JSON/, place: ['settings.json', 3, 1] },
    ],
  },
  {
    name: 'decorate a method',
    files: logged,
    ends: [10, { reason: 'syntax', message: /^a decorator has to be compiled/, place: ['plain.ts', 4, 3] }],
  },
  {
    name: 'declare an enum',
    files: enumeration,
    ends: [10, { reason: 'syntax', message: /^TypeScript enum has to be compiled/, place: ['plain.ts', 1, 1] }],
  },
  {
    name: 'require one of the modules of Node',
    files: `\n    const { randomInt } = require('crypto');\nexport class Plain { add() { return randomInt(3); } }\n`,
    ends: [
      { reason: 'refused', message: /'require' does not work in a lab/, place: ['plain.ts', 2, 35] },
      { reason: 'refused', message: /'require' does not work in a lab/, place: ['plain.ts', 2, 27] },
    ],
  },
];

for (const bundler of [true, false]) {
  describe(bundler ? 'bundled' : 'as they are', () => {
    let service: RunService;
    const unsaved = new Map<string, string>();
    before(async () => {
      service = await runService({ bundler, readOpen: (file) => unsaved.get(file) });
    });

    const run = (source: LabSource): Promise<Run> => service.start(counting({ source, scenario: 'few' })).finished;

    for (const { name, files, ends } of cases) {
      it(`files that ${name}`, async () => {
        const source = await learnersCopy(typeof files === 'string' ? { 'plain.ts': files } : files);
        const { report, failure, console } = await run(source);
        const end = typeof ends === 'number' ? ends : ends[bundler ? 0 : 1];
        assert.deepEqual(console, []); // no warning of Node's among what the code prints
        if (typeof end === 'number') {
          assert.equal(report?.metrics.counted, end, failure?.message);
          return;
        }
        assert.equal(failure?.reason, end.reason, JSON.stringify(failure));
        assert.match(failure.message, end.message);
        const { file, line, column } = failure.location!;
        assert.deepEqual([path.relative(path.join(source.root, 'counting'), file), line, column], end.place);
      });
    }

    it('a warning that the code itself asks for is shown', async () => {
      const { console } = await run(
        await learnersCopy({ 'step.ts': `process.emitWarning('mind the step');\nexport const step = 1;` }),
      );
      assert.match(console.join('\n'), /Warning: mind the step/);
    });

    it('the unsaved text of a JSON file counts, and it is kept with the run', async () => {
      const source = await learnersCopy({
        'plain.ts': plain(`import settings from './settings.json';`, 'settings.step'),
        'settings.json': '{"step": 3}',
      });
      const file = path.join(source.root, 'counting/settings.json');
      unsaved.set(file, '{"step": 4}');
      const { report, failure, program } = await run(source);
      assert.equal(report?.metrics.counted, 40, failure?.message);
      assert.equal(program?.files.find((one) => one.file === file)?.text, '{"step": 4}');
    });

    if (process.platform === 'linux') {
      it('of two files whose names differ in their case the right one runs', async () => {
        const own = (step: string): string =>
          `import { step } from './step.ts';\nimport { step as other } from './Step.ts';\n${plain('', step)}`;
        const source = await learnersCopy({
          'Step.ts': 'export const step = 6;',
          'Mine.ts': own('100'),
          'mine.ts': own('step + other'),
        });
        const extra = ['Mine', 'mine'].map((name) => ({
          id: name,
          file: path.join(source.root, 'counting', `${name}.ts`),
          export: 'Plain',
        }));
        const asked = counting({ source: { ...source, extra }, algorithm: 'mine', scenario: 'few' });
        const { report, failure } = await service.start(asked).finished;
        assert.equal(report?.metrics.counted, 70, failure?.message);
      });
    }

    it('a file that is a link to outside of the copy runs, unsaved text and all', async () => {
      const source = await learnersCopy();
      const folder = await temporaryFolder();
      const real = path.join(folder, 'mine.ts');
      const link = path.join(source.root, 'counting/mine.ts');
      await writeFile(real, 'throw 1;');
      await symlink(real, link);
      await symlink(path.join(folder, 'gone.ts'), path.join(source.root, 'counting/gone.ts'));
      unsaved.set(real, plain('', '1'));
      const asked = counting({
        source: { ...source, extra: [{ id: 'mine', file: link, export: 'Plain' }] },
        algorithm: 'mine',
        scenario: 'few',
      });
      const { report, failure } = await service.start(asked).finished;
      assert.equal(report?.metrics.counted, 10, failure?.message);
      unsaved.set(real, plain(`import { step } from './step.ts';`, 'step'));
      const beside = await service.start(asked).finished;
      assert.equal(beside.failure?.message, `Could not resolve "./step.ts" in ${folder}`);
      assert.deepEqual([beside.failure.location?.file, beside.failure.location?.line], [real, 1]);
    });

    it('a copy whose lab is a link to another folder runs', async () => {
      const source = await learnersCopy({ 'step.ts': 'export const step = 3;' });
      const elsewhere = path.join(await temporaryFolder(), 'elsewhere');
      await rename(path.join(source.root, 'counting'), elsewhere);
      await symlink(elsewhere, path.join(source.root, 'counting'));
      const { report, failure } = await run(source);
      assert.equal(report?.metrics.counted, 30, failure?.message);
      const declaration = path.join(elsewhere, 'lab.ts');
      unsaved.set(declaration, `\nthrow new Error('not yet');\nexport default undefined;`);
      const { failure: next } = await run(source);
      assert.equal(next?.message, 'the code threw Error: not yet');
      assert.deepEqual([next.location?.file, next.location?.line], [declaration, 2]);
    });

    for (const [how, head, foot, exported] of [
      ['as the default, without a name', 'export default class {', '', 'default'],
      ['under another name', 'class Mine {', 'export { Mine as Other };', 'Other'],
    ] as const) {
      it(`an algorithm that is exported ${how} runs, and is no part of what the lab declares`, async () => {
        const text = `${head}\n  #n = 0;\n  add() { return ++this.#n; }\n}\n${foot}\n`;
        const source = await learnersCopy({ 'mine.ts': text });
        const extra = [{ id: 'mine', file: path.join(source.root, 'counting/mine.ts'), export: exported }];
        const asked = counting({ source: { ...source, extra }, algorithm: 'mine', scenario: 'few' });
        const { report, failure, declared } = await service.start(asked).finished;
        assert.equal(report?.metrics.counted, 10, failure?.message);
        const ids = declared?.algorithms.map(({ id }) => id);
        assert.deepEqual(ids, ['plain', 'doubling']);
      });
    }
  });
}
