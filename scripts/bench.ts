/**
 * `npm run bench`: measures every lab that has a benchmark beside its npm peers, one after the other.
 * `npm run -s bench -- --json` prints one array with what `lab bench <lab> --json` prints for each;
 * `--quick` takes fewer rounds. Status 1 when a contender of ours was wrong or threw.
 */
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.ts';
import { root } from './folders.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });

await ensureBuilt();
const dist = path.join(root, 'dist');
const plans = (await readdir(path.join(dist, 'benchmarks'))).filter((name) => name.endsWith('.mjs')).sort();
const results: unknown[] = [];
for (const plan of plans) {
  const lab = path.parse(plan).name;
  const given = [...(values.quick ? ['--quick'] : []), ...(values.json ? ['--json'] : [])];
  const { status, stdout, error } = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.mjs'), 'bench', lab, ...given],
    // The progress goes to stderr, and what a lab's benchmark prints is a few kilobytes.
    { stdio: ['ignore', values.json ? 'pipe' : 'inherit', 'inherit'], encoding: 'utf8' },
  );
  if (error) throw error;
  if (status !== 0) process.exitCode = 1;
  if (values.json && stdout !== '') results.push(JSON.parse(stdout));
  if (!values.json) console.log();
}
if (values.json) console.log(JSON.stringify(results));
