/**
 * Runs test files inside the extension host: what VS Code loads as `extensionTestsPath`, here and under
 * @vscode/test-electron alike. The suites are written with Mocha's `describe` and `it`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import path from 'node:path';
import Mocha from 'mocha';
import { suiteVariables, type SuiteReport, type SuiteResult } from './report.ts';

/** A test may start a run, a debugger or a language server on a busy machine. */
const testDeadlineMs = 60_000;

/** Without a list of files (F5) it runs those of the main suite, which lie beside this bundle. */
export async function run(): Promise<void> {
  const { [suiteVariables.files]: files, [suiteVariables.report]: file } = process.env;
  const report: SuiteReport = { complete: false, tests: [] };
  const write = () => file !== undefined && writeFileSync(file, JSON.stringify(report));
  write();

  process.setSourceMapsEnabled(true); // for what is loaded from now on
  const mocha = new Mocha({ ui: 'bdd', timeout: testDeadlineMs, color: false });
  for (const name of files === undefined ? bundlesHere() : (JSON.parse(files) as string[])) mocha.addFile(name);
  const add = (test: Mocha.Test | Mocha.Hook, state: SuiteResult['state'], error?: unknown) => {
    const result: SuiteResult = { title: test.fullTitle(), state, milliseconds: test.duration ?? 0 };
    if (error !== undefined)
      result.error = error instanceof Error ? mapped(error.stack ?? error.message) : String(error);
    report.tests.push(result);
    write();
    console.log(`${state}: ${result.title}${result.error === undefined ? '' : `\n${result.error}`}`);
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

/** Gives the places in a stack as they are in the sources: VS Code formats stacks itself, and without source maps. */
function mapped(stack: string): string {
  return stack.replace(/([^\s(]+\.cjs):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    const entry = findSourceMap(path.resolve(file))?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalLine' in entry)) return place;
    const source = entry.originalSource.replace(/^file:\/\//, '');
    return `${path.relative(process.cwd(), source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function bundlesHere(): string[] {
  const names = readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'));
  return names.map((name) => path.join(__dirname, name));
}
