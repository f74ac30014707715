/**
 * A tour of a scenario, as plain data: play until something happens, look at it, say what you expect, see
 * why. A wrong choice is a misconception with a name, and the tour answers it with the run that refutes it.
 *
 * A tour speaks of the scenario as it is declared, under any seed. So its texts write no figure down: `{loadMax}` in
 * one of them stands for that metric of the run that is shown (`tour-text.ts`).
 */
import type { EventKindName } from '../trace/event.ts';
import type { ParameterValue } from './parameter.ts';
import type { ViewId } from './views.ts';

/** An event to find in a trace: the first that matches everything said. */
export interface EventPattern {
  kind: EventKindName;
  node?: string;
  peer?: string;
  /** The label contains this. */
  label?: string;
  /** Which of the matching ones, from 1; the first where left out, the last for −1. */
  nth?: number;
}

/** A run beside the tour's: the same scenario and seed, with these differences. */
export interface ContrastRun {
  scenario?: string;
  algorithm?: string;
  parameters?: Readonly<Record<string, ParameterValue>>;
}

/** One way to answer. */
export interface TourChoice {
  text: string;
  /** Left out by the right choice: what one would have to believe to choose this. Stable: progress names it. */
  misconception?: {
    id: string;
    /** The belief in a few words: «hashing spreads evenly by itself». */
    belief: string;
    /** One or two sentences that answer it from what is on the screen. */
    answer: string;
    /** The run that refutes it, where another than this one does. */
    contrast?: ContrastRun;
    /** The metric to set side by side once the contrast run is there, and how it comes out there. */
    compare?: { metric: string; there: 'less' | 'more' };
    /** The event that shows why, in the contrast run or else in this one. */
    shownBy?: EventPattern;
  };
}

/** What the learner is asked before the answer is on the screen. */
export type TourQuestion =
  | { kind: 'choice'; ask: string; choices: readonly TourChoice[] }
  | {
      kind: 'number';
      ask: string;
      /** The metric of the run that holds the answer: it is measured, not written down. */
      metric: string;
      /** How far off still counts as right, as a share of the answer (0.2: a fifth). */
      within: number;
      unit?: string;
    };

export interface TourStep {
  /** Stable within the tour: progress names it. */
  id: string;
  /** Play to here; the end of the run where left out. */
  until?: EventPattern;
  /** What to look at there. */
  look: { view: ViewId; node?: string; text: string };
  question?: TourQuestion;
  /** Why it is so; shown after the answer. */
  why: string;
  /** The place in the lab's code that makes it so: a file of the lab and a text to be found in it. */
  code?: { file: string; text: string };
}

export interface Tour {
  /** Two to five of them. */
  steps: readonly TourStep[];
}
