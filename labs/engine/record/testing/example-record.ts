/** Records of runs that were never run, whole in every respect. */
import { EventKind } from '../../trace/event.ts';
import { TraceRecorder } from '../../trace/recorder.ts';
import { TraceStore } from '../../trace/store.ts';
import type { RunRecord } from '../run-record.ts';

/** A finished run of the lab `counting` with so many events. */
export function exampleRecord(events: number): RunRecord {
  const store = new TraceStore({ maxEvents: events });
  const recorder = new TraceRecorder({ maxEvents: events, sink: { batch: (...batch) => store.append(...batch) } });
  for (let i = 0; i < events; i++) {
    recorder.append(EventKind.sample, i, recorder.intern(`node-${i % 3}`), -1, recorder.intern('load'), -1, 0, i / 7);
  }
  const trace = recorder.finish();
  return {
    id: '6f1b2c3d-0000-4000-8000-000000000001',
    engineVersion: '0.1.0',
    lab: 'counting',
    algorithm: 'plain',
    scenario: 'few',
    seed: 7,
    parameters: { count: 10, hash: 'md5' },
    interventions: [{ anchor: '#3', action: 'remove', arguments: { server: 'shard-1' } }],
    startedAt: 1_700_000_000_000,
    state: 'finished',
    report: {
      lab: 'counting',
      algorithm: 'plain',
      scenario: 'few',
      seed: 7,
      parameters: { count: 10 },
      trace,
      metrics: { counted: 10 },
      theory: [],
      checks: [],
      result: { deep: [1, 'zwei', null, { drei: true }] },
      takeaways: ['It counted 10.'],
      unapplied: [],
    },
    program: { lab: 'counting', edited: true, files: [{ file: '/copy/counting/lab.ts', text: '…', sha256: 'ab' }] },
    console: ['here'],
    events,
    strings: [...store.strings],
    columns: store.window(0, store.length),
  };
}
