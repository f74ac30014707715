/**
 * `npm test -- --lab NAME`: what a change of one lab can break, in seconds, for while one writes. Tests of the panel and of
 * the terminal look at labs as well: `npm test` has the last word.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { labVariable } from '../../labs/all-labs/labs-under-test.ts';
import { filesMatching } from '../files.ts';
import { root } from '../folders.ts';
import { runChecks, type Check } from './lint.ts';
import { runNodeTests } from './node-tests.ts';
import type { Tier, TierResult } from './tier.ts';

/** Ids of the labs in the tree. */
export async function labsInTree(): Promise<string[]> {
  return (await filesMatching(['labs/*/lab.ts'])).map((file) => file.split('/')[1]!);
}

/** Everything at once: what is checked last would leave a processor idle. */
export function tierOfLab(lab: string): Tier {
  return {
    name: 'lab',
    title: `types, lint and tests of labs/${lab}, and what every lab must be`,
    async run() {
      const [lint, tests] = await Promise.all([runChecks(await lintOf(lab), { atOnce: true }), runTests(lab)]);
      return { passed: lint.passed + tests.passed, failures: [...lint.failures, ...tests.failures] };
    },
  };
}

/** The types of the lab and of what it imports alone, and only of what has changed since the last time. */
async function lintOf(lab: string): Promise<Check[]> {
  const project = path.join(root, 'out/labs', `${lab}.tsconfig.json`);
  await mkdir(path.dirname(project), { recursive: true });
  const types = {
    extends: '../../tsconfig.json',
    compilerOptions: { incremental: true, tsBuildInfoFile: `${lab}.tsbuildinfo` },
    include: [`../../labs/${lab}`, '../../labs/engine/**/*.d.ts'],
  };
  await writeFile(project, JSON.stringify(types));
  const folder = `labs/${lab}`;
  return [
    ['types', 'typescript/bin/tsc', '-p', project],
    ['ESLint', 'eslint/package.json', folder, '--max-warnings', '0', '--parser-options', `project:${project}`],
    ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', folder],
  ];
}

/** The tests over all labs go through this one alone; each file of them that has none for it fails. */
async function runTests(lab: string): Promise<TierResult> {
  process.env[labVariable] = lab;
  const own = `labs/${lab}/**/*.test.ts`;
  const result = await runNodeTests(['labs/all-labs/*.test.ts', own], {
    concurrency: os.availableParallelism(),
    deadlineMs: 300_000,
  });
  delete process.env[labVariable];
  if ((await filesMatching([own])).length === 0) result.failures.push(`labs/${lab} has no test of its own`);
  return result;
}
