/** Many runs in one thread are the runs that each would be alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndedRun, LabSource } from './run.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';

async function runAll(source: LabSource, counts: readonly number[], deadline = 60_000): Promise<EndedRun[]> {
  const service = await runService({ limits: () => ({ deadline, memory: 96, maxEvents: 1000 }) });
  const ended: EndedRun[] = [];
  const requests = counts.map((count, seed) => counting({ source, seed, parameters: { count } }));
  await service.runAll(requests, (run) => ended.push(run));
  assert.deepEqual(
    ended.map(({ request }) => request),
    requests,
    'each is told of, in order',
  );
  return ended;
}

const troubled = (trouble: string): string => `import type { Counter } from './counter.ts';

let everCounted = 0;

export class Plain implements Counter {
  add(): number {
    everCounted++;
    if (everCounted === 7) {
      ${trouble}
    }
    return everCounted;
  }
}
`;

const counted = ({ report }: EndedRun): number | undefined => report?.metrics.counted;

test('runs have the traces that they have alone, whatever ran before them', async () => {
  const service = await runService();
  const together = await runAll({ kind: 'bundled' }, [20, 30, 20]);
  for (const { request, report } of together) {
    const alone = await service.start(request).finished;
    assert.equal(report?.trace.hash, alone.report?.trace.hash);
  }
});

test("a learner's code starts afresh in each run: what one has left in a variable, another does not see", async () => {
  const copy = await learnersCopy({ 'plain.ts': troubled('') });
  assert.deepEqual((await runAll(copy, [3, 4, 5])).map(counted), [3, 4, 5]);
});

test('a run that throws takes none of the others along', async () => {
  const copy = await learnersCopy({ 'plain.ts': troubled("throw new Error('seven');") });
  const ended = await runAll(copy, [5, 7, 6, 9, 4]);
  assert.deepEqual(ended.map(counted), [5, undefined, 6, undefined, 4]);
  assert.match(ended[1]!.failure!.message, /threw Error: seven/);
  assert.match(ended[1]!.failure!.location!.file, /plain\.ts$/);
});

test('nor does one that does not end, nor one that fills the memory: each has its own time and limit', async () => {
  const endless = await runAll(await learnersCopy({ 'plain.ts': troubled('for (;;);') }), [5, 7, 6], 3000);
  assert.deepEqual(
    endless.map((run) => run.failure?.reason ?? counted(run)),
    [5, 'deadline', 6],
  );
  const greedy = troubled('const kept: number[][] = []; for (;;) kept.push(new Array<number>(1000).fill(1));');
  const ended = await runAll(await learnersCopy({ 'plain.ts': greedy }), [5, 7, 6]);
  assert.deepEqual(
    ended.map((run) => run.failure?.reason ?? counted(run)),
    [5, 'memory', 6],
  );
});

test('after one that went wrong whoever is told may do without the others', async () => {
  const source = await learnersCopy({ 'plain.ts': troubled("throw new Error('seven');") });
  const service = await runService();
  const ended: EndedRun[] = [];
  const requests = [5, 7, 6].map((count) => counting({ source, parameters: { count } }));
  await service.runAll(requests, (run) => {
    ended.push(run);
    return run.failure === undefined;
  });
  assert.deepEqual(ended.map(counted), [5, undefined]);
});

test('a request that makes no sense ends all of them', async () => {
  await assert.rejects(runAll({ kind: 'bundled' }, [5, 0, 6]), /count must be/);
});
