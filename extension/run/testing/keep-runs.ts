/** A process that keeps runs, for the test in which two do so at once. */
import { randomUUID } from 'node:crypto';
import { allocateColumns } from '../../../labs/engine/trace/columns.ts';
import { RecordFiles } from '../records/record-files.ts';
import { RunStore } from '../records/run-store.ts';

const [dist, folder, count] = process.argv.slice(2) as [string, string, string];
const store = new RunStore(folder, { files: RecordFiles.of(dist), log: console.error });
for (let n = 0; n < Number(count); n++) {
  await store.save({
    id: randomUUID(),
    engineVersion: '0.1.0',
    lab: 'counting',
    algorithm: 'plain',
    scenario: 'few',
    seed: n,
    parameters: {},
    interventions: [],
    startedAt: 1000 + n,
    state: 'failed',
    failure: { reason: 'stopped', message: 'the run was stopped' },
    console: [],
    events: 0,
    strings: [],
    columns: allocateColumns(0),
  });
}
