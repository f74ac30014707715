/** Files and folders under the names that people give them: what fails in one is reported there. */
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import type { FailureReason } from '../../labs/engine/protocol/failure.ts';
import type { RunService } from './run-service.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';

/** Every character that URLs, patterns, stacks or shells read as something else, all in one name. */
const oddName = [
  "mine (2) it's é e\u0301 日本 😀 C# 100% %25 %41 [id] {a}~^`| a+b&c;d,e=f $& $1",
  ...(process.platform === 'win32' ? [] : ['a?b "q" <a>:*']),
].join(' ');

const mine = (add: string, head = ''): string => `${head}import type { Counter } from './counter.ts';
import { step } from './step.ts';

export class Mine implements Counter {
  add(): number {
    ${add}
  }
}
`;

const failures: readonly {
  what: string;
  text: string;
  reason: FailureReason;
  message: RegExp;
  place: [line: number, column: number];
}[] = [
  {
    what: 'a throw',
    text: mine(`throw new Error(String(step));`),
    reason: 'threw',
    message: /threw Error: 1/,
    place: [6, 11],
  },
  {
    what: 'a syntax error',
    text: mine('return = step;'),
    reason: 'syntax',
    message: /Unexpected "="|Expression expected/,
    place: [6, 12],
  },
  {
    what: 'an import of a file that is not there',
    text: mine('return step;', `import './gone.ts'; `),
    reason: 'missing',
    message: /Could not resolve "\.\/gone\.ts"/,
    place: [1, 8],
  },
  {
    what: 'an import of what is not exported',
    text: mine('return stride;', `import { stride } from './step.ts'; `),
    reason: 'missing',
    message: /stride/,
    place: [1, 10],
  },
];

for (const bundler of [true, false]) {
  describe(bundler ? 'bundled' : 'as it is', () => {
    let service: RunService;
    before(async () => {
      service = await runService({ bundler });
    });

    for (const { what, text, reason, message, place } of failures) {
      it(`${what} is reported at its line, whatever file and folder are called`, async () => {
        const source = await learnersCopy({ [`${oddName}.ts`]: text }, oddName);
        const file = path.join(source.root, 'counting', `${oddName}.ts`);
        const extra = [{ id: oddName, file, export: 'Mine' }];
        const asked = counting({ algorithm: oddName, source: { ...source, extra } });
        const { failure } = await service.start(asked).finished;
        assert.equal(failure?.reason, reason, JSON.stringify(failure));
        assert.match(failure.message, message);
        const { file: at, line, column } = failure.location ?? {};
        assert.deepEqual([at, line, column], [file, ...place], failure.stack);
      });
    }

    it('a folder that is called as another is in a URL is not mixed up with it', async () => {
      const source = await learnersCopy({}, '100%');
      const other = path.join(path.dirname(source.root), '100%25');
      await cp(source.root, other, { recursive: true });
      await cp(path.join(other, 'counting/doubling.ts'), path.join(other, 'counting/plain.ts'));
      const run = await service.start(counting({ source, scenario: 'few' })).finished;
      assert.equal(run.report?.metrics.counted, 10, run.failure?.message);
    });
  });
}
