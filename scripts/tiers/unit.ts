import os from 'node:os';
import { runNodeTests } from './node-tests.ts';
import type { Tier } from './tier.ts';

export const unit: Tier = {
  name: 'unit',
  title: 'labs, runner, webview and scripts, each by itself',
  run: () =>
    runNodeTests(
      ['labs', 'extension', 'webview', 'scripts', 'test/host'].map((folder) => `${folder}/**/*.test.{ts,tsx}`),
      { concurrency: os.availableParallelism(), deadlineMs: 300_000 },
    ),
};
