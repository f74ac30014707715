/** The shape of a run's report, checked where it comes from code or files that may be wrong. */
import * as v from 'valibot';
import type { Expectation, RunReport } from '../lab/report.ts';
import type { RunNature } from '../lab/worlds.ts';
import { boundedList, boundedRecord, boundedText, plainData } from '../protocol/bounded.ts';
import { interventionMessages, parameterValues } from '../protocol/panel.ts';

const verdict = v.picklist(['held', 'broken', 'unknown']);
export const figure = v.pipe(v.number('must be a number'), v.finite('must be a finite number'));
/** A name, a sentence, a formula. */
export const text = boundedText(100_000);
export const texts = boundedList(text, 10_000);
/** How many, or the index of one. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const theory = v.object({
  metric: text,
  measured: figure,
  low: figure,
  high: figure,
  expected: figure,
  agrees: v.nullable(v.boolean()),
  formula: text,
  condition: v.exactOptional(text),
  curve: v.exactOptional(v.object({ chart: text, title: text, scale: figure })),
});

/** `RunNature`, validated. */
export const runNature = v.object({
  clock: v.picklist(['operations', 'virtual', 'wall']),
  branches: v.boolean(),
  moments: v.picklist(['rerun', 'recorded']),
  repeats: v.boolean(),
}) satisfies v.GenericSchema<unknown, RunNature>;

/** What theory says of several runs before they are run, validated. */
export const expectationLists = v.array(
  v.array(v.object({ metric: text, expected: figure, formula: text, condition: v.exactOptional(text) })),
) satisfies v.GenericSchema<unknown, Expectation[][]>;

const counts = boundedList(figure, 200_000);

const histogram = v.object({
  id: text,
  title: text,
  unit: text,
  of: text,
  edges: v.exactOptional(counts),
  names: v.exactOptional(texts),
  counts,
  beyond: figure,
  theory: v.exactOptional(v.object({ shares: counts, formula: text, condition: v.exactOptional(text) })),
});

const check = v.object({
  name: text,
  verdict,
  expected: verdict,
  ok: v.boolean(),
  detail: text,
  event: v.exactOptional(count),
  node: v.exactOptional(text),
});

/** What an algorithm came to: as large as a runner lets pass. */
const result = plainData({ depth: 100, values: 1_000_000, characters: 8 * 1024 * 1024 });

/** The hash of a trace, as `TraceHash` writes it. */
export const traceHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** `RunReport`, validated. */
export const runReport = v.object({
  lab: text,
  algorithm: text,
  scenario: text,
  seed: figure,
  parameters: parameterValues,
  trace: v.object({ events: count, dropped: count, hash: traceHash }),
  metrics: boundedRecord(text, figure, 10_000),
  theory: boundedList(theory, 10_000),
  histograms: v.exactOptional(boundedList(histogram, 1000)),
  checks: boundedList(check, 10_000),
  result,
  takeaways: texts,
  unapplied: interventionMessages,
  ignored: v.exactOptional(boundedList(v.object({ what: text, why: text }), 10_000)),
}) satisfies v.GenericSchema<unknown, RunReport>;
