/**
 * What a runner says, checked before anybody believes it: code that runs in the same process may have had a hand in it.
 * Here also control characters become visible, in all that is shown to people.
 */
import * as v from 'valibot';
import { failureReasons } from '../../../labs/engine/protocol/failure.ts';
import { expectationLists, runNature, runReport } from '../../../labs/engine/record/report-schema.ts';
import { bytesPerEvent } from '../../../labs/engine/trace/columns.ts';
import type { FromRunner } from '../runner/messages.ts';
import { whyNotPlain } from '../runner/plain-data.ts';
import { cut, visible } from '../runner/visible.ts';

/** A message that no runner of ours says. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}

/** Bytes that a message of a runner may take: a report of eight million characters is the largest. */
export const frameLimits = { message: 32 * 1024 * 1024, body: 65_536 * bytesPerEvent };

const longestLine = 10_000;
const longestMessage = 4000;
const longestStack = 32_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bytes = count;
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const words = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cut(visible(text), most)),
  );
const named = v.looseObject({ id: v.string(), title: v.string() });

/** As much of a `LabEntry` as its readers rely on. */
const entry = v.looseObject({
  id: v.string(),
  title: v.string(),
  chapter: v.string(),
  level: v.string(),
  summary: v.string(),
  concepts: v.array(v.string()),
  contracts: v.array(v.string()),
  parameters: v.array(v.looseObject({ name: v.string(), type: v.string() })),
  algorithms: v.array(
    v.looseObject({
      ...named.entries,
      summary: v.string(),
      contract: v.string(),
      export: v.string(),
      file: v.string(),
      expects: v.record(v.string(), v.string()),
    }),
  ),
  scenarios: v.array(
    v.looseObject({
      ...named.entries,
      question: v.string(),
      contract: v.string(),
      world: v.string(),
      nature: runNature,
    }),
  ),
  defaultScenario: v.string(),
  metrics: v.record(v.string(), v.looseObject({ title: v.string() })),
  checks: v.record(v.string(), v.looseObject({ title: v.string() })),
  views: v.array(v.string()),
  actions: v.array(named),
  sweeps: v.array(v.looseObject({})),
  diagrams: v.array(v.looseObject({})),
  exercises: v.array(v.looseObject({ ...named.entries, file: v.string() })),
});

const failure = v.object({
  reason: v.picklist(failureReasons),
  message: words(longestMessage),
  stack: v.exactOptional(words(longestStack)),
  estimate: v.exactOptional(v.pipe(v.number(), v.finite())),
  placeless: v.exactOptional(v.literal(true)),
  ofDeclaration: v.exactOptional(v.literal(true)),
  ofClass: v.exactOptional(v.string()),
});

const texts = v.object({ state: v.string(), disk: v.string() });

const moment = v.object({
  event: count,
  handler: v.string(),
  callSite: v.exactOptional(v.string()),
  content: v.exactOptional(v.string()),
  did: v.pipe(v.array(v.object({ index: count, callSite: v.string() })), v.maxLength(100)),
  nodes: v.array(
    v.object({
      name: v.string(),
      condition: v.picklist(['absent', 'up', 'down', 'left']),
      paused: v.boolean(),
      before: texts,
      after: texts,
      timers: v.array(v.string()),
    }),
  ),
  omitted: count,
});

// What a run returns was looked through already, and may be large.
const report = v.object({ ...runReport.entries, result: v.unknown() });

const messages = v.variant('type', [
  v.object({ type: v.literal('beat'), resident: bytes, cpu: v.pipe(v.number(), v.finite()) }),
  v.object({ type: v.literal('where'), stack: words(longestStack) }),
  v.object({ type: v.literal('idle'), resident: bytes }),
  v.object({ type: v.literal('progress'), share, events: count }),
  v.object({ type: v.literal('begins'), nature: runNature }),
  v.object({ type: v.literal('console'), lines: v.array(words(longestLine)) }),
  v.object({ type: v.literal('source'), file: v.string(), text: v.string() }),
  v.object({ type: v.literal('declared'), entry }),
  v.object({ type: v.literal('entry'), entry }),
  v.object({ type: v.literal('ran'), report }),
  v.object({ type: v.literal('report'), report }),
  v.object({ type: v.literal('moment'), moment }),
  v.object({ type: v.literal('expectations'), expectations: expectationLists }),
  v.object({ type: v.literal('failure'), failure }),
]);

/** What is the lab's own, and shown. */
const shown: ReadonlySet<string> = new Set(['declared', 'entry', 'ran', 'report', 'moment', 'expectations']);

/**
 * A message as its reader may rely on it.
 * @param body the bytes of a batch, in a buffer of their own
 * @throws BadMessage
 */
export function checkedMessage(message: unknown, body: Uint8Array<ArrayBuffer>): FromRunner {
  if (isBatch(message)) return checkedBatch(message, body);
  const wrong = whyNotPlain(message);
  if (wrong !== undefined) throw new BadMessage(`it ${wrong}`);
  const checked = v.safeParse(messages, message);
  if (!checked.success) {
    const [issue] = checked.issues;
    throw new BadMessage(`${v.getDotPath(issue) ?? 'its kind'}: ${cut(issue.message, 200)}`);
  }
  const taken = checked.output;
  return (shown.has(taken.type) ? visibleThroughout(taken) : taken) as FromRunner;
}

interface Batch {
  type: 'batch';
  firstEvent: number;
  rows: number;
  strings: string[];
}

function isBatch(message: unknown): message is Batch {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'batch';
}

/** By hand: there are thousands of them. */
function checkedBatch({ firstEvent, rows, strings }: Batch, bytes: Uint8Array<ArrayBuffer>): FromRunner {
  const isRight =
    Number.isSafeInteger(firstEvent) &&
    firstEvent >= 0 &&
    Number.isInteger(rows) &&
    rows >= 0 &&
    bytes.byteLength === rows * bytesPerEvent &&
    Array.isArray(strings) &&
    strings.every((text) => typeof text === 'string');
  if (!isRight) throw new BadMessage('a batch is not as long as it says');
  return { type: 'batch', firstEvent, rows, bytes, strings: strings.map(visible) };
}

/** Every text in plain data made visible; names of fields stay as they are. */
function visibleThroughout(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(visibleThroughout);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visibleThroughout(one)]));
}
