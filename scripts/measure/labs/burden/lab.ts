/** A lab to measure the runner with: as many events as fast as they can be written, or code that does not come back. */
import { choice, definePureLab, integer } from 'system-design-labs/engine';
import { Load, type Burden } from './burden.ts';

/** Holds this thread for a time. A run has no clock to look at: what it does besides comes on top, 2 % or so. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Samples that one operation writes. */
const eventsAtOnce = 1000;

export default definePureLab({
  id: 'burden',
  title: 'Burden',
  chapter: 'Foundations',
  level: 'advanced',
  summary: 'Is hard on whoever runs it.',
  concepts: [],
  contract: 'Burden',
  parameters: {
    events: integer({ default: 0, min: 0, max: 10_000_000 }),
    /** Events a second; 0 for as many as can be written. */
    pace: integer({ default: 0, min: 0, max: 10_000_000 }),
    kind: choice({ default: 'nothing', options: ['nothing', 'loop', 'sort', 'spawnSync'] }),
  },
  algorithms: [{ id: 'load', title: 'Load', summary: 'A load.', implementation: Load as new () => Burden }],
  scenarios: [{ id: 'all', title: 'All', question: 'How much of it can be borne?' }],
  defaultScenario: 'all',
  metrics: {},
  checks: {},
  views: ['log'],
  begin({ parameters, algorithm, trace }) {
    const { bear } = new algorithm();
    const { kind, pace } = parameters;
    const batches = Math.floor(parameters.events / eventsAtOnce);
    trace.join('node');
    return {
      operations: (function* () {
        yield { action: 'bear', arguments: {} };
        for (let i = 0; i < batches; i++) yield { action: 'write', arguments: {} };
      })(),
      totalWeight: batches + 1,
      perform({ action }) {
        if (action === 'write') {
          for (let i = 0; i < eventsAtOnce; i++) trace.sample('value', i, 'node');
          if (pace > 0) sleep((eventsAtOnce / pace) * 1000);
          return;
        }
        if (kind !== 'nothing') console.log('here it comes');
        bear[kind]();
      },
      finish: () => ({ metrics: {}, theory: [], checks: [], result: null, takeaways: [] }),
    };
  },
});
