/** A run of three events, made by hand. */
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import { EventKind } from '../../../labs/engine/trace/event.ts';
import { TraceRecorder } from '../../../labs/engine/trace/recorder.ts';
import { TraceStore } from '../../../labs/engine/trace/store.ts';

/** A finished run of the lab `counting`, from a copy in /home/ada/labs. */
export function handMadeRun(): RunRecord {
  const store = new TraceStore({ maxEvents: 3 });
  const recorder = new TraceRecorder({ maxEvents: 3, sink: { batch: (...batch) => store.append(...batch) } });
  const [node, label] = [recorder.intern('node'), recorder.intern('hello')];
  for (let row = 0; row < 3; row++) recorder.append(EventKind.log, row, node, -1, label, row - 1, 0, 0);
  const trace = recorder.finish();
  const of = { lab: 'counting', algorithm: 'plain', scenario: 'few', seed: 7, parameters: {} };
  return {
    id: '6f1b2c3d-0000-4000-8000-000000000001',
    engineVersion: '0.1.0',
    ...of,
    interventions: [],
    startedAt: 1_700_000_000_000,
    state: 'finished',
    report: { ...of, trace, metrics: {}, theory: [], checks: [], result: null, takeaways: [], unapplied: [] },
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
    strings: [...store.strings],
    columns: store.window(0, 3),
  };
}
