/**
 * `npm run test:desktop`: the in-host suites in a desktop VS Code, which @vscode/test-electron downloads. On Linux
 * without a display: `xvfb-run -a npm run test:desktop`.
 */
import { runTests } from '@vscode/test-electron';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { judge, readReport, suiteVariables, type SuiteOutcome } from '../test/host/report.ts';
import { suiteRunner, type HostSuite } from '../test/host/suites.ts';
import { root } from './folders.ts';
import { runSuites } from './tiers/host.ts';

async function runInDesktop(suite: HostSuite): Promise<SuiteOutcome> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'sdl-desktop-'));
  const workspace = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  const report = path.join(home, 'report.json');
  const launchArgs = [workspace, '--disable-extensions', '--user-data-dir', path.join(home, 'profile')];
  if (!suite.trust) launchArgs.push('--disable-workspace-trust');
  try {
    const exit = await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: suiteRunner,
      extensionTestsEnv: { [suiteVariables.files]: JSON.stringify(suite.files), [suiteVariables.report]: report },
      launchArgs,
    }).catch((error: unknown) => (error as { code?: number }).code ?? String(error));
    return judge(exit, await readReport(report));
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

const { passed, failures } = await runSuites(runInDesktop);
for (const line of failures) console.log(`✖ ${line}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
