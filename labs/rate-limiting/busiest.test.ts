/** What the timeline marks as the busiest stretch is what the run reports as its peak. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { busiestStretch } from '../engine/scene/busiest.ts';
import { timelineSceneOf } from '../engine/scene/timeline-scene.ts';
import type { Lab } from '../engine/lab/lab.ts';
import { executeRun } from '../engine/run.ts';
import { TraceStore } from '../engine/trace/store.ts';
import lab from './lab.ts';

for (const { id: algorithm } of lab.algorithms) {
  test(`${algorithm}: the busiest stretch on its lanes is the peak of the report`, () => {
    for (const { id: scenario, parameters } of lab.scenarios) {
      const trace = new TraceStore({ maxEvents: 200_000 });
      const report = executeRun(
        lab as unknown as Lab,
        { lab: lab.id, algorithm, scenario, seed: 7, parameters: {}, interventions: [] },
        { maxEvents: 200_000 },
        { sink: { batch: (first, columns, strings) => trace.append(first, columns, strings) } },
      );
      const window = (parameters as { window?: number } | undefined)?.window ?? lab.parameters.window.default;
      const { lanes, more } = timelineSceneOf(
        { columns: trace.window(0, trace.length), strings: trace.strings, length: trace.length },
        false,
      );
      const counts = lanes.map(({ admitted, departures }) => {
        assert.ok(departures.length === 0 || departures.length === admitted.x.length);
        return busiestStretch(departures.length > 0 ? departures : admitted.x, window)?.count ?? 0;
      });
      if (more === 0) assert.equal(Math.max(...counts), report.metrics.peakInAnyWindow, scenario);
    }
  });
}
