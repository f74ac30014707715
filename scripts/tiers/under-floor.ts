/** What `floor.ts` starts: runs tests under its own Node, and hands over how they went. */
import { endWithParent } from '../lifetime.ts';
import { stripTypes } from './floor.ts';
import { runNodeTests } from './node-tests.ts';

endWithParent();
const run = 'extension/run';
const result = await runNodeTests(
  ['test/floor/*.test.ts', `${run}/failures.test.ts`, `${run}/records/record-files.test.ts`, `${run}/runner/*.test.ts`],
  { concurrency: 2, deadlineMs: 300_000, execArgv: stripTypes },
);
process.send!(result, () => process.exit());
