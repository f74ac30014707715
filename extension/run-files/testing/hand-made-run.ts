/** A run of three events, made by hand. */
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import { allocateColumns } from '../../../labs/engine/trace/columns.ts';
import { EventKind } from '../../../labs/engine/trace/event.ts';

/** A finished run of the lab `counting`, from a copy in /home/ada/labs. */
export function handMadeRun(): RunRecord {
  const columns = allocateColumns(3);
  columns.length = 3;
  for (let row = 0; row < 3; row++) {
    columns.time[row] = row;
    columns.kind[row] = EventKind.log;
    columns.node[row] = 0;
    columns.peer[row] = -1;
    columns.label[row] = 1;
    columns.cause[row] = row - 1;
  }
  return {
    id: '6f1b2c3d-0000-4000-8000-000000000001',
    engineVersion: '0.1.0',
    lab: 'counting',
    algorithm: 'plain',
    scenario: 'few',
    seed: 7,
    parameters: {},
    interventions: [],
    startedAt: 1_700_000_000_000,
    state: 'finished',
    program: {
      lab: 'counting',
      edited: true,
      bundle: 'export default "from /home/ada/labs"',
      files: ['lab.ts', 'parts/plain.ts'].map((name) => ({
        file: `/home/ada/labs/counting/${name}`,
        text: `// ${name}`,
        sha256: 'ab',
      })),
    },
    console: ['read /home/ada/labs/counting/notes.txt'],
    events: 3,
    strings: ['node', 'hello'],
    columns,
  };
}
