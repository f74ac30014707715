import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, type SuiteResult } from './report.ts';

const passed: SuiteResult = { title: 'opens', state: 'passed', milliseconds: 1 };
const failed: SuiteResult = { title: 'runs', state: 'failed', milliseconds: 1, error: 'Error: no' };

test('a complete report without failures and exit 0 has no problem', () => {
  assert.deepEqual(judge(0, { complete: true, tests: [passed] }), { tests: [passed] });
});

test('a failed test speaks for itself', () => {
  assert.deepEqual(judge(1, { complete: true, tests: [passed, failed] }), { tests: [passed, failed] });
});

test('a crashed extension host is a problem although VS Code reports 0', () => {
  assert.match(judge(0, { complete: false, tests: [passed] }).problem!, /ended before the suite/);
});

test('no report, no test, no exit code or an unexplained one is a problem', () => {
  assert.match(judge(0, undefined).problem!, /never began/);
  assert.match(judge(0, { complete: true, tests: [] }).problem!, /no test ran/);
  assert.match(judge('did not end within 600 s', undefined).problem!, /600 s/);
  assert.match(judge(1, { complete: true, tests: [passed] }).problem!, /exit 1/);
});
