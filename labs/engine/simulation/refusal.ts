/** What ends a simulated run early, by whose mistake. Each message is one sentence that names the mend. */
import { endsAs } from '../engine-error.ts';

/**
 * A handler did what cannot be repeated, or keeps what is not plain data. Thrown from the offending call
 * where there is one, so that the stack leads to the line.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly [endsAs] = 'refused';
}

/** The scenario or a handler asks for what cannot happen: the past, an unknown node, a negative latency. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly [endsAs] = 'refused';
}

/** The run would never end, or would flood the trace. What was recorded until then is kept. */
export class EndlessRunError extends Error {
  override readonly name = 'EndlessRunError';
  readonly [endsAs] = 'refused';
}
