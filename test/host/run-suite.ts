/** Runs a suite inside a real extension host and finds out what truly happened there. */
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/folders.ts';
import { beforeEnd } from '../../scripts/lifetime.ts';
import { screenshot } from './browser.ts';
import { judge, readReport, suiteVariables, type SuiteOutcome } from './report.ts';
import { serve, type Server } from './serve.ts';
import { suiteRunner, type HostSuite } from './suites.ts';

/** For one suite, the start of VS Code included. */
const suiteDeadlineMs = 1_500_000;

/**
 * Loads the extension from source in a fresh VS Code on an empty folder and runs the suite in it.
 * When something fails, a picture and the logs stay in out/.
 */
export async function runSuite(suite: HostSuite, browser: Browser): Promise<SuiteOutcome> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  const reports = await mkdtemp(path.join(os.tmpdir(), 'sdl-report-'));
  const file = path.join(reports, 'report.json');
  const server = await serve({
    development: true,
    trust: suite.trust,
    environment: { [suiteVariables.files]: JSON.stringify(suite.files), [suiteVariables.report]: file },
  });
  const clean = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await rm(reports, { recursive: true, force: true });
  };
  const forget = beforeEnd(clean);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const exit = await drive(page, server, folder, path.join(root, 'out/logs', `${suite.name}.workbench.log`));
    const outcome = judge(exit, await readReport(file));
    if (outcome.problem !== undefined || outcome.tests.some(({ state }) => state !== 'passed')) {
      await screenshot(page, `failed-${suite.name}-suite`).catch(() => {});
      await keepLogs(server, path.join(root, 'out/logs', suite.name));
      console.log('A picture is in out/screenshots/, the logs of VS Code are in out/logs/.');
    }
    return outcome;
  } finally {
    await context.close();
    await server.stop();
    await clean();
    forget();
  }
}

/** Opens the workbench and waits for its end: the suite's exit code, or what went wrong with the page. */
async function drive(page: Page, server: Server, folder: string, log: string): Promise<number | string> {
  await mkdir(path.dirname(log), { recursive: true });
  await writeFile(log, '');
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
    appendFile(log, `[${type}] ${format(...args)}\n`),
  );
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`did not end within ${suiteDeadlineMs / 1000} s`), suiteDeadlineMs);
    const settle = (exit: number | string) => {
      clearTimeout(timer);
      resolve(exit);
    };
    page.once('crash', () => settle('the page of the workbench crashed'));
    void server.ended.then(() => settle('VS Code’s server ended'));
    const payload = [
      ['extensionDevelopmentPath', server.remote(root)],
      ['extensionTestsPath', server.remote(suiteRunner)],
    ] as const;
    page
      .exposeFunction('codeAutomationExit', settle)
      .then(() => page.goto(server.url(folder, payload)))
      .catch((error: unknown) => settle(String(error)));
  });
}

async function keepLogs(server: Server, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(server.home, 'profile/logs'), path.join(folder, 'logs'), { recursive: true }).catch(() => {});
  await cp(server.log, path.join(folder, 'server.log'));
}
