/** Runs files of Node's test runner and counts what they did from its events. */
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';
import { filesMatching } from '../files.ts';
import { root } from '../folders.ts';
import { beforeEnd } from '../lifetime.ts';
import { deadlineVariable, demandTests, type TierResult } from './tier.ts';

export interface NodeTestOptions {
  /** How many files run at once. */
  concurrency: number;
  /** For one file: it fails when it is still running then. */
  deadlineMs: number;
  /** Options of Node's that each is run with. */
  execArgv?: readonly string[];
}

/** Before Node 23 each is run where this process runs, whatever is asked for: the types are those of Node 22. */
type RunOptions = NonNullable<Parameters<typeof run>[0]> & { cwd: string };

/** @param patterns which files, as globs from the root */
export async function runNodeTests(patterns: readonly string[], options: NodeTestOptions): Promise<TierResult> {
  const files = (await filesMatching(patterns)).map((file) => path.join(root, file));
  if (files.length === 0) return demandTests({ passed: 0, failures: [] });
  const result: TierResult = { passed: 0, failures: [] };
  const preload = pathToFileURL(path.join(root, 'scripts/tiers/test-process.ts')).href;
  process.env[deadlineVariable] = String(options.deadlineMs);
  const stopping = new AbortController();
  const forget = beforeEnd(() => stopping.abort());
  const asked: RunOptions = {
    files,
    concurrency: options.concurrency,
    cwd: root,
    execArgv: [...(options.execArgv ?? []), '--import', preload],
    signal: stopping.signal,
  };
  const events = run(asked);
  events.on('test:pass', (test) => {
    const { name, file, skip, todo, details } = test;
    if (details.type === 'suite') return;
    if (name === file) result.failures.push(`${where(test)}: no test in this file`);
    else if (skip !== undefined || todo !== undefined) result.failures.push(`${where(test)}: ${name} is skipped`);
    else result.passed++;
  });
  events.on('test:fail', (test) => {
    const { error, type } = test.details;
    // A test above has failed already for its own reason.
    if (type === 'suite' || ('failureType' in error && error.failureType === 'subtestsFailed')) return;
    result.failures.push(`${where(test)}: ${test.name === test.file ? 'the file did not run to its end' : test.name}`);
  });
  events.on('test:summary', ({ file, counts }) => {
    if (file !== undefined && counts.tests === 0) result.failures.push(`${where({ file })}: no test in this file`);
  });
  await new Promise<void>((resolve, reject) => {
    const report = events.compose(new spec());
    report.on('end', resolve).on('error', reject);
    report.pipe(process.stdout, { end: false });
  });
  forget();
  return demandTests(result);
}

function where({ file }: { file?: string }): string {
  return file === undefined ? 'unknown file' : path.relative(root, file);
}
