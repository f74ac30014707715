/**
 * Runs test files inside the extension host: what VS Code loads as `extensionTestsPath`, here and under
 * @vscode/test-electron alike. The suites are written with Mocha's `describe` and `it`.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { suiteVariables, type SuiteReport, type SuiteResult } from './report.ts';

/** A test may start a run, a debugger or a language server on a busy machine. */
const testDeadlineMs = 60_000;

export async function run(): Promise<void> {
  const { [suiteVariables.files]: files, [suiteVariables.report]: file } = process.env;
  if (files === undefined || file === undefined) throw new Error('Start the suites with npm test -- host');
  const report: SuiteReport = { complete: false, tests: [] };
  const write = () => writeFileSync(file, JSON.stringify(report));
  write();

  const mocha = new Mocha({ ui: 'bdd', timeout: testDeadlineMs, color: false });
  for (const name of JSON.parse(files) as string[]) mocha.addFile(name);
  const add = (test: Mocha.Test | Mocha.Hook, state: SuiteResult['state'], error?: unknown) => {
    const result: SuiteResult = { title: test.fullTitle(), state, milliseconds: test.duration ?? 0 };
    if (error !== undefined) result.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
    report.tests.push(result);
    write();
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => add(test, 'passed'))
      .on('pending', (test) => add(test, 'pending'))
      .on('fail', (test, error) => add(test, 'failed', error));
  });
  report.complete = true;
  write();
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
