/** The shape of a run's report, checked where it comes from code or files that may be wrong. */
import * as v from 'valibot';
import type { Expectation, RunReport } from '../lab/report.ts';
import { interventionMessage } from '../protocol/panel.ts';

const verdict = v.picklist(['held', 'broken', 'unknown']);
const figure = v.pipe(v.number('must be a number'), v.finite('must be a finite number'));
const texts = v.array(v.string('must be a text'), 'must be a list');

const theory = v.object({
  metric: v.string(),
  measured: figure,
  low: figure,
  high: figure,
  expected: figure,
  agrees: v.nullable(v.boolean()),
  formula: v.string(),
  condition: v.exactOptional(v.string()),
  curve: v.exactOptional(v.object({ chart: v.string(), title: v.string(), scale: figure })),
});

/** What theory says of several runs before they are run, validated. */
export const expectationLists = v.array(
  v.array(
    v.object({ metric: v.string(), expected: figure, formula: v.string(), condition: v.exactOptional(v.string()) }),
  ),
) satisfies v.GenericSchema<unknown, Expectation[][]>;

const counts = v.array(figure);

const histogram = v.object({
  id: v.string(),
  title: v.string(),
  unit: v.string(),
  of: v.string(),
  edges: v.exactOptional(counts),
  names: v.exactOptional(texts),
  counts,
  beyond: figure,
  theory: v.exactOptional(v.object({ shares: counts, formula: v.string(), condition: v.exactOptional(v.string()) })),
});

const check = v.object({
  name: v.string(),
  verdict,
  expected: verdict,
  ok: v.boolean(),
  detail: v.string(),
  event: v.exactOptional(v.number()),
  node: v.exactOptional(v.string()),
});

type JsonLike = null | boolean | number | string | JsonLike[] | { [name: string]: JsonLike };
const json: v.GenericSchema<JsonLike> = v.lazy(() =>
  v.union(
    [v.null(), v.boolean(), v.number(), v.string(), v.array(json), v.record(v.string(), json)],
    'must be plain data: null, true, false, numbers, texts, lists and objects of such',
  ),
);

/** `RunReport`, validated. */
export const runReport = v.object({
  lab: v.string(),
  algorithm: v.string(),
  scenario: v.string(),
  seed: v.number(),
  parameters: v.record(v.string(), v.union([v.number(), v.string()])),
  trace: v.object({ events: v.number(), dropped: v.number(), hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
  metrics: v.record(v.string(), figure),
  theory: v.array(theory),
  histograms: v.exactOptional(v.array(histogram)),
  checks: v.array(check),
  result: json,
  takeaways: texts,
  unapplied: v.array(interventionMessage),
  ignored: v.exactOptional(v.array(v.object({ what: v.string(), why: v.string() }))),
}) satisfies v.GenericSchema<unknown, RunReport>;
