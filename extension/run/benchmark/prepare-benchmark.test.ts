/** A learner's copy as a benchmark loads it: with the plan, which hands the copy's own modules to the algorithm. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { Prepared } from '../program/prepared.ts';
import { loadModule } from '../runner/load-code.ts';
import { learnersCopy, runService } from '../testing/built.ts';

const plan = `import { stepLength } from './step.ts'; export default { lab: 'counting', stepLength };`;
const edited = { 'step.ts': 'export const stepLength = 41; export const step = (n: number): number => n + 41;' };

interface Loaded {
  default: { stepLength: number };
  lab: { algorithms: { id: string }[] };
}

const load = async ({ code }: Prepared): Promise<Loaded> => (await loadModule(code, () => {})) as unknown as Loaded;

for (const bundler of [true, false]) {
  const how = bundler ? 'bundled' : 'where there is no bundler';
  test(`the plan takes the modules of the copy, ${how}`, async () => {
    const source = await learnersCopy(edited);
    const prepared = await (await runService({ bundler })).prepareBenchmark('counting', source, plan);
    const { default: found, lab } = await load(prepared);
    assert.equal(found.stepLength, 41);
    assert.deepEqual(
      lab.algorithms.map(({ id }) => id),
      ['plain', 'doubling'],
    );
    const step = prepared.program.files.find(({ file }) => file.endsWith('step.ts'))!;
    assert.equal(step.text, edited['step.ts'], 'the history can tell that it was edited');
  });

  test(`an algorithm of the learner's own is among those of the lab, ${how}`, async () => {
    const source = await learnersCopy(edited);
    const file = path.join(source.root, 'counting/mine.ts');
    await writeFile(file, 'export class Mine { count(): number { return 1; } }');
    const service = await runService({ bundler });
    const extra = [{ id: 'mine', file, export: 'Mine' }];
    const prepared = await service.prepareBenchmark('counting', { ...source, extra }, plan);
    assert.equal((await load(prepared)).lab.algorithms.at(-1)!.id, 'mine');
  });
}

test('a copy without what the plan needs is told so; one that does not compile is told that first', async () => {
  const service = await runService();
  const renamed = { 'step.ts': 'export const step = (n: number): number => n + 1;' };
  await assert.rejects(service.prepareBenchmark('counting', await learnersCopy(renamed), plan), {
    message: 'the benchmark cannot be set up: No matching export in "counting/step.ts" for import "stepLength"',
  });
  await assert.rejects(service.prepareBenchmark('counting', await learnersCopy({ 'plain.ts': 'export {' }), plan), {
    message: /^(?!the benchmark)/,
  });
});
