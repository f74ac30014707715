/** What the learner points at: a thing in a picture, an event of the trace, a figure of the report. */
export type Selection =
  | { type: 'node'; name: string }
  | { type: 'item'; name: string }
  | { type: 'link'; from: string; to: string }
  /** metric: the figure behind which it was found, to go back to. */
  | { type: 'event'; event: number; metric?: string }
  /** By the metric's id. */
  | { type: 'metric'; metric: string };
