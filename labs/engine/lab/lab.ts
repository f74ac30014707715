/**
 * What a lab is. A lab folder exports one `Lab` as the default of its `lab.ts`; the tree, the lenses,
 * the palette, the CLI, the tests and the benchmarks find everything else through it.
 */
import type { AnsweredRun } from './answer.ts';
import type { LabDiagram } from './diagram.ts';
import type { Exercise } from './exercise.ts';
import type { ParameterSet, ParameterValue, ValuesOf } from './parameter.ts';
import type { Expectation, Ignored, Intervention, Verdict } from './report.ts';
import type { Tour } from './tour.ts';
import type { ViewId } from './views.ts';
import type { LabWorlds, PureWorld, SimulatedWorld, World } from './worlds.ts';

export type Level = 'beginner' | 'intermediate' | 'advanced';

/** The chapters of the catalogue, in the order a learner meets them. */
export const chapters = ['Foundations', 'Traffic', 'Data', 'Communication', 'Coordination', 'Capstones'] as const;
export type Chapter = (typeof chapters)[number];

/** One implementation inside a lab. */
export interface Algorithm<Implementation> {
  /** Stable: progress, saved runs and shared files name it. */
  id: string;
  title: string;
  /** One sentence: what it is and when one wants it. */
  summary: string;
  /** Ids by which it was known before. */
  formerly?: readonly string[];
  /** The exported class or function, from a file of its own. Static discovery finds the file by this name. */
  implementation: Implementation;
  /** The interface that it implements, in a lab that has several; the first world's where left out. */
  contract?: string;
  /** Of the parameters that some algorithms of the lab use and others do not: those that it uses. Left out: not known. */
  uses?: readonly string[];
  /** Checks that it does not promise to keep, with the verdict it earns; all others are expected to hold. */
  expects?: Readonly<Record<string, Verdict>>;
  /** A broken variant: which bug it carries, told after the learner has looked for it. */
  broken?: { bug: string; check: string; seed: number; scenario?: string };
}

/** The world an algorithm is put in, and the question it answers. */
export interface Scenario {
  id: string;
  title: string;
  /** Ids by which it was known before. */
  formerly?: readonly string[];
  /** The lab's first where left out. */
  world?: World;
  /** What the learner should be able to answer after watching it. */
  question: string;
  /** Differences from the lab's parameter defaults. */
  parameters?: Readonly<Record<string, ParameterValue>>;
  /** Which algorithm it opens with; the first that can be run in it where left out. */
  algorithm?: string;
  /** The other half of a contrast pair: the same seed, one difference. */
  beside?: { algorithm?: string; parameters?: Readonly<Record<string, ParameterValue>> };
  /** What is done to the run from outside. */
  interventions?: readonly Intervention[];
  /** Verdicts that this scenario is there to show, over the algorithm's own. */
  expects?: Readonly<Record<string, Verdict>>;
  /** Takes a learner through it, step by step. */
  tour?: Tour;
  /**
   * The answer to its question, from what a run of it came to: the first thing that its results say. Undefined where this
   * run does not answer it.
   */
  answer?(run: AnsweredRun): string | undefined;
}

/** A figure that a run reports. */
export interface Metric {
  title: string;
  /** keys, ms, share, mean service times …; left out for a bare count. */
  unit?: string;
  help?: string;
  /** Which way is better, where there is one. */
  better?: 'low' | 'high';
  /** What it was counted from, where the trace shows it: left out, the panel does not offer to ask why. */
  behind?: Behind;
}

/**
 * What stands behind a figure, for whoever asks *why*: the panel finds it in the trace, lists the few that matter most, and
 * splits the time of each into waiting and work (`scene/behind.ts`).
 */
export type Behind =
  /** Jobs of the workloads. `failed`: turned away, or never answered. */
  | { jobs: 'slowest' | 'longestWait' | 'failed' }
  /** Client operations (`context.invoke`). `failed` has those too of which nobody knows. */
  | { operations: 'returned' | 'failed' | 'open' }
  /** Stretches in which a node's status names one of these words; `open`: only those that last to the end. */
  | { status: readonly string[]; open?: true }
  /** Decisions of a limiter. */
  | { decisions: 'admitted' | 'refused' };

/** A check that a run is judged by. */
export interface CheckDeclaration {
  title: string;
  /** What it demands, in one sentence. */
  help: string;
  /** Why no algorithm can break it. It is asked all the same: of the simulator and of what the lab counts. */
  unbreakable?: string;
}

/** Something a learner can do to a run while looking at it. Engine-wide actions (crash, cut, drop) need no declaration. */
export interface Action {
  id: string;
  title: string;
  /** What it is done to: a click on such a thing offers it. */
  target: 'node' | 'link' | 'message' | 'ring';
  /**
   * The argument of the intervention that carries the target: a node's name, a place on the ring in [0, 1). Left out:
   * `node` for a node; nothing is passed for the ring.
   */
  argument?: string;
}

/** A parameter worth turning from one end to the other: what a sweep of the lab begins with. */
export interface SweepSuggestion {
  parameter: string;
  /** Ends of the range, of a number. */
  from?: number;
  to?: number;
  /** The metric that is drawn over it. */
  metric: string;
  /** What else is set, over what the learner has chosen: runs short enough for many of them. */
  parameters?: Readonly<Record<string, ParameterValue>>;
}

interface LabFacts<Set extends ParameterSet, Implementation> {
  /** Stable, and the name of the folder. */
  id: string;
  title: string;
  /** Ids by which it was known before. */
  formerly?: readonly string[];
  chapter: Chapter;
  level: Level;
  /** One or two sentences: what a learner will understand afterwards. */
  summary: string;
  /** The terms it teaches. */
  concepts: readonly string[];
  parameters: Set;
  /** The first is the one a run uses when none is named. */
  algorithms: readonly Algorithm<Implementation>[];
  /** The panel opens on the first. */
  scenarios: readonly Scenario[];
  /** The scenario whose parameters are the declared defaults: what the CLI runs when none is named. */
  defaultScenario: string;
  metrics: Readonly<Record<string, Metric>>;
  checks: Readonly<Record<string, CheckDeclaration>>;
  /** Which pictures make sense; the first is the one that opens. One that a run cannot fill is not offered of it. */
  views: readonly ViewId[];
  /**
   * What makes runs long, at the most that a test or a search takes of it: at most 20,000 events a run then. A scenario's own
   * value goes before it where that is less.
   */
  brief?: Readonly<Partial<Record<Extract<keyof Set, string>, ParameterValue>>>;
  /** A parameter in milliseconds: timelines mark the stretch of that length in which most was let through. */
  busiestWithin?: Extract<keyof Set, string>;
  actions?: readonly Action[];
  /** How it is built and which states its nodes go through; the panel shows where they are at the cursor. */
  diagrams?: readonly LabDiagram[];
  /** What of the values does nothing in a run, beyond what `when` of a parameter and `uses` of an algorithm say. */
  ignored?(values: ValuesOf<Set>, algorithm: string): Ignored[];
  /** The first is the one that the panel offers. */
  sweeps?: readonly SweepSuggestion[];
  /** The easiest first. */
  exercises?: readonly Exercise[];
  /**
   * What theory says of a run with these values, before anything is run: the curve behind the points of a sweep. Asked
   * for a hundred values at once, so it should take no more than a millisecond.
   */
  expectations?(values: ValuesOf<Set>, algorithm: string): Expectation[];
}

/** One topic that a learner opens. */
export interface Lab<Set extends ParameterSet = ParameterSet, Implementation = unknown> extends LabFacts<
  Set,
  Implementation
> {
  worlds: LabWorlds<ValuesOf<Set>, Implementation>;
}

/**
 * Declares a lab whose algorithms run over plain operations.
 * @returns the lab, with the parameter types inferred
 */
export function definePureLab<const Set extends ParameterSet, Implementation>({
  contract,
  begin,
  ...facts
}: LabFacts<Set, Implementation> & PureWorld<ValuesOf<Set>, Implementation>): Lab<Set, Implementation> {
  return { ...facts, worlds: { pure: { contract, begin } } };
}

/**
 * Declares a lab whose algorithms run on the simulator.
 * @returns the lab, with the parameter types inferred
 */
export function defineSimulatedLab<const Set extends ParameterSet, Implementation>({
  contract,
  begin,
  ...facts
}: LabFacts<Set, Implementation> & SimulatedWorld<ValuesOf<Set>, Implementation>): Lab<Set, Implementation> {
  return { ...facts, worlds: { simulated: { contract, begin } } };
}

/**
 * Declares a lab with scenarios of several worlds: each says what its algorithms must be there. Which algorithm is which,
 * their contracts say, and the engine holds them to those.
 * @returns the lab, with the parameter types inferred
 */
export function defineLab<const Set extends ParameterSet>(
  lab: LabFacts<Set, unknown> & { worlds: LabWorlds<ValuesOf<Set>, any> },
): Lab<Set> {
  return lab;
}
