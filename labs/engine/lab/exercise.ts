/**
 * What an exercise is: a file that a learner mends and, as plain data, what its runs have to come to then. The lens, the
 * panel and the terminal judge by the same data (`judge-exercise.ts`).
 */
import type { ParameterValue } from './parameter.ts';
import type { Intervention } from './report.ts';

export interface Exercise {
  /** Stable: progress names it, and the terminal. Where there is a bug to be found it gives nothing away. */
  id: string;
  title: string;
  /** 1: a few lines of one method; 2: the cause has to be found first; 3: there is something to be invented. */
  level: 1 | 2 | 3;
  /**
   * The file to be mended, relative to the lab's folder: exercises/1-close-the-circle.ts. Its solution has the same name
   * in exercises/solutions/.
   */
  file: string;
  /**
   * All of them have to come out. The file sends its reader to the first one, whose first condition is what the file does
   * not meet as it comes.
   */
  runs: readonly ExerciseRun[];
  /** From a first nudge to all but the answer, to be told one by one. */
  hints: readonly string[];
  /** Wrong beliefs that it sets right, by their ids in the tours of the lab. */
  misconceptions: readonly string[];
}

/** A world in which the learner's code is run, once for each seed and each list of interventions. */
export interface ExerciseRun {
  scenario: string;
  /** 1 alone where left out. */
  seeds?: readonly number[];
  /** Over the scenario's own. */
  parameters?: Readonly<Record<string, ParameterValue>>;
  /** Each list is done to a run of its own. */
  interventions?: readonly (readonly Intervention[])[];
  conditions: readonly ExerciseCondition[];
}

/** What all runs of a world have to come to. */
export type ExerciseCondition =
  /** The check holds. */
  | { check: string }
  /** The metric is within these bounds, on one side or both. */
  | {
      metric: string;
      atLeast?: number;
      atMost?: number;
      /** An algorithm of the lab: the bounds are in multiples of what that comes to, on the same draws. */
      timesThatOf?: string;
    };
