import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../folders.ts';
import type { Tier, TierResult } from './tier.ts';

const require = createRequire(import.meta.url);

/** A test each: what it holds, the package whose program does it, and its arguments. */
export type Check = readonly [title: string, program: string, ...args: string[]];

const checks: readonly Check[] = [
  ['types of extension, labs and scripts', 'typescript/bin/tsc', '-p', '.'],
  ['types of the webview', 'typescript/bin/tsc', '-p', 'webview'],
  ['types of the tests', 'typescript/bin/tsc', '-p', 'test'],
  ['ESLint, import borders included', 'eslint/package.json', '.', '--max-warnings', '0'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
];

export const lint: Tier = {
  name: 'lint',
  title: 'types, import borders, formatting',
  run: () => runChecks(checks),
};

/**
 * @param options.atOnce all together, where each is small
 */
export async function runChecks(checks: readonly Check[], { atOnce = false } = {}): Promise<TierResult> {
  const result: TierResult = { passed: 0, failures: [] };
  const running: Promise<void>[] = [];
  for (const check of checks) {
    running.push(runCheck(check, result));
    if (!atOnce) await running.at(-1);
  }
  await Promise.all(running);
  return result;
}

async function runCheck([title, program, ...args]: Check, result: TierResult): Promise<void> {
  const started = performance.now();
  const resolved = require.resolve(program);
  const file = program === 'eslint/package.json' ? path.join(path.dirname(resolved), 'bin/eslint.js') : resolved;
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  console.log(`${status === 0 ? '✔' : '✖'} ${title} (${Math.round(performance.now() - started)} ms)`);
  if (status === 0) result.passed++;
  else result.failures.push(title);
}
