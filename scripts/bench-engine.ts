/**
 * `npm run bench:engine`: the engine's parts beside what one would use instead. Contenders run in threads of their own,
 * in turns, in changing order; what counts is the ratio within a round. `--json` prints one object, `--quick` takes
 * fewer and shorter rounds, `--only queue` the groups whose name has that in it.
 */
import { Worker } from 'node:worker_threads';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { median, speedRatio } from '../extension/run/benchmark/statistics.ts';
import { groups } from './bench-engine/contenders.ts';
import { measureReplay } from './bench-engine/replay.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string', default: '' } },
});
const rounds = values.quick ? 5 : 15;
const least = values.quick ? 60 : 150; // ms of a batch
/** On two threads the sender's processor time says little: there the wall counts. */
const byWall = new Set(['stream']);

interface Row {
  group: string;
  contender: string;
  nsPerOp: number;
  /** How many times as fast ours is, with a 95 % interval; null for ours. */
  ratio: { value: number; low: number; high: number } | null;
  goal: number | null;
}

interface Batch {
  operations: number;
  wall: number;
  cpu: number;
}

function ask(
  worker: Worker,
  request: { operations: number } | { least: number; clock: 'cpu' | 'wall' },
): Promise<Batch> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (batch: Batch) => {
      worker.off('error', reject);
      resolve(batch);
    });
    worker.postMessage(request);
  });
}

async function measure(group: string): Promise<Row[]> {
  const { contenders, goals } = groups[group]!;
  const names = Object.keys(contenders);
  const file = path.join(import.meta.dirname, 'bench-engine', 'worker.ts');
  const workers = names.map((contender) => new Worker(file, { workerData: { group, contender } }));
  try {
    const clock = byWall.has(group) ? 'wall' : 'cpu';
    const operations: number[] = [];
    for (const worker of workers) operations.push((await ask(worker, { least, clock })).operations);
    const times: number[][] = names.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < names.length; turn++) {
        const which = (round + turn) % names.length;
        const batch = await ask(workers[which]!, { operations: operations[which]! });
        times[which]!.push((batch[clock] * 1e6) / batch.operations);
      }
    }
    return names.map((contender, i) => ({
      group,
      contender,
      nsPerOp: median(times[i]!),
      ratio: i === 0 ? null : speedRatio(times[0]!, times[i]!),
      goal: goals[contender] ?? null,
    }));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function print(group: string, rows: readonly Row[]): void {
  const { title, unit } = groups[group]!;
  console.log(`\n${title}\n  ns per ${unit}`);
  for (const { contender, nsPerOp, ratio, goal } of rows) {
    const beside = ratio
      ? `ours ${ratio.value.toFixed(2)}× as fast (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`
      : '';
    const wanted = goal === null ? '' : `goal ≥ ${goal}`;
    console.log(
      `  ${contender.padEnd(28)} ${nsPerOp.toFixed(1).padStart(9)}   ${beside.padEnd(38)} ${wanted}`.trimEnd(),
    );
  }
}

const results: Row[] = [];
for (const group of Object.keys(groups).filter((name) => name.includes(values.only))) {
  const rows = await measure(group);
  results.push(...rows);
  if (!values.json) print(group, rows);
}
const replay = 'replay'.includes(values.only) ? measureReplay(values.quick ? 21 : 101) : undefined;
const reached = replay && {
  events: replay.events,
  medianMs: median(replay.times),
  worstMs: replay.times.at(-1)!,
  goalMs: 100,
};
if (values.json) {
  console.log(JSON.stringify({ results, ...(reached ? { replay: reached } : {}) }));
} else if (reached) {
  console.log(
    `\nReplay: any event of ${reached.events.toLocaleString('en')} with full state: median ${reached.medianMs.toFixed(1)} ms, ` +
      `worst ${reached.worstMs.toFixed(1)} ms (goal: median ≤ 100)`,
  );
}
