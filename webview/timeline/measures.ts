/** Sizes on the timeline, in pixels: the style sheet has the same. */

/** Height of a lane: its marks above, its line below. */
export const laneHeight = 22;

/** Height of the line in its lane. */
export const lineAt = 16;

/** Between two marks of a lane, at least. */
export const markGap = 18;
