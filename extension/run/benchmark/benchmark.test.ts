import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Prepared } from '../program/prepared.ts';
import { sourceFile } from '../program/prepared.ts';
import type { LabSource } from '../run.ts';
import { runBenchmark, type BenchmarkResult } from './benchmark.ts';
import { changeSinceLastEdit, earlierBenchmarks, keepBenchmark } from './history.ts';

const here = import.meta.dirname;
const fixture = (name: string): string => pathToFileURL(path.join(here, 'testing', name)).href;
let folder = '';

/** Stands in for the built files: modules that pass on to the sources. */
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sdl-benchmark-'));
  for (const sub of ['benchmarks', 'labs', 'peers']) await mkdir(path.join(folder, sub));
  const passOn = (name: string, url: string): Promise<void> =>
    writeFile(path.join(folder, name), `export { default } from '${url}';`);
  await passOn('benchmarks/adding.mjs', fixture('fixture-plan.ts'));
  await passOn('labs/adding.mjs', fixture('fixture-lab.ts'));
  await passOn('peers/adds-in-text.mjs', fixture('fixture-peer.ts'));
  await writeFile(
    path.join(folder, 'benchmark-worker.mjs'),
    `import '${pathToFileURL(path.join(here, 'benchmark-worker.ts'))}';`,
  );
  const versions = { labs: '0.0.1', peers: { 'adds-in-text': '4.5.6' } };
  await writeFile(path.join(folder, 'benchmarks/versions.json'), JSON.stringify(versions));
  const algorithms = ['plain', 'slow', 'wrong', 'throws'].map((id) => ({ id }));
  await writeFile(path.join(folder, 'catalogue.json'), JSON.stringify([{ id: 'adding', algorithms }]));
});
after(() => rm(folder, { recursive: true, force: true }));

/** The fixture lab, bundled or with another text in the editor. */
function environment(editedText?: string) {
  return {
    dist: folder,
    async prepare(lab: string, source: LabSource): Promise<Prepared> {
      const shipped = sourceFile('sdlabs:/adding/lab.ts', 'as it ships');
      if (source.kind === 'bundled' || editedText === undefined) {
        return {
          program: { lab, edited: false, files: [shipped] },
          code: { kind: 'file', url: fixture('fixture-lab.ts') },
        };
      }
      const files = [sourceFile('/copy/adding/lab.ts', editedText)];
      return {
        program: { lab, edited: true, files },
        code: { kind: 'bundle', url: 'file:///copy/lab.mjs', text: editedText },
      };
    },
  };
}

const copy: LabSource = { kind: 'folder', root: '/copy' };
const editedLab = `
class Plain { add(a, b) { let sum = a; for (let i = 0; i < 50; i++) sum = Math.sqrt(sum * sum); return a + b + 0 * sum; } }
export default { id: 'adding', algorithms: [{ id: 'plain', implementation: Plain }] };`;

test('the code in the editor is measured beside what ships, peers and the floor', async () => {
  const steps: string[] = [];
  const { results, files } = await runBenchmark(
    { lab: 'adding', algorithms: ['plain'], source: copy, quick: true, onProgress: ({ step }) => steps.push(step) },
    environment(editedLab),
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
  assert.ok(adding[1]!.besideOurs!.ratio < 1, 'fifty square roots are slower than none');
  assert.equal(files[0]!.text, editedLab);
  assert.ok(steps.some((step) => /^adding: measuring plain, round 1 of \d$/.test(step)));
});

test('a copy that nobody has changed is what ships', async () => {
  const { results } = await runBenchmark(
    { lab: 'adding', algorithms: ['slow'], source: copy, quick: true },
    environment(),
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
  await assert.rejects(runBenchmark({ ...request, lab: 'nope' }, environment()), {
    message: 'nope has no benchmark yet',
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

test('results are kept with the text that was measured; damaged files are passed over', async () => {
  const kept = path.join(folder, 'kept');
  const result = (at: number, version: string, ratio: number): BenchmarkResult => ({
    lab: 'adding',
    at,
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
    files: [sourceFile('/copy/adding/lab.ts', `text of ${version}`)],
  });
  await keepBenchmark(kept, result(1, 'first', 1));
  await keepBenchmark(kept, result(2, 'second', 1.25));
  await writeFile(path.join(kept, 'adding', '3-damaged.json'), '{"formatVersion":1,"lab":');
  await writeFile(path.join(kept, 'adding', '4-foreign.json'), '{"formatVersion":99}');
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
