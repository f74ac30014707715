/** What an in-host suite reports, through a file: VS Code's own exit code is 0 even when the extension host crashed. */
import { readFile } from 'node:fs/promises';

export interface SuiteReport {
  /** False until the last test is over. */
  complete: boolean;
  tests: SuiteResult[];
}

export interface SuiteResult {
  title: string;
  state: 'passed' | 'failed' | 'pending';
  milliseconds: number;
  /** With its stack; of a failed test. */
  error?: string;
}

export interface SuiteOutcome {
  tests: SuiteResult[];
  /** Why the suite as a whole cannot count as done, however its tests ended: a crash, a deadline, no test. */
  problem?: string;
}

/** Names the environment variables that carry a suite's files (a JSON array) and its report into the extension host. */
export const suiteVariables = { files: 'SDL_SUITE_FILES', report: 'SDL_SUITE_REPORT' } as const;

/** @returns undefined where the suite did not come to write one */
export async function readReport(file: string): Promise<SuiteReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as SuiteReport);
}

/**
 * What a run of a suite amounts to.
 * @param exit VS Code's exit code, or in words why it did not come to give one
 */
export function judge(exit: number | string, report: SuiteReport | undefined): SuiteOutcome {
  const tests = report?.tests ?? [];
  if (typeof exit === 'string') return { tests, problem: exit };
  if (report === undefined) return { tests, problem: `the suite never began (exit ${exit})` };
  if (!report.complete) return { tests, problem: `the extension host ended before the suite did (exit ${exit})` };
  if (tests.length === 0) return { tests, problem: 'no test ran' };
  if (exit !== 0 && tests.every(({ state }) => state === 'passed')) return { tests, problem: `exit ${exit}` };
  return { tests };
}
