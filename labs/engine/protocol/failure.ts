/** How a run can end badly, in a form that crosses threads and processes and can be shown, marked and printed. */
import * as v from 'valibot';

/**
 * What ended a run.
 *
 * | reason    | meaning                                                                    |
 * |-----------|----------------------------------------------------------------------------|
 * | request   | no run can be made of it: unknown algorithm, refused parameter, bad anchor |
 * | syntax    | the code does not compile                                                  |
 * | missing   | an import could not be found                                               |
 * | threw     | the code threw, while loading or while running                             |
 * | rejected  | a promise was rejected and nobody handled it                               |
 * | refused   | the engine refused what the code did (not plain data, not deterministic)   |
 * | forecast  | it would not finish by its deadline; said before the time was spent        |
 * | deadline  | it did not finish by its deadline                                          |
 * | memory    | it used up the memory it may have                                          |
 * | exit      | the code ended its process                                                 |
 * | crash     | the runner died without saying why                                         |
 * | stopped   | the learner stopped it                                                     |
 * | gone      | the copy whose text was to be run is not there any more                    |
 * | untrusted | edited code in a workspace that is not trusted                             |
 * | internal  | a mistake of ours                                                          |
 */
export const failureReasons = [
  'request',
  'syntax',
  'missing',
  'threw',
  'rejected',
  'refused',
  'forecast',
  'deadline',
  'memory',
  'exit',
  'crash',
  'stopped',
  'gone',
  'untrusted',
  'internal',
] as const;

/** A place in a source file as the learner knows it. */
export const sourceLocation = v.object({
  /** Absolute path of a file on disk, or `sdlabs:/<lab>/<file>` for a bundled one. */
  file: v.string(),
  /** From 1. */
  line: v.number(),
  /** From 1. */
  column: v.number(),
  /** In characters, where known. */
  length: v.optional(v.number()),
});
export type SourceLocation = v.InferOutput<typeof sourceLocation>;

export const runFailure = v.object({
  reason: v.picklist(failureReasons),
  /** One sentence in plain words, ready to be shown; names the mend where there is one. */
  message: v.string(),
  /** Where in the learner's code, the innermost frame that is theirs. */
  location: v.optional(sourceLocation),
  /** The stack with source positions, for the output channel. */
  stack: v.optional(v.string()),
  /** Milliseconds that a run was forecast to take (`forecast` only). */
  estimate: v.optional(v.number()),
});
export type RunFailure = v.InferOutput<typeof runFailure>;
export type FailureReason = RunFailure['reason'];
