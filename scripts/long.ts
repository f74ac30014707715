/**
 * `npm run long`: what takes minutes, one job after the other. `npm test` does a hundredth of each.
 * `npm run long -- fuzz` takes only these; `--minutes 10` is what each may take, `--seed 7` begins with another seed than 1.
 */
import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { endWithParent } from './lifetime.ts';
import { fuzz } from './long/fuzz.ts';
import { hostile } from './long/hostile.ts';
import type { LongJob } from './long/job.ts';

const all: readonly LongJob[] = [fuzz, hostile];

interface Options {
  chosen: readonly LongJob[];
  minutes: number;
  seed: number;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
  });
  const unknown = positionals.find((name) => all.every((job) => job.name !== name));
  if (unknown !== undefined) {
    refuse(`There is no long job '${unknown}'. The jobs are: ${all.map(({ name }) => name).join(', ')}.`);
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) refuse(`--minutes takes a number above 0, not '${values.minutes}'.`);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) refuse(`--seed takes a whole number from 0 on, not '${values.seed}'.`);
  const chosen = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
  return { chosen, minutes, seed };
}

function refuse(mend: string): never {
  console.error(mend);
  process.exit(2);
}

try {
  endWithParent();
  const { chosen, minutes, seed } = readOptions();
  for (const { name, title, run } of chosen) {
    console.log(`${name}: ${title}; up to ${minutes} min, from seed ${seed} on`);
    console.log(`${name}: ${await run(seed, performance.now() + minutes * 60_000)}`);
  }
  process.exit();
} catch (error) {
  fail(error);
}
