/**
 * What a run says when it is over. The report is plain JSON: the CLI prints it, a run record keeps it,
 * the panel shows it.
 */
import type { ParameterValue } from './parameter.ts';

/** A value that survives JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** How a check came out. `unknown`: the run ended too early, or the question does not arise. */
export type Verdict = 'held' | 'broken' | 'unknown';

/** One thing that a run must satisfy, judged. */
export interface Check {
  /** Stable id, also what a scenario's `expects` names. */
  name: string;
  verdict: Verdict;
  /** What the scenario says should happen; a lab may declare that an algorithm breaks a check. */
  expected: Verdict;
  /** Whether the verdict is the expected one, or a break that was expected did not show in this run. */
  ok: boolean;
  /** One or two sentences with the figures: what held, or what broke and why. */
  detail: string;
  /** Index of the event that broke it. */
  event?: number;
  /** The node that broke it. */
  node?: string;
}

/**
 * A formula beside the measurement. `low`–`high` is the range that theory allows a correct
 * implementation at this size with 99 % probability.
 */
export interface Theory {
  /** The metric it speaks of. */
  metric: string;
  measured: number;
  low: number;
  high: number;
  expected: number;
  /** Whether `measured` lies in the range; null when the formula's conditions do not hold. */
  agrees: boolean | null;
  /** The formula in words, with its source. */
  formula: string;
  /** Why `agrees` is null. */
  condition?: string;
  /** The curve over time of which the metric is the figure for the whole run, where there is one. */
  curve?: TheoryCurve;
}

/** What a formula says of a metric, whether or not anything was measured. */
export type Expectation = Pick<Theory, 'metric' | 'expected' | 'formula' | 'condition'>;

/** Which curve of which chart a theory speaks of (`scene/series.ts` names them). */
export interface TheoryCurve {
  /** Title of the chart. */
  chart: string;
  /** Title of the curve in it. */
  title: string;
  /** What one unit of the metric is in the chart's unit. */
  scale: number;
}

/** How often which value occurred in a run: what a histogram draws. */
export interface Histogram {
  /** Stable: by it, two runs are laid over each other. */
  id: string;
  /** Of what: time in system. */
  title: string;
  /** Of the values: ms; '' for a bare count. */
  unit: string;
  /** What is counted: requests, servers. */
  of: string;
  /** Bins between these, ascending, one more than `counts`; or, in their place, a name for each count. */
  edges?: number[];
  names?: string[];
  counts: number[];
  /** Values beyond the last edge. */
  beyond: number;
  /** The share of all that a formula expects in each bin. */
  theory?: { shares: number[]; formula: string; condition?: string };
}

/** What a lab's own code hands back at the end of a run; the engine adds the rest. */
export interface Outcome {
  metrics: Record<string, number>;
  theory: Theory[];
  histograms?: Histogram[];
  /** Judged; `expected` and `ok` are added from the algorithm's and the scenario's declarations. */
  checks: Omit<Check, 'expected' | 'ok'>[];
  /** The lab's own results (owners of the first keys, the order of servers). */
  result: Json;
  /** Sentences that quote this run's figures. */
  takeaways: string[];
}

/** The whole report of a finished run. */
export interface RunReport {
  lab: string;
  algorithm: string;
  /** Scenario id; the lab's default scenario where none was asked for. */
  scenario: string;
  seed: number;
  parameters: Record<string, ParameterValue>;
  trace: {
    /** Every event that happened, the dropped ones included. */
    events: number;
    /** Events that happened and were not kept, because the trace was full. */
    dropped: number;
    /** 32 hex digits over every event (see `trace/hash.ts`). */
    hash: string;
  };
  metrics: Record<string, number>;
  theory: Theory[];
  /** Left out where the lab has none. */
  histograms?: Histogram[];
  checks: Check[];
  result: Json;
  takeaways: string[];
  /** Interventions that were not applied: their anchor event did not happen in this run, or what they aimed at was gone. */
  unapplied: Intervention[];
  /** Settings that were chosen and did nothing; left out where there are none. */
  ignored?: Ignored[];
}

/** A setting that does nothing in a run. */
export interface Ignored {
  /** The parameter, or what else was set. */
  what: string;
  /** The end of a sentence: 'it counts where arrivals is list, and here it is poisson'. */
  why: string;
}

/**
 * What the learner (or a file) does to a run. `anchor` names the event after which it happens
 * (`eventName`: owner and its counter); in a pure lab `#n` is the n-th operation's first event.
 */
export interface Intervention {
  anchor: string;
  action: string;
  arguments: Readonly<Record<string, Json>>;
}
