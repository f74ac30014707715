import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { catalogueFiles } from '../../../labs/engine/lab/catalogue-files.ts';
import { natureOf } from '../../../labs/engine/lab/worlds.ts';
import { sourceFile } from '../program/prepared.ts';
import type { LabSource } from '../run.ts';
import { runBenchmark, type BenchmarkEnvironment, type BenchmarkResult } from './benchmark.ts';
import { changeSinceLastEdit, earlierBenchmarks, keepBenchmark, keptOf, readBenchmark } from './history.ts';

const here = import.meta.dirname;
const fixture = (name: string): string => pathToFileURL(path.join(here, 'testing', name)).href;
let folder = '';

/** Stands in for the built files: modules that pass on to the sources. */
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sdl-benchmark-'));
  for (const sub of ['benchmarks/plans', 'labs', 'peers', 'catalogue'])
    await mkdir(path.join(folder, sub), { recursive: true });
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
  await write('benchmarks/adding.mjs', `${planOnly} export { default as lab } from '${fixture('fixture-lab.ts')}';`);
  await write('benchmarks/plans/adding.mjs', planOnly);
  await write('peers/adds-in-text.mjs', `export { default } from '${fixture('fixture-peer.ts')}';`);
  await write('benchmark-worker.mjs', `import '${pathToFileURL(path.join(here, 'benchmark-worker.ts'))}';`);
  const versions = { labs: '0.0.1', peers: { 'adds-in-text': '4.5.6' } };
  await write('benchmarks/versions.json', JSON.stringify(versions));
  const algorithms = ['plain', 'slow', 'wrong', 'throws'].map((id) => ({ id, file: `${id}.ts` }));
  const labs = [
    { id: 'adding', title: 'Adding', algorithms, scenarios: [] },
    { id: 'agreeing', title: 'Agreeing', algorithms: [], scenarios: [{ nature: natureOf('simulated') }] },
  ] as unknown as WholeLabEntry[];
  for (const [file, text] of catalogueFiles(labs)) await write(file, text);
});
after(() => rm(folder, { recursive: true, force: true }));

const planOnly = `export { default } from '${fixture('fixture-plan.ts')}';`;
const shipped = ['lab', 'plain', 'slow'].map((name) => sourceFile(`sdlabs:/adding/${name}.ts`, `${name} as it ships`));

/** The fixture lab, bundled or with another text of a file in the editor. */
function environment(edited?: { file: string; text: string }): BenchmarkEnvironment {
  const program = { lab: 'adding', edited: false, files: shipped };
  const code = { kind: 'file', url: pathToFileURL(path.join(folder, 'benchmarks/adding.mjs')).href } as const;
  return {
    dist: folder,
    service: {
      prepare: () => Promise.resolve({ program, code }),
      prepareBenchmark: () => {
        const files = shipped.map(({ file, text }) => {
          const name = path.posix.basename(file);
          return sourceFile(`/copy/adding/${name}`, name === edited?.file ? edited.text : text);
        });
        const bundle = { kind: 'bundle', url: 'file:///copy/adding/lab.mjs', text: edited?.text ?? '' } as const;
        return Promise.resolve({ program: { lab: 'adding', edited: true, files }, code: edited ? bundle : code });
      },
    },
  };
}

const copy: LabSource = { kind: 'folder', root: '/copy' };
const editedPlain = {
  file: 'plain.ts',
  text: `${planOnly}
class Plain { add(a, b) { let sum = a; for (let i = 0; i < 50; i++) sum = Math.sqrt(sum * sum); return a + b + 0 * sum; } }
export const lab = { id: 'adding', algorithms: [{ id: 'plain', implementation: Plain }] };`,
};

test('the code in the editor is measured beside what ships, peers and the floor', async () => {
  const steps: string[] = [];
  const { results, files, machine, algorithms } = await runBenchmark(
    { lab: 'adding', algorithms: ['plain'], source: copy, quick: true, onProgress: ({ step }) => steps.push(step) },
    environment(editedPlain),
  );
  const adding = results.filter(({ group }) => group === 'adding');
  assert.deepEqual(
    adding.map(({ contender, kind, version }) => [contender, kind, version]),
    [
      ['plain', 'ours', '0.0.1'],
      ['plain', 'edited', adding[1]!.version],
      ['adds-in-text', 'peer', '4.5.6'],
      ['two reads', 'floor', ''],
      ['never-installed', 'peer', ''],
    ],
  );
  assert.equal(adding[4]!.problem, 'is not in this build');
  // Which is faster only a quiet machine can say; that the ratio is taken the right way round, figures.test.ts says.
  assert.ok(adding[1]!.besideOurs!.ratio > 0);
  assert.equal(adding[0]!.besideOurs, undefined);
  assert.deepEqual(
    files.map(({ file, text }) => [file, text]),
    [['plain.ts', editedPlain.text]],
    'the text behind the algorithm, and no other',
  );
  assert.deepEqual(algorithms, ['plain']);
  assert.ok(machine.cores > 0 && machine.node === process.versions.node);
  assert.ok(steps.some((step) => /^adding: measuring plain, round 1 of \d$/.test(step)));
});

test('a copy that nobody has changed is what ships', async () => {
  const { results } = await runBenchmark(
    { lab: 'adding', algorithms: ['slow'], source: copy, quick: true },
    environment(),
  );
  assert.ok(results.every(({ kind }) => kind !== 'edited'));
});

test('an edit of another algorithm is none of this one', async () => {
  const { results } = await runBenchmark(
    { lab: 'adding', algorithms: ['slow'], source: copy, quick: true },
    environment(editedPlain),
  );
  assert.ok(results.every(({ kind }) => kind !== 'edited'));
});

test('an algorithm that no group names is measured beside its siblings', async () => {
  const { results } = await runBenchmark(
    { lab: 'adding', algorithms: ['throws'], source: { kind: 'bundled' }, quick: true },
    environment(),
  );
  assert.deepEqual(
    results.map(({ group, contender }) => `${group}: ${contender}`),
    ['throws', 'plain', 'slow', 'two reads'].map((contender) => `all algorithms: ${contender}`),
  );
  assert.equal(results[0]!.problem, 'threw TypeError: cannot add today');
});

test('requests that make no sense are refused in one line, and two benchmarks at a time are', async () => {
  const request = { lab: 'adding', source: { kind: 'bundled' } as const, quick: true };
  await assert.rejects(runBenchmark({ ...request, algorithms: ['nope'] }, environment()), {
    message: "adding has no algorithm 'nope': use plain, slow",
  });
  await assert.rejects(runBenchmark({ ...request, lab: 'agreeing' }, environment()), {
    message: /^Agreeing has no benchmark: its algorithms cost messages and waiting/,
  });
  const controller = new AbortController();
  const first = runBenchmark({ ...request, signal: controller.signal }, environment());
  await assert.rejects(
    runBenchmark(request, environment()),
    /a benchmark of adding is running: wait for it or cancel it/,
  );
  controller.abort();
  await assert.rejects(first, { name: 'AbortError' });
});

/** What was measured of a text, `ratio` times as fast as the version that ships. */
const result = (at: number, version: string, ratio: number): BenchmarkResult => ({
  lab: 'adding',
  algorithms: ['plain'],
  at,
  machine: { processor: 'abacus', cores: 1, platform: 'wood', node: '24.0.0' },
  results: [
    {
      group: 'adding',
      contender: 'plain',
      kind: 'edited',
      version,
      nsPerOp: 1,
      ratioToBestPeer: null,
      low: 1,
      high: 1,
      besideOurs: { ratio, low: ratio, high: ratio, verdict: '' },
    },
  ],
  curves: [],
  warnings: [],
  files: [sourceFile('plain.ts', `text of ${version}`)],
});

test('results are kept with the text that was measured; damaged files are passed over', async () => {
  const kept = path.join(folder, 'kept');
  await keepBenchmark(kept, result(1, 'first', 1));
  await keepBenchmark(kept, result(2, 'second', 1.25));
  await writeFile(path.join(kept, 'adding', '3-damaged.json'), '{"formatVersion":1,"lab":');
  await writeFile(path.join(kept, 'adding', '4-foreign.json'), '{"formatVersion":99}');
  await writeFile(path.join(kept, 'adding', '5-deep.json'), `{"formatVersion":2,"more":${'['.repeat(100_000)}`);
  await writeFile(path.join(kept, 'adding', '6-large.json'), ' '.repeat(9_000_000));
  const earlier = await earlierBenchmarks(kept, 'adding');
  assert.deepEqual(
    earlier.map(({ at, files }) => [at, files[0]!.text]),
    [
      [2, 'text of second'],
      [1, 'text of first'],
    ],
  );
  assert.equal(changeSinceLastEdit(result(5, 'third', 1.35), earlier, 'plain')!.toFixed(2), '0.08');
  assert.equal(changeSinceLastEdit(result(5, 'second', 1.5), earlier, 'plain'), 0.5, 'the same text is no edit');
  assert.equal(changeSinceLastEdit(result(5, 'third', 1.35), [], 'plain'), undefined);
  for (let at = 10; at < 70; at++) await keepBenchmark(kept, result(at, `${at}`, 1));
  assert.equal((await readdir(path.join(kept, 'adding'))).length, 50);
});

test('what is kept of an algorithm is listed with what it can be compared by; nothing else is read', async () => {
  const kept = path.join(folder, 'listed');
  const own = result(1, 'first', 1);
  const [row] = own.results;
  const beside = [
    { ...row!, kind: 'ours' as const, version: '0.0.1' },
    { ...row!, kind: 'peer' as const, contender: 'adds-in-text' },
    { ...row!, kind: 'ours' as const, contender: 'slow' },
    { ...row!, kind: 'floor' as const, group: 'all algorithms', contender: 'two reads' },
  ];
  await keepBenchmark(kept, { ...own, results: [beside[0]!, ...own.results, ...beside.slice(1)] });
  await keepBenchmark(kept, { ...result(2, 'second', 1), algorithms: ['slow'] });
  const earlier = await earlierBenchmarks(kept, 'adding');
  const [found, ...others] = keptOf(earlier, 'plain');
  assert.deepEqual(others, []);
  assert.equal(found!.row.version, 'first');
  assert.deepEqual(
    found!.beside.map(({ kind, contender }) => `${kind} ${contender}`),
    ['ours plain', 'peer adds-in-text'],
  );
  assert.equal((await readBenchmark(kept, 'adding', found!.id))!.files[0]!.text, 'text of first');
  for (const [lab, id] of [
    ['adding', '1-gone'],
    ['adding', '../adding/1'],
    ['../listed/adding', found!.id],
  ] as const) {
    assert.equal(await readBenchmark(kept, lab, id), undefined);
  }
});

test('of a text that is too long the figures are kept alone', async () => {
  const kept = path.join(folder, 'long');
  await keepBenchmark(kept, { ...result(1, 'first', 1), files: [sourceFile('plain.ts', 'x'.repeat(500_001))] });
  const [only] = await earlierBenchmarks(kept, 'adding');
  assert.deepEqual([only!.files, only!.results.length], [[], 1]);
});
