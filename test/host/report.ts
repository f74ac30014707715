/** What an in-host suite reports, through a file: VS Code's own exit code is 0 even when the extension host crashed. */
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

/** Names the environment variables that carry a suite's files (a JSON array) and its report into the extension host. */
export const suiteVariables = { files: 'SDL_SUITE_FILES', report: 'SDL_SUITE_REPORT' } as const;
