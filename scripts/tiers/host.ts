import { openBrowser } from '../../test/host/browser.ts';
import { runSuite } from '../../test/host/run-suite.ts';
import { buildSuites } from '../../test/host/suites.ts';
import { ensureBuilt } from '../build.ts';
import { demandTests, type Tier, type TierResult } from './tier.ts';

export const host: Tier = {
  name: 'host',
  title: 'the extension inside a real VS Code',
  async run() {
    await ensureBuilt();
    const suites = await buildSuites();
    const result: TierResult = { passed: 0, failures: [] };
    const browser = await openBrowser();
    try {
      for (const suite of suites) {
        console.log(`${suite.name} suite${suite.trust ? ', in a VS Code that asks for trust' : ''}`);
        const { tests, problem } = await runSuite(suite, browser);
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
    } finally {
      await browser.close();
    }
    if (result.failures.length > 0)
      console.log('A picture is in out/screenshots/, the logs of VS Code are in out/logs/.');
    return demandTests(result);
  },
};
