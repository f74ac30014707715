/**
 * How far a learner is in a tour: a state and the moves between states, without a panel or a trace. A step
 * is headed for, then something is asked at it, then it is explained; one without a question is explained at once.
 */
import { isNearEnough } from '../../labs/engine/lab/tour-text.ts';
import type { TourHead } from '../../labs/engine/lab/catalogue.ts';
import type { Tour, TourChoice, TourStep } from '../../labs/engine/lab/tour.ts';
import type { TourAnswer } from '../../labs/engine/protocol/panel.ts';

export type Misconception = NonNullable<TourChoice['misconception']>;

/** What the learner said at the current step. */
export type Said = { right: boolean } & (
  { choice: number; misconception?: Misconception } | { guess: number; measured: number }
);

export interface TourProgress {
  readonly tour: Tour;
  /** From 0. */
  readonly step: number;
  readonly phase: 'heading' | 'asking' | 'explained';
  readonly said?: Said;
  /** The run that refutes a wrong choice: asked for, on the screen, or impossible. */
  readonly contrast?: 'running' | 'there' | 'failed';
}

export type TourMove =
  /** The event to stop at has happened on the screen. */
  | { type: 'arrived' }
  | { type: 'choose'; choice: number }
  /** `measured`: the run's own figure. */
  | { type: 'guess'; value: number; measured: number }
  | { type: 'contrast'; state: 'running' | 'there' | 'failed' }
  | { type: 'go'; step: number };

/** The beginning of a tour. */
export function beginTour(tour: Tour): TourProgress {
  return { tour, step: 0, phase: 'heading' };
}

export function stepOf({ tour, step }: TourProgress): TourStep {
  return tour.steps[step]!;
}

/** @returns the state after a move; the same one where the move makes no sense there */
export function move(progress: TourProgress, action: TourMove): TourProgress {
  const { tour, step, phase } = progress;
  const { question } = stepOf(progress);
  switch (action.type) {
    case 'arrived':
      if (phase !== 'heading') return progress;
      return { tour, step, phase: question ? 'asking' : 'explained' };
    case 'choose': {
      if (phase !== 'asking' || question?.kind !== 'choice') return progress;
      const choice = question.choices[action.choice];
      if (!choice) return progress;
      const { misconception } = choice;
      const said = { choice: action.choice, right: !misconception, ...(misconception ? { misconception } : {}) };
      return { tour, step, phase: 'explained', said };
    }
    case 'guess': {
      if (phase !== 'asking' || question?.kind !== 'number') return progress;
      const { value: guess, measured } = action;
      const right = isNearEnough(guess, question, measured);
      return { tour, step, phase: 'explained', said: { guess, measured, right } };
    }
    case 'contrast':
      return phase === 'explained' ? { ...progress, contrast: action.state } : progress;
    case 'go':
      return tour.steps[action.step] ? { tour, step: action.step, phase: 'heading' } : progress;
  }
}

/** What is to be remembered of what was said, if something was. */
export function answerOf(progress: TourProgress, lab: string, scenario: string): TourAnswer | undefined {
  const { said } = progress;
  if (!said) return undefined;
  const { id } = stepOf(progress);
  const misconception = 'choice' in said ? said.misconception?.id : undefined;
  return { lab, scenario, step: id, right: said.right, ...(misconception === undefined ? {} : { misconception }) };
}

/** How many questions a tour has, and how many of them have been answered. */
export function answered(
  { questions }: TourHead,
  lab: string,
  scenario: string,
  answers: readonly TourAnswer[],
): { questions: number; answers: number } {
  const known = questions.filter((id) =>
    answers.some((answer) => answer.lab === lab && answer.scenario === scenario && answer.step === id),
  );
  return { questions: questions.length, answers: known.length };
}

/** A learner's number: '1,200' and '1200' are one; undefined for what is none. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replaceAll(/[,\s]/g, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}
