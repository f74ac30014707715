/** Sizes on the timeline, in pixels: the style sheet has the same. */

export interface Measures {
  /** Height of a lane. */
  lane: number;
  /** In it, from its top: where its marks begin, and where its line is. */
  marks: number;
  line: number;
}

/** Names beside the lanes. */
export const sideBySide: Measures = { lane: 22, marks: 0, line: 16 };

/** Where room is short: each name above its line. */
export const stacked: Measures = { lane: 36, marks: 14, line: 30 };

/** Narrower than this the timeline is stacked. */
export const stackedBelow = 420;

/** Between two marks of a lane, at least. */
export const markGap = 18;
