import { openBrowser } from '../../test/host/browser.ts';
import { runSuite } from '../../test/host/run-suite.ts';
import { buildSuites, type HostSuite } from '../../test/host/suites.ts';
import type { SuiteOutcome } from '../../test/host/report.ts';
import { ensureBuilt } from '../build.ts';
import { demandTests, type Tier, type TierResult } from './tier.ts';

export const host: Tier = {
  name: 'host',
  title: 'the extension inside a real VS Code',
  async run() {
    const browser = await openBrowser();
    try {
      return await runSuites((suite) => runSuite(suite, browser));
    } finally {
      await browser.close();
    }
  },
};

/**
 * Runs all in-host suites and prints how each test went.
 * @param runOne starts a VS Code for a suite and says what became of it
 */
export async function runSuites(runOne: (suite: HostSuite) => Promise<SuiteOutcome>): Promise<TierResult> {
  await ensureBuilt();
  const result: TierResult = { passed: 0, failures: [] };
  for (const suite of await buildSuites()) {
    console.log(`${suite.name} suite${suite.trust ? ', in a VS Code that asks for trust' : ''}`);
    const { tests, problem } = await runOne(suite);
    for (const { title, state, error, milliseconds } of tests) {
      console.log(`  ${state === 'passed' ? '✔' : '✖'} ${title} (${milliseconds} ms)`);
      if (error !== undefined) console.log(error.replace(/^/gm, '      '));
      if (state === 'passed') result.passed++;
      else result.failures.push(`${suite.name} suite: ${title}${state === 'pending' ? ' is skipped' : ''}`);
    }
    if (problem === undefined) continue;
    console.log(`  ✖ ${problem}`);
    result.failures.push(`${suite.name} suite: ${problem}`);
  }
  return demandTests(result);
}
