/** Runs end when they are told to, whatever the code does, and leave nothing behind. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { Run } from './run.ts';
import { builtFiles, counting, learnersCopy, runService } from './testing/built.ts';
import { gone, processesWith } from './testing/processes.ts';

/** A counter that prints 'here' and then never comes back. */
const stuck = (code: string): Record<string, string> => ({
  'plain.ts': `import { spawnSync } from 'node:child_process';
import type { Counter } from './counter.ts';
export class Plain implements Counter {
  add(): number {
    console.log('here');
    ${code}
    return 1;
  }
}
export const used = spawnSync;
`,
});

const endless = {
  'an endless loop': 'for (;;);',
  'an endless loop that catches everything': 'for (;;) try { for (;;) console.log("again"); } catch {}',
  'a huge native sort': 'Float64Array.from({ length: 2e7 }, (_, i) => (i * 7919) % 104729).sort((a, b) => a - b);',
  'a native search without end': "/^(a+)+$/.test('a'.repeat(60) + 'b');",
  'a child process that sleeps': "spawnSync('sleep', ['60']);",
};

async function untilItPrints(run: Run): Promise<void> {
  while (run.console.length === 0 && run.state === 'running') {
    await new Promise<void>((resolve) => {
      const subscription = run.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
  assert.equal(run.state, 'running', run.failure?.message);
}

for (const [name, code] of Object.entries(endless)) {
  test(`stop ends ${name}, and the next run is healthy`, async () => {
    const service = await runService();
    const run = service.start(counting({ source: await learnersCopy(stuck(code)) }));
    await untilItPrints(run);
    const [runner] = service.runners as [number];
    await run.stop();
    assert.equal(run.failure?.reason, 'stopped');
    await gone(runner);
    assert.equal((await service.start(counting()).finished).state, 'finished');
  });
}

test('a stopped child process does not outlive its run', async () => {
  const service = await runService();
  const mark = `60.${process.pid}`;
  const run = service.start(counting({ source: await learnersCopy(stuck(`spawnSync('sleep', ['${mark}']);`)) }));
  await untilItPrints(run);
  await run.stop();
  for (const pid of service.runners) await gone(pid);
  assert.deepEqual(await processesWith(mark), []);
});

test('the deadline ends an endless loop', async () => {
  const service = await runService({ limits: () => ({ deadline: 300, memory: 256, maxEvents: 1000 }) });
  const run = await service.start(counting({ source: await learnersCopy(stuck('for (;;);')) })).finished;
  assert.equal(run.failure?.reason, 'deadline');
  assert.match(run.failure.message, /deadline of 0\.3 s/);
});

test('a run that cannot end by its deadline says so beforehand, with an estimate', async () => {
  const service = await runService({ limits: () => ({ deadline: 5000, memory: 256, maxEvents: 1000 }) });
  const parameters = { count: 1_000_000, work: 100 }; // about 100 s
  const run = await service.start(counting({ parameters })).finished;
  assert.equal(run.failure?.reason, 'forecast');
  assert.ok(run.failure.estimate! > 5000, `${run.failure.estimate}`);
});

test('a run without deadline is neither forecast nor ended', async () => {
  const service = await runService({ limits: () => ({ deadline: 400, memory: 256, maxEvents: 1000 }) });
  const run = await service.start(counting({ parameters: { count: 1000, work: 1000 }, withoutDeadline: true }))
    .finished;
  assert.equal(run.state, 'finished', run.failure?.message);
});

test('two runs at once do not disturb each other', async () => {
  const service = await runService();
  const source = await learnersCopy(stuck('for (;;);'));
  const stuckRun = service.start(counting({ source }));
  const [one, other] = [service.start(counting({ seed: 1 })), service.start(counting({ seed: 2 }))];
  await Promise.all([one.finished, other.finished]);
  assert.equal(one.state, 'finished');
  assert.equal(other.state, 'finished');
  assert.notEqual(one.report!.trace.hash, other.report!.trace.hash);
  assert.equal(stuckRun.state, 'running');
  await stuckRun.stop();
});

test('a run that is stopped at once never starts', async () => {
  const service = await runService();
  const run = service.start(counting());
  await run.stop();
  assert.equal(run.failure?.reason, 'stopped');
});

test('100 runs leave one runner, no threads and no memory behind', async () => {
  const service = await runService();
  await service.start(counting()).finished;
  const threadsBefore = await threadsOf(service.runners[0]!);
  const residents: number[] = [];
  for (let n = 0; n < 100; n++) {
    const run = await service.start(counting({ seed: n })).finished;
    assert.equal(run.state, 'finished');
    assert.equal(service.runners.length, 1);
    if (n % 10 === 9) residents.push(await residentOf(service.runners[0]!));
  }
  // One thread more or less: that which is made ready for the next run.
  assert.ok((await threadsOf(service.runners[0]!)) <= threadsBefore + 1);
  // The first ten may still warm up; after that, what a run leaves must not add up.
  assert.ok(residents.at(-1)! < residents[0]! * 1.5 + 20e6, `resident bytes: ${residents.join(', ')}`);
});

test('edited code gets a runner of its own, which ends with its run', async () => {
  const service = await runService();
  await service.start(counting()).finished;
  const run = service.start(counting({ source: await learnersCopy(stuck('for (;;);')) }));
  await untilItPrints(run);
  const [runner] = service.runners as [number];
  await run.stop();
  await gone(runner);
});

test('a disposed service leaves no process', async () => {
  const service = await runService();
  const running = service.start(counting({ source: await learnersCopy(stuck('for (;;);')) }));
  await untilItPrints(running);
  service.warm();
  const pids = service.runners;
  assert.equal(pids.length, 2);
  await service.dispose();
  assert.equal(running.failure?.reason, 'stopped');
  for (const pid of pids) await gone(pid);
});

test('runners end when their host is killed', async () => {
  const { root } = await learnersCopy(stuck('for (;;);'));
  const host = fork(path.join(import.meta.dirname, 'testing/host.ts'), [await builtFiles(), root], { execArgv: [] });
  const [pids] = (await once(host, 'message')) as [number[]];
  assert.ok(pids.length > 0);
  host.kill('SIGKILL');
  for (const pid of pids) await gone(pid);
});

async function threadsOf(pid: number): Promise<number> {
  return figureOf(pid, 'Threads');
}

async function residentOf(pid: number): Promise<number> {
  return (await figureOf(pid, 'VmRSS')) * 1024;
}

/** A line of /proc; 0 on systems without it. */
async function figureOf(pid: number, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
