/**
 * What a panel and the extension host say to each other. The host owns traces, runs and sources; a panel
 * owns what is on the screen: which run it shows, where its cursor stands, what is selected.
 *
 * Requests carry a number; their answers carry it back, and every request gets one: the thing asked
 * for, or `refused`. Frames of a trace are acknowledged; at most two are in flight.
 */
import * as v from 'valibot';
import type { LabEntry, LabHead } from '../lab/catalogue.ts';
import type { Tour } from '../lab/tour.ts';
import type { ParameterValue } from '../lab/parameter.ts';
import type { RunNature } from '../lab/worlds.ts';
import type { Expectation, RunReport, Theory } from '../lab/report.ts';
import type { Outline } from '../scene/outline.ts';
import { boundedList, boundedRecord, boundedText, faultInData, firstFault, plainData } from './bounded.ts';
import type { FailureReason, RunFailure } from './failure.ts';
import type { EarlierCounts } from '../trace/restate.ts';
import type { Overview } from '../scene/overview.ts';
import type { RunMoment } from './moment.ts';

/** Raised when a message changes its meaning; a panel and a host of different versions reload. */
export const panelProtocolVersion = 1;

const runId = v.pipe(v.string(), v.uuid());
const name = v.pipe(v.string(), v.maxLength(200));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const request = index;
const finite = v.pipe(v.number(), v.finite());
const argument = plainData({ depth: 16, values: 10_000, characters: 1_000_000 });

/** One of the learner's copies of the labs. */
export const copyName = v.object({
  /** Absolute path. */
  root: v.pipe(v.string(), v.maxLength(4096)),
  /** By which people tell it from their others. */
  label: v.pipe(v.string(), v.maxLength(4096)),
});
export type CopyName = v.InferOutput<typeof copyName>;

/** Longest text that a parameter takes: a list of a hundred thousand numbers. */
const parameterText = 1_000_000;

/** Parameters by name. */
export const parameterValues = boundedRecord(name, v.union([finite, boundedText(parameterText)]), 200);

/** What a panel must know to show the same thing again after a reload. It executes nothing to get there. */
export const panelState = v.object({
  version: v.literal(panelProtocolVersion),
  lab: v.optional(name),
  algorithm: v.optional(name),
  scenario: v.optional(name),
  seed: v.optional(index),
  parameters: v.optional(parameterValues),
  /** The copy whose text it runs of that lab; left out: the bundled text. */
  copy: v.optional(copyName),
  run: v.optional(runId),
  /** Index of the last event that has happened on the screen. */
  cursor: v.optional(index),
  view: v.optional(name),
});
export type PanelState = v.InferOutput<typeof panelState>;

export const interventionMessage = v.object({
  anchor: name,
  action: name,
  arguments: boundedRecord(name, argument, 100),
});

/** What was done to a run, by hand or by a file. */
export const interventionMessages = boundedList(interventionMessage, 10_000);

/** What the learner answered at a step of a scenario's tour. */
export const tourAnswer = v.object({
  lab: name,
  scenario: name,
  step: name,
  right: v.boolean(),
  /** Which belief stood behind a wrong choice; left out where the question asked for a number. */
  misconception: v.optional(name),
});
export type TourAnswer = v.InferOutput<typeof tourAnswer>;

/** What the learner has chosen to run. */
export const runChoice = v.object({
  lab: name,
  algorithm: name,
  scenario: v.optional(name),
  seed: index,
  parameters: parameterValues,
  interventions: v.optional(interventionMessages),
  /** The run that this one branches off. */
  parent: v.optional(runId),
  /** Run it beside the run on the screen, which stays there: to be set below it. */
  aside: v.optional(v.boolean()),
  /** Run in spite of a forecast that it takes longer than the deadline. */
  withoutDeadline: v.optional(v.boolean()),
});
export type RunChoice = v.InferOutput<typeof runChoice>;

/** Limits of a sweep: what one waits for, and what one can tell apart in a picture. */
export const sweepLimits = { points: 40, seeds: 20, algorithms: 2, runs: 400, curvePoints: 200 } as const;

const sweepValue = v.union([finite, name]);

/** A parameter that is to be swept: one run for each algorithm, value and seed. */
export const sweepRequest = v.pipe(
  v.object({
    /** Everything else: the first algorithm and the first seed are in here. */
    choice: runChoice,
    parameter: name,
    values: v.pipe(boundedList(sweepValue, sweepLimits.points), v.minLength(1)),
    algorithms: v.pipe(boundedList(name, sweepLimits.algorithms), v.minLength(1)),
    /** How many seeds, counted up from the chosen one. */
    seeds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sweepLimits.seeds)),
    /** Where theory is wanted: closer together than the points. */
    curveAt: boundedList(sweepValue, sweepLimits.curvePoints),
  }),
  v.check(
    ({ values, algorithms, seeds }) => values.length * algorithms.length * seeds <= sweepLimits.runs,
    `a sweep has at most ${sweepLimits.runs} runs: take fewer points or seeds`,
  ),
);
export type SweepRequest = v.InferOutput<typeof sweepRequest>;

/** Everything that a panel may say; anything else is dropped and logged. */
export const panelMessage = v.variant('type', [
  v.object({ type: v.literal('ready'), version: v.number() }),
  v.object({ type: v.literal('state'), state: panelState }),
  /** A lab that the panel came to show: answered by `lab`. */
  v.object({ type: v.literal('lab'), lab: name }),
  /** The tour of a scenario is taken: answered by `tour`. */
  v.object({ type: v.literal('tour'), lab: name, scenario: name }),
  v.object({ type: v.literal('run'), choice: runChoice }),
  v.object({ type: v.literal('stop'), run: v.optional(runId) }),
  /** Show this stored run: answered by `runFinished` or `runFailed`, or by `progress` while it still runs. */
  v.object({ type: v.literal('show'), run: runId }),
  /** Events `from` to `to` (not included) of a run, one by one: answered by frames. */
  v.object({ type: v.literal('window'), request, run: runId, from: index, to: index }),
  /** How things stood before an event: answered by frames of the earlier events that still say so. */
  v.object({ type: v.literal('restate'), request, run: runId, before: index }),
  /** A run as a whole, too long for a panel to hold: answered by `overview`, in as many stretches as there are `pixels`. */
  v.object({
    type: v.literal('overview'),
    request,
    run: runId,
    pixels: v.pipe(index, v.minValue(1), v.maxValue(4096)),
  }),
  /** One event of a simulated run, looked at closely: answered by `moment`. Executes the code of that run again. */
  v.object({ type: v.literal('moment'), request, run: runId, event: index }),
  /** The course of a run in outline, for its lane on the timeline: answered by `outline`. */
  v.object({ type: v.literal('outline'), run: runId }),
  /** Nobody waits any more for the moment that was asked for last. A new `moment` says so too. */
  v.object({ type: v.literal('cancelMoment') }),
  v.object({ type: v.literal('acknowledge'), frame: index }),
  /** Open the text that ran (or, without a run, the file as it is now). */
  v.object({
    type: v.literal('openSource'),
    run: v.optional(runId),
    lab: name,
    /** As a `SourceLocation` names it, or relative to the lab's folder. */
    file: v.pipe(v.string(), v.maxLength(4096)),
    line: v.optional(index),
    /** Where no line is known: the first line that contains this. */
    find: v.optional(name),
  }),
  v.object({ type: v.literal('tourAnswer'), answer: tourAnswer }),
  /** The panel has got, or lost, the keyboard's focus. */
  v.object({ type: v.literal('focus'), focused: v.boolean() }),
  v.object({ type: v.literal('openAlgorithm'), lab: name, algorithm: name }),
  /** Let the learner choose another lab: what they pick is answered by `choose`. */
  v.object({ type: v.literal('pickLab') }),
  /** From now on, run the text of the learner's copy, or the bundled one. */
  v.object({ type: v.literal('chooseText'), lab: name, text: v.picklist(['copy', 'bundled']) }),
  v.object({ type: v.literal('openLab'), lab: name }),
  /** Is anybody there? Answered by `here`. */
  v.object({ type: v.literal('there') }),
  v.object({ type: v.literal('benchmark'), lab: name, algorithm: name }),
  v.object({ type: v.literal('cancelBenchmark') }),
  /** Run all points of a sweep: answered by `sweep`, again and again until it is over. */
  v.object({ type: v.literal('sweep'), sweep: sweepRequest }),
  v.object({ type: v.literal('stopSweep') }),
  /** The earlier benchmarks of an algorithm: answered by `benchmarkHistory`. */
  v.object({ type: v.literal('benchmarkHistory'), lab: name, algorithm: name }),
  /** Show the texts that two of them have measured as a diff; without `after`, beside what stands in the editor. */
  v.object({
    type: v.literal('compareBenchmarks'),
    lab: name,
    algorithm: name,
    before: name,
    after: v.optional(name),
  }),
  v.object({ type: v.literal('copyText'), text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
  /** Save a text (an SVG picture, a log) where the learner says; the host asks where. */
  v.object({ type: v.literal('saveText'), name, text: v.pipe(v.string(), v.maxLength(4_000_000)) }),
  /** Something went wrong in the panel: goes to the log channel. */
  v.object({ type: v.literal('problem'), message: v.pipe(v.string(), v.maxLength(10_000)) }),
]);
export type PanelMessage = v.InferOutput<typeof panelMessage>;

/** What a panel's message is at most, all in all. */
export const panelMessageLimits = { depth: 24, values: 50_000, characters: 5_000_000 } as const;

/**
 * What a panel said, or why that is not understood. However large or deep it is, this takes a bounded amount of work.
 * @param schema of the message; of the state that a panel is put back with
 */
export function readFromPanel<Said>(
  schema: v.GenericSchema<unknown, Said>,
  raw: unknown,
): { said: Said } | { fault: string } {
  const fault = faultInData(raw, panelMessageLimits);
  if (fault !== undefined) return { fault: `it ${fault}` };
  const parsed = v.safeParse(schema, raw, { abortEarly: true, abortPipeEarly: true });
  return parsed.success ? { said: parsed.output } : { fault: firstFault(parsed.issues) };
}

/** A run as lists show it. */
export interface RunSummary {
  id: string;
  lab: string;
  algorithm: string;
  scenario: string;
  seed: number;
  parameters: Record<string, number | string>;
  interventions: readonly { anchor: string; action: string; arguments: Readonly<Record<string, unknown>> }[];
  parent?: string;
  /** What it can do. Left out while nobody knows yet, and of runs of the first engines: their scenario says it. */
  nature?: RunNature;
  /** Milliseconds since 1970. */
  startedAt: number;
  state: 'running' | 'finished' | 'failed';
  /** Whether it ran another text than the bundled one. */
  edited: boolean;
  /** Version of the engine that ran it (`madeByOther`); the first one left it out. */
  engineVersion?: string;
  /** The copy whose text it ran. */
  copy?: CopyName;
  events: number;
  dropped: number;
  hash?: string;
  /** When finished: names of the checks whose verdict was not the expected one. */
  unexpected?: string[];
  /** When failed: why. */
  failure?: FailureReason;
}

/** Rows of a trace on their way to a panel: packed columns (`columnsOver`), one buffer of 64 KB or so a frame. */
export interface FrameMessage {
  type: 'frame';
  frame: number;
  request: number;
  run: string;
  /** Index of the first row. */
  first: number;
  length: number;
  /** A Uint8Array over exactly the packed columns' bytes: what survives the way into a webview. */
  bytes: Uint8Array;
  /** Strings of the trace that the panel does not have yet, from number `firstString` on. */
  firstString: number;
  strings: string[];
  /**
   * Set in the answer to `restate`, whose rows are single events: `first` counts them from 0. Indices: 32-bit numbers, in
   * the machine's byte order, a Uint8Array over exactly their bytes. `earlier`: what nodes did before, which the rows do
   * not tell; in the last frame only. `leftOut`: how many events should be among the rows, and are too many.
   */
  restated?: { indices: Uint8Array; earlier: EarlierCounts[]; leftOut: number };
  /** Whether this is the last frame of the answer. */
  last: boolean;
}

/** How a benchmark is getting on, or what it found. */
export interface BenchmarkMessage {
  type: 'benchmark';
  lab: string;
  state: 'running' | 'finished' | 'failed' | 'cancelled';
  /** 0 … 1 */
  share: number;
  /** What is being measured right now, in words. */
  step?: string;
  message?: string;
  results?: BenchmarkRow[];
  /** How cost grows with size. */
  curves?: BenchmarkCurve[];
  /** How the speed of the algorithm in the editor has changed since it was last measured with another text: 0.08 is 8 % faster. */
  sinceLastEdit?: number;
  /** What makes the figures doubtful: a noisy machine, an operation that was optimised away. */
  warnings?: string[];
  machine?: BenchmarkMachine;
}

/** What a benchmark's figures were taken on. */
export interface BenchmarkMachine {
  /** As the processor calls itself. */
  processor: string;
  cores: number;
  /** 'linux x64' */
  platform: string;
  /** Version of Node that the contenders ran on. */
  node: string;
}

/** One contender's figure. Ratios are of one run of the benchmark: peers and ours were measured in turn. */
export interface BenchmarkRow {
  /** What is compared: ring lookup, jump lookup. */
  group: string;
  /** Algorithm id, package name, or what the floor does. */
  contender: string;
  kind: 'ours' | 'edited' | 'peer' | 'floor';
  version: string;
  nsPerOp: number;
  /** Speed beside the best peer of the group (2: twice as fast); null where the group has no peer. */
  ratioToBestPeer: number | null;
  /** 95 % interval of that ratio, of nsPerOp where there is none. */
  low: number;
  high: number;
  /** Set when it gave wrong answers or is not installed: it then has no figures (NaN, in JSON null). */
  problem?: string;
  /** Bytes that one operation allocates on the heap. */
  bytesPerOp?: number;
  /** What the ratio amounts to, in words: '1.6–1.9× faster than consistent-hash 1.2.2'. */
  verdict?: string;
  /** An edited algorithm beside the version that ships: how many times as fast, with its 95 % interval. */
  besideOurs?: { ratio: number; low: number; high: number; verdict: string };
}

/** An earlier benchmark of one algorithm: what it came to, and what it can be compared by. */
export interface KeptBenchmark {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  machine: BenchmarkMachine;
  /** The algorithm as it was measured: `edited` where the text was the learner's. */
  row: BenchmarkRow;
  /** What it was measured beside in the same group: the version that ships, peers, the floor. */
  beside: BenchmarkRow[];
}

/** The earlier benchmarks of an algorithm. */
export interface BenchmarkHistoryMessage {
  type: 'benchmarkHistory';
  lab: string;
  algorithm: string;
  /** Newest first. */
  kept: KeptBenchmark[];
  /** How many are kept of a lab, all its algorithms together; the oldest go first. */
  limit: number;
}

/** What one operation of one contender costs as n grows. */
export interface BenchmarkCurve {
  group: string;
  contender: string;
  kind: BenchmarkRow['kind'];
  /** What n counts: servers, keys. */
  unit: string;
  /** The cost that the algorithm claims: 'O(log n)'. */
  claim: string;
  points: { n: number; nsPerOp: number }[];
  /** The growth that was measured, in words, beside the claim. */
  verdict: string;
}

/** One run of a sweep that is over. Its events are not kept: to look at it, it is run again. */
export interface SweepRun {
  algorithm: string;
  value: ParameterValue;
  seed: number;
  metrics: Record<string, number>;
  theory: Theory[];
  /** Of its trace, by which it is known again; '' where it failed. */
  hash: string;
  /** Why it has no figures. */
  failure?: { reason: FailureReason; message: string };
}

/** How a sweep is getting on. */
export interface SweepMessage {
  type: 'sweep';
  request: SweepRequest;
  state: 'running' | 'finished' | 'stopped' | 'failed';
  /** Runs that are over, out of how many. */
  done: number;
  of: number;
  /** Runs number `first` and on, in the order in which they ended; those before were told already. */
  first: number;
  runs: SweepRun[];
  /** What theory says at `curveAt`, for each algorithm; told once. Empty lists where the lab has no theory. */
  expectations?: Expectation[][][];
  /** Why it failed. */
  message?: string;
}

/** Whose text of a lab a panel runs. */
export interface LabText {
  lab: string;
  /** The copy; left out: the bundled text, by the learner's choice. */
  copy?: CopyName;
  /** Whether that copy is not there any more: nothing runs in its place. */
  gone?: boolean;
  /** Of the bundled text: whether there is a copy that could be run instead. */
  copied?: boolean;
}

/** What a panel looks like at the start, and again whenever the host says so. */
export interface OpenMessage {
  type: 'open';
  version: number;
  /** All labs. */
  catalogue: readonly LabHead[];
  /** The labs of what is to be shown. */
  labs: LabEntry[];
  /** What to show: a lab with its choices, and a run where there is one. */
  state: PanelState;
  /** Newest first. */
  runs: RunSummary[];
  /** Labs of which a panel need not run the bundled text: the learner has, or had, a copy. */
  texts: LabText[];
  trusted: boolean;
  defaultSeed: number;
  /** Whether tours are offered, and what was answered in them so far, the last answer at each step. */
  tours?: { offered: boolean; answers: TourAnswer[] };
  /** The panel in the editor area, or the narrow one at the side. */
  place: 'editor' | 'side';
}

/** Everything that the host may say to a panel. */
export type HostMessage =
  | OpenMessage
  | { type: 'lab'; lab: LabEntry }
  | { type: 'tour'; lab: string; scenario: string; tour: Tour }
  /** Choose this in the panel's form, as if the learner had (a lens was clicked). */
  | { type: 'choose'; lab: string; algorithm?: string; scenario?: string }
  /** `aside`: the panel asked for it to be run beside the one that it shows. */
  | { type: 'runStarted'; run: RunSummary; aside?: boolean }
  /** The trace grew; sent at most once a frame. */
  | { type: 'progress'; run: string; share: number; events: number; dropped: number }
  | { type: 'runFinished'; run: RunSummary; report: RunReport }
  | { type: 'runFailed'; run: RunSummary; failure: RunFailure }
  | FrameMessage
  /** Without an outline: the run is no longer kept. */
  | { type: 'outline'; run: string; outline?: Outline }
  | { type: 'moment'; request: number; run: string; moment: RunMoment }
  | { type: 'overview'; request: number; run: string; overview: Overview }
  | { type: 'refused'; request: number; message: string }
  /** What the panel is to show could not be put together: the message says why. What it shows meanwhile is of before. */
  | { type: 'unready'; message: string }
  /** The answer to `there`. */
  | { type: 'here' }
  | BenchmarkMessage
  | SweepMessage
  | BenchmarkHistoryMessage
  /** A contributed command with a key was used while the panel had the focus. */
  | { type: 'command'; command: 'run' | 'stop' | 'play' | 'step' | 'stepBack' | 'nextMark' | 'previousMark' };
