import { openBrowser } from '../../test/host/browser.ts';
import { packageExtension } from '../package/package-extension.ts';
import { thisPlatform } from '../package/targets.ts';
import { runNodeTests } from './node-tests.ts';
import type { Tier } from './tier.ts';

export const browser: Tier = {
  name: 'browser',
  title: 'the packaged extension, used in a real browser as a learner would',
  async run() {
    await packageExtension([thisPlatform()]);
    await (await openBrowser()).close(); // gets one where there is none, before a test waits for it
    return runNodeTests(['test/browser/**/*.test.ts'], 1);
  },
};
