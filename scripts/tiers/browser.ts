import { openBrowser } from '../../test/host/browser.ts';
import { testedTargets } from '../../test/host/vsix.ts';
import { ensureBuilt } from '../build.ts';
import { packageExtension } from '../package/package-extension.ts';
import { runNodeTests } from './node-tests.ts';
import type { Tier } from './tier.ts';

export const browser: Tier = {
  name: 'browser',
  title: 'the panel and the packaged extension in a real browser, used as a learner would',
  async run() {
    await ensureBuilt(); // the panel's tests take it from there
    await packageExtension(testedTargets);
    await (await openBrowser()).close(); // gets one where there is none, before a test waits for it
    const patterns = ['webview', 'browser', 'processes'].map((folder) => `test/${folder}/**/*.test.ts`);
    return runNodeTests(patterns, { concurrency: 1, deadlineMs: 900_000 });
  },
};
