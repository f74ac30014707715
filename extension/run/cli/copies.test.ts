/** The learner's copy from a terminal: its algorithms run, its exercises are checked. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, test } from 'node:test';
import { writeMarker } from '../../copy/marker.ts';
import { builtFiles, learnersCopy, temporaryFolder } from '../testing/built.ts';

async function lab(...words: string[]): Promise<{ status: number; out: string; err: string }> {
  const cli = path.join(await builtFiles(), 'cli.mjs');
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as number, out, err };
}

/** A copy as Open Lab makes it, with some files of the lab changed. @returns its folder */
async function copyOf(files: Readonly<Record<string, string>> = {}, labs = ['counting']): Promise<string> {
  const { root } = await learnersCopy(files);
  const known = Object.fromEntries(labs.map((id) => [`${id}/lab.ts`, '0'.repeat(32)]));
  await mkdir(path.join(root, '.system-design-labs'));
  await writeMarker(root, { format: 1, engineVersion: '0.0.1', files: known });
  return root;
}

/** A counter of the learner's own. */
const counter = (name: string, step: number | string): string =>
  `import type { Counter } from './counter.ts';
export class ${name} implements Counter {
  #count = 0;
  add(): number {
    this.#count += ${step};
    return this.#count;
  }
}
`;

/** The exercise as a learner may leave it. */
const exercise = (step: number | string): Record<string, string> => ({
  'exercises/1-by-one.ts': counter('ByOne', step).replace('./counter.ts', '../counter.ts'),
});

interface Judged {
  passed: boolean;
  conditions: { title: string; passed: boolean; detail: string }[];
}

async function check(status: number, ...words: string[]): Promise<Judged> {
  const outcome = await lab('check', 'counting', 'by-one', ...words, '--json');
  assert.equal(outcome.status, status, outcome.err);
  return JSON.parse(outcome.out) as Judged;
}

describe('check', () => {
  it('finds the exercise unsolved as it ships, says why, and says it for people too', async () => {
    assert.deepEqual(await check(1), {
      passed: false,
      conditions: [
        { title: 'Exact (Few)', passed: false, detail: 'seed 1: asked 10 times, counted 20' },
        {
          title: 'Counted: at most that of Plain (Many, count = 50)',
          passed: false,
          detail: 'seed 1: 100, that of Plain is 50',
        },
      ],
    });
    const { status, out } = await lab('check', 'counting', 'by-one');
    assert.equal(status, 1);
    assert.match(out, /by-one: not solved yet\n {2}NOT YET {2}Exact \(Few\) .* seed 1: asked 10 times, counted 20\n/);
  });

  it('finds it solved in the copy where it is', async () => {
    const root = await copyOf(exercise(1));
    const { passed, conditions } = await check(0, '--copy', root);
    assert.equal(passed, true);
    assert.deepEqual(
      conditions.map((one) => [one.passed, one.detail]),
      [
        [true, 'in all 2 runs; seed 1: asked 10 times, counted 10'],
        [true, 'seed 1: 50, that of Plain is 50'],
      ],
    );
  });

  it('measures by the algorithm as it ships, whatever the copy has made of it', async () => {
    const root = await copyOf({ ...exercise(2), 'step.ts': 'export const step = 2;' });
    const { conditions } = await check(1, '--copy', root);
    assert.equal(conditions[1]!.detail, 'seed 1: 100, that of Plain is 50');
  });

  for (const [what, text, detail] of [
    ['does not compile', 'export class ByOne implements Counter {', /1-by-one\.ts:\d+:\d+: /],
    [
      'throws',
      exercise('(() => { throw new Error("no"); })()')['exercises/1-by-one.ts']!,
      /1-by-one\.ts:5:.*Error: no/,
    ],
    ['holds no class that could be run', 'export const nothing = 0;', /has no exported class that implements Counter/],
  ] as const) {
    it(`is not passed by code that ${what}`, async () => {
      const root = await copyOf({ 'exercises/1-by-one.ts': text });
      const { passed, conditions } = await check(1, '--copy', root);
      assert.equal(passed, false);
      assert.equal(conditions.length, 2);
      for (const condition of conditions) assert.match(condition.detail, detail);
    });
  }

  it('waits for code without an end once only', async () => {
    const root = await copyOf(exercise('(() => { for (;;); })()'));
    const { conditions } = await check(1, '--copy', root, '--timeout', '1');
    for (const { detail } of conditions) assert.match(detail, /1-by-one\.ts:5:/);
  });

  it('refuses an exercise that is not there, and a copy without its file', async () => {
    const root = await copyOf();
    await rm(path.join(root, 'counting/exercises'), { recursive: true });
    for (const [words, message] of [
      [['counting', 'by-two'], /counting has no exercise 'by-two': use by-one/],
      [['nothing', 'by-one'], /there is no lab 'nothing': use counting/],
      [['counting', 'by-one', '--copy', root], /1-by-one\.ts is not there, or no plain file: Update Copy/],
      [['counting', 'by-one', '--timeout', 'soon'], /--timeout must be/],
      [['counting'], /missing required argument 'exercise'/],
    ] as const) {
      const { status, out, err } = await lab('check', ...words);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, message);
    }
  });
});

test('--copy runs an algorithm of the learner’s own by its place, and what they have edited', async () => {
  const root = await copyOf({ 'step.ts': 'export const step = 3;', 'mine.ts': counter('Mine', 1) });
  const counted = async (...words: string[]): Promise<unknown> => {
    const { out } = await lab('run', 'counting', '--scenario', 'few', '--copy', root, ...words, '--json');
    return (JSON.parse(out) as { metrics: { counted: number } }).metrics.counted;
  };
  assert.equal(await counted(), 30);
  assert.equal(await counted('--algorithm', 'mine'), 10);
  assert.equal(await counted('--algorithm', 'exercises/1-by-one'), 20);
});

test('--copy compares, sweeps and runs many seeds with an algorithm of the learner’s own', async () => {
  const root = await copyOf({ 'mine.ts': counter('Mine', 4) });
  const copy = ['--copy', root, '--scenario', 'few'];
  const compared = await lab('compare', 'counting', '--with', 'mine', '--seeds', '1,2', ...copy, '--json');
  const { b, differences } = JSON.parse(compared.out) as { b: { algorithm: string }; differences: { b: number }[] };
  assert.deepEqual([b.algorithm, differences[0]!.b], ['mine', 40]);
  const swept = await lab('sweep', 'counting', '--algorithm', 'mine', '--vary', 'count=1,2', ...copy, '--json');
  const { curves } = JSON.parse(swept.out) as { curves: { counted: { mean: number }[] } };
  assert.deepEqual(
    curves.counted.map(({ mean }) => mean),
    [4, 8],
  );
  const seeds = await lab('run', 'counting', '--algorithm', 'mine', '--seeds', '1,2', ...copy, '--json');
  assert.equal(seeds.status, 1);
  const { broken } = JSON.parse(seeds.out) as { broken: { replay: string }[] };
  assert.ok(broken[0]!.replay.endsWith(` --copy ${root}`), broken[0]!.replay);
});

test('a draft that does not compile is in nobody’s way who does not ask for it', async () => {
  const root = await copyOf({ 'draft.ts': 'export class Draft implements Counter {' });
  assert.equal((await lab('run', 'counting', '--scenario', 'few', '--copy', root)).status, 0);
  for (const words of [['run'], ['compare', '--with', 'doubling'], ['sweep', '--vary', 'count=1,2'], ['bench']]) {
    const [command, ...others] = words;
    const { status, err } = await lab(command!, 'counting', ...others, '--algorithm', 'draft', '--copy', root);
    assert.equal(status, 1, err);
    assert.match(err, /draft\.ts:\d+:\d+: /);
  }
});

test('a folder that is no copy, or not with that lab, is bad usage, and the mend is named', async () => {
  const plain = await temporaryFolder();
  const other = await copyOf({}, ['hashing']);
  const broken = await copyOf();
  await writeFile(path.join(broken, '.system-design-labs/copy.json'), '{');
  const renamed = await copyOf();
  await rename(path.join(renamed, 'counting'), path.join(renamed, 'mine'));
  const gone = await copyOf();
  await rm(path.join(gone, 'counting'), { recursive: true });
  const own = await copyOf({ 'mine.ts': counter('Mine', 1) });
  const cases: [string[], RegExp][] = [
    [['--copy', path.join(plain, 'none')], /there is no folder .*none/],
    [
      ['--copy', plain],
      /is no copy of the labs, it has no \.system-design-labs\/copy\.json: name the folder that Open Lab/,
    ],
    [['--copy', other], /has no lab 'counting': it has hashing/],
    [['--copy', broken], /copy\.json is damaged: it is not JSON: Mend Copy in VS Code makes it anew/],
    [['--copy', renamed], /counting is gone: it is called mine, rename it back/],
    [['--copy', gone], /counting is gone: open the lab again in VS Code/],
    [
      ['--copy', own, '--algorithm', 'none'],
      /no algorithm 'none' in .*: use plain, doubling, exercises\/1-by-one, mine/,
    ],
    [['--copy', own, '--algorithm', '../../mine'], /no algorithm '..\/..\/mine'/],
    [['--copy', own, '--labs', own], /say --labs or --copy, not both/],
  ];
  for (const [words, message] of cases) {
    const { status, out, err } = await lab('run', 'counting', ...words);
    assert.deepEqual([status, out], [2, ''], err);
    assert.match(err, message);
    assert.equal(err.trim().split('\n').length, 1, err);
  }
  for (const command of [
    ['compare', 'counting'],
    ['sweep', 'counting', '--vary', 'count=1,2'],
    ['bench', 'counting'],
  ]) {
    assert.match((await lab(...command, '--copy', plain)).err, /is no copy of the labs/);
  }
  assert.match((await lab('check', 'counting', 'by-one', '--copy', plain)).err, /is no copy of the labs/);
});

describe('--set name=@file', () => {
  const few = ['run', 'counting', '--scenario', 'few'];

  it('reads the value, without the end of its last line', async () => {
    const file = path.join(await temporaryFolder(), 'count.txt');
    await writeFile(file, '\uFEFF7\r\n');
    const { out } = await lab(...few, '--set', `count=@${file}`, '--json');
    assert.equal((JSON.parse(out) as { parameters: { count: number } }).parameters.count, 7);
    const compared = await lab('compare', 'counting', '--with-set', `count=@${file}`, '--seeds', '1,2', '--json');
    assert.equal((JSON.parse(compared.out) as { b: { parameters: { count: string } } }).b.parameters.count, '7');
  });

  it('refuses what is not there, too large or no text; @@ stands for a text that begins with @', async () => {
    const folder = await temporaryFolder();
    const file = (name: string): string => path.join(folder, name);
    await writeFile(file('large'), 'x'.repeat(2_000_001));
    await writeFile(file('most'), 'x'.repeat(2_000_000));
    await writeFile(file('picture'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
    await writeFile(file('zeros'), Buffer.alloc(10));
    for (const [value, message] of [
      [`@${file('none')}`, /there is no file '.*none' \(write @@ for a text that begins with @\)/],
      [`@${folder}`, /there is no file/],
      [`@${file('large')}`, /the file has 2000001 bytes, and 2000000 are the most/],
      [`@${file('picture')}`, /the file is no text in UTF-8/],
      [`@${file('zeros')}`, /the file is no text in UTF-8/],
      [`@${file('most')}`, /^count must be a whole number .*not 'x+/],
      ['@@seven', /count must be .*, not '@seven'/],
    ] as const) {
      const { status, err } = await lab(...few, '--set', `count=${value}`);
      assert.equal(status, 2, err.slice(0, 500));
      assert.match(err, message);
    }
  });
});
