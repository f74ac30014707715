/** What the learner points at: a thing in a picture or an event of the trace. */
export type Selection =
  | { type: 'node'; name: string }
  | { type: 'item'; name: string }
  | { type: 'message'; event: number }
  | { type: 'event'; event: number }
  | { type: 'metric'; name: string };

/** Whether two selections are of the same thing. */
export function sameSelection(a: Selection | undefined, b: Selection | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}
