/**
 * The mark of the engine's own errors. Neither their names nor their classes tell: a learner may call a class as they
 * are called, and a lab carries an engine of its own, with its own classes.
 */
import type { FailureReason } from './protocol/failure.ts';

/** What an error of the engine ends a run as. The same symbol in every copy of the engine. */
export const endsAs = Symbol.for('system-design-labs: what an error of the engine ends a run as');

/** @returns undefined for whatever is no error of the engine */
export function endOf(thrown: Error): FailureReason | undefined {
  const mark = Object.getOwnPropertyDescriptor(thrown, endsAs)?.value as unknown;
  return mark as FailureReason | undefined;
}
