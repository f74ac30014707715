/** What went wrong in a learner's code, for people. */
import type { RunFailure } from '../run.ts';

/** The message, behind the place in the code where there is one. */
export function failureInWords({ location, message }: RunFailure): string {
  return `${location ? `${location.file}:${location.line}:${location.column}: ` : ''}${message}`;
}
