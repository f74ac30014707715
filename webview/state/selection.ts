/** What the learner points at: a thing in a picture or an event of the trace. */
export type Selection =
  | { type: 'node'; name: string }
  | { type: 'item'; name: string }
  | { type: 'link'; from: string; to: string }
  | { type: 'event'; event: number };
