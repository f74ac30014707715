import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { mostLines } from './runner/console-capture.ts';
import { builtFiles, counting, learnersCopy, runService, temporaryFolder } from './testing/built.ts';

test('a bundled lab runs, and its trace comes whole', async () => {
  const service = await runService();
  const run = service.start(counting({ parameters: { count: 20_000 } }));
  assert.equal(run.state, 'running');
  assert.equal(await run.finished, run);
  assert.equal(run.failure, undefined);
  assert.equal(run.report!.metrics.counted, 20_000);
  assert.equal(run.trace.length, 20_001);
  assert.equal(run.trace.event(1).node, 'counter');
  assert.equal(run.share, 1);
  assert.equal(run.edited, false);
});

test('the program is kept: files with their hashes, and the bundle', async () => {
  const service = await runService();
  const { program } = await service.start(counting()).finished;
  const files = program!.files.map(({ file }) => file).sort();
  assert.deepEqual(
    files,
    ['counter', 'doubling', 'lab', 'plain', 'step'].map((name) => `sdlabs:/counting/${name}.ts`),
  );
  const step = program!.files.find(({ file }) => file.endsWith('step.ts'))!;
  assert.equal(step.sha256, createHash('sha256').update(step.text).digest('hex'));
  assert.match(program!.bundle!, /sourceMappingURL=data:/);
});

test('a bundled lab runs wherever it was put after the build, and nothing that is kept of it says where', async () => {
  const elsewhere = path.join(await temporaryFolder(), 'put here');
  await cp(path.dirname(await builtFiles()), elsewhere, { recursive: true });
  const [here, there] = [await runService(), await runService({ dist: path.join(elsewhere, 'dist') })];
  const [first, second] = [await here.start(counting()).finished, await there.start(counting()).finished];
  assert.equal(second.failure, undefined);
  assert.deepEqual(second.program, first.program);
  assert.ok(!Buffer.from(second.program!.bundle!.split('base64,')[1]!, 'base64').includes(elsewhere));
});

test('a trace larger than the limit is cut, counted and hashed all the same', async () => {
  const whole = await (await runService()).start(counting({ parameters: { count: 30_000 } })).finished;
  const service = await runService({ limits: () => ({ deadline: 60_000, memory: 256, maxEvents: 5000 }) });
  const cut = await service.start(counting({ parameters: { count: 30_000 } })).finished;
  assert.equal(cut.trace.length, 5000);
  assert.equal(cut.trace.dropped, 25_001);
  assert.equal(cut.report!.trace.hash, whole.report!.trace.hash);
});

test('a long trace waits for its host without losing its order', async () => {
  const service = await runService();
  const run = service.start(counting({ parameters: { count: 1000, events: 500 } }));
  const subscription = run.onDidChange(() => {
    const until = performance.now() + 5; // a host that is busy
    while (performance.now() < until);
  });
  await run.finished;
  subscription.dispose();
  assert.equal(run.trace.length, 500_001);
  for (let index = 1; index < run.trace.length; index += 997) assert.equal(run.trace.event(index).owner, index);
});

test('what happens is heard while it happens', async () => {
  const service = await runService();
  const run = service.start(counting({ parameters: { count: 2000, work: 500 } })); // about a second
  const seen: { events: number; share: number }[] = [];
  run.onDidChange(() => seen.push({ events: run.trace.length, share: run.share }));
  await run.finished;
  assert.ok(seen.some(({ events, share }) => events > 0 && events < 2001 && share > 0 && share < 1));
});

for (const bundler of [true, false]) {
  const how = bundler ? 'bundled' : 'as it is';

  test(`a copy runs like the bundled lab: the same trace hash (${how})`, async () => {
    const service = await runService({ bundler });
    const bundled = await service.start(counting()).finished;
    const copied = await service.start(counting({ source: await learnersCopy() })).finished;
    assert.equal(copied.failure, undefined);
    assert.equal(copied.report!.trace.hash, bundled.report!.trace.hash);
    assert.equal(copied.edited, true);
  });

  test(`unsaved texts run, those of imported files too, by their real paths (${how})`, async () => {
    const source = await learnersCopy();
    const link = path.join(await temporaryFolder(), 'link');
    await symlink(source.root, link);
    const asked: string[] = [];
    const unsaved = new Map([[path.join(source.root, 'counting/step.ts'), 'export const step = 7;']]);
    const readOpen = (file: string): string | undefined => {
      asked.push(file);
      return unsaved.get(file);
    };
    const service = await runService({ bundler, readOpen });
    const run = await service.start(counting({ source: { kind: 'folder', root: link }, scenario: 'few' })).finished;
    assert.equal(run.report?.metrics.counted, 70, run.failure?.message);
    assert.ok(asked.includes(path.join(source.root, 'counting/lab.ts')), asked.join());
    const step = run.program!.files.find(({ file }) => file === path.join(source.root, 'counting/step.ts'));
    assert.equal(step?.text, 'export const step = 7;');
  });

  test(`an error in an unsaved text lands on its line (${how})`, async () => {
    const source = await learnersCopy();
    const file = path.join(source.root, 'counting/step.ts');
    const service = await runService({
      bundler,
      readOpen: (asked) => (asked === file ? '\n\n  throw new Error("here");\nexport const step = 1;' : undefined),
    });
    const { failure } = await service.start(counting({ source })).finished;
    assert.deepEqual(failure?.location, { file, line: 3, column: 9 });
  });

  test(`a copy in a folder with blanks, brackets and umlauts names its places (${how})`, async () => {
    const { root } = await learnersCopy({ 'step.ts': 'export const step = 1;\nthrow new Error("here");' });
    const odd = path.join(await temporaryFolder(), 'größe (1) [x] #%41');
    await symlink(root, odd);
    const service = await runService({ bundler });
    const { failure } = await service.start(counting({ source: { kind: 'folder', root: odd } })).finished;
    assert.deepEqual(failure?.location, { file: path.join(root, 'counting/step.ts'), line: 2, column: 7 });
  });

  test(`imports without extension, with .js, of folders and of Node's modules resolve (${how})`, async () => {
    const source = await learnersCopy({
      'plain.ts': `import { basename } from 'node:path';
import os from 'os';
import { step } from './step';
import { more } from './more.js';
import { most } from './most';
export class Plain { #n = 0; add() { return (this.#n += step + more + most + Number(basename('/0')) + 0 * os.uptime()); } }`,
      'more.ts': 'export const more = 10;',
    });
    await mkdir(path.join(source.root, 'counting/most'));
    await writeFile(path.join(source.root, 'counting/most/index.ts'), 'export const most = 100;');
    const service = await runService({ bundler });
    const run = await service.start(counting({ source, scenario: 'few' })).finished;
    assert.equal(run.report?.metrics.counted, 1110, run.failure?.message);
  });

  test(`what was edited since runs anew, unsaved or saved, whatever another service does (${how})`, async () => {
    const source = await learnersCopy();
    const file = path.join(source.root, 'counting/step.ts');
    let unsaved: string | undefined;
    const service = await runService({ bundler, readOpen: (asked) => (asked === file ? unsaved : undefined) });
    const counted = async (): Promise<unknown> =>
      (await service.start(counting({ source, scenario: 'few' })).finished).report?.metrics.counted;
    assert.equal(await counted(), 10);
    unsaved = 'export const step = 5;';
    assert.equal(await counted(), 50);
    await (await runService({ bundler })).dispose();
    unsaved = undefined;
    await writeFile(file, 'export const step = 7;');
    assert.equal(await counted(), 70);
  });

  test(`a learner's own algorithm joins the lab under its file's name (${how})`, async () => {
    const { root } = await learnersCopy();
    const file = path.join(root, 'triple.ts');
    await writeFile(file, 'export class Triple { #n = 0; add() { return (this.#n += 3); } }');
    const source = { kind: 'folder', root, extra: [{ id: 'triple', file, export: 'Triple' }] } as const;
    const service = await runService({ bundler });
    const run = await service.start(counting({ source, algorithm: 'triple', scenario: 'few' })).finished;
    assert.equal(run.report?.metrics.counted, 30, run.failure?.message);
    const entry = await service.describe('counting', source);
    assert.deepEqual(entry.algorithms.map(({ id, export: name }) => [id, name]).at(-1), ['triple', 'Triple']);
  });

  test(`of classes of one name the very one that was pointed at runs, whatever the lab.ts calls so (${how})`, async () => {
    const source = await learnersCopy({
      'plain copy.ts': 'export class Plain { #n = 0; add() { return (this.#n += 3); } }',
    });
    await mkdir(path.join(source.root, 'counting/backup'));
    const five = 'export class Plain { #n = 0; add() { return (this.#n += 5); } }';
    await writeFile(path.join(source.root, 'counting/backup/plain.ts'), five);
    const service = await runService({ bundler });
    const declared = (await service.describe('counting', source)).algorithms;
    for (const [id, name, counted] of [
      ['plain copy', 'plain copy.ts', 30],
      ['backup/plain', 'backup/plain.ts', 50],
      ['plain', 'backup/plain.ts', 50],
    ] as const) {
      const file = path.join(source.root, 'counting', name);
      const withOwn = { ...source, extra: [{ id, file, export: 'Plain' }] };
      const run = await service.start(counting({ source: withOwn, algorithm: id, scenario: 'few' })).finished;
      assert.equal(run.report?.metrics.counted, counted, run.failure?.message);
      if (id !== 'plain') assert.deepEqual(run.declared?.algorithms, declared, 'what the lab.ts declares is as before');
    }
  });

  test(`an edited lab is described by its own code (${how})`, async () => {
    const service = await runService({ bundler });
    const source = await learnersCopy();
    const entry = await service.describe('counting', source);
    const bundled = await service.describe('counting', { kind: 'bundled' });
    assert.deepEqual(
      entry.algorithms.map(({ id, file }) => [id, file]),
      [
        ['plain', 'plain.ts'],
        ['doubling', 'doubling.ts'],
      ],
    );
    assert.deepEqual(entry.parameters, bundled.parameters);
    const own = path.join(source.root, 'triple.ts');
    await writeFile(own, 'export class Triple { add() { return 3; } }');
    const withOwn = { ...source, extra: [{ id: 'triple', file: own, export: 'Triple' }] };
    const { declared } = await service.start(counting({ source: withOwn, algorithm: 'triple' })).finished;
    assert.deepEqual(declared, entry, 'a run tells the same');
    const broken = await learnersCopy({ 'lab.ts': 'export default 1;' });
    await assert.rejects(service.describe('counting', broken), /lab\.ts must have a lab/);
  });
}

test('a tsconfig.json of the copy, however broken, does not matter', async () => {
  const source = await learnersCopy();
  await writeFile(path.join(source.root, 'tsconfig.json'), '{ "extends": "./nowhere" ');
  const run = await (await runService()).start(counting({ source })).finished;
  assert.equal(run.state, 'finished', run.failure?.message);
});

test('what the code prints is kept, line by line', async () => {
  const source = await learnersCopy({
    'step.ts': `console.log('one %d', 1, { two: 2 });
console.error('three\\nfour');
process.stdout.write('five\\n');
export const step = 1;`,
  });
  const run = await (await runService()).start(counting({ source })).finished;
  assert.deepEqual(run.console, ['one 1 { two: 2 }', 'three', 'four', 'five']);
});

test('a flood on the console is cut, with a notice, and the run goes on', async () => {
  const floods = [`console.log('line', this.#n)`, `console.log('x'.repeat(1e6))`, `process.stdout.write('y\\n')`];
  for (const flood of floods) {
    const source = await learnersCopy({
      'plain.ts': `export class Plain { #n = 0; add() { ${flood}; return ++this.#n; } }`,
    });
    const run = await (await runService()).start(counting({ source, parameters: { count: 100_000 } })).finished;
    assert.equal(run.state, 'finished', run.failure?.message);
    assert.ok(run.console.length <= mostLines + 1);
    assert.match(run.console.at(-1)!, /the rest is not shown/);
  }
});

test('a request that makes no sense is refused with its mend', async () => {
  const service = await runService();
  const refusals: [Parameters<typeof counting>[0], RegExp][] = [
    [{ lab: 'none' }, /there is no lab 'none': use counting/],
    [{ lab: '../counting' }, /there is no lab/],
    [{ lab: '../counting', source: await learnersCopy() }, /there is no lab/],
    [{ algorithm: 'none' }, /no algorithm 'none': use plain, doubling/],
    [{ parameters: { count: 0 } }, /count must be a whole number from 1/],
    [{ seed: -1 }, /seed must be a whole number/],
    [{ seed: 0.5 }, /seed must be a whole number/],
    [{ interventions: [{ anchor: 'x', action: 'add', arguments: {} }] }, /'x' is no anchor/],
  ];
  for (const [changes, message] of refusals) {
    const { failure } = await service.start(counting(changes)).finished;
    assert.equal(failure?.reason, 'request', failure?.message);
    assert.match(failure.message, message);
  }
});

test('listeners are told of the end, once, and not after they have gone', async () => {
  const service = await runService();
  const run = service.start(counting());
  let ends = 0;
  let toldTheGone = false;
  run.onDidChange(() => run.state === 'finished' && ends++);
  run.onDidChange(() => (toldTheGone = true)).dispose();
  await run.finished;
  assert.equal(ends, 1);
  assert.equal(toldTheGone, false);
});
