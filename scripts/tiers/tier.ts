/** A tier of tests, as `npm test` runs them one after the other. */
export interface Tier {
  name: string;
  /** What it proves, in a few words: its heading. */
  title: string;
  run(): Promise<TierResult>;
}

export interface TierResult {
  passed: number;
  /** One line per failed test: what the closing summary repeats. */
  failures: string[];
}

/** Gives a tier in which nothing ran its failure: silence is no success. */
export function demandTests(result: TierResult): TierResult {
  if (result.passed + result.failures.length > 0) return result;
  return { passed: 0, failures: ['no test was found'] };
}

/** Names the environment variable that tells a test process how many milliseconds its file may take. */
export const deadlineVariable = 'SDL_TEST_FILE_DEADLINE';
