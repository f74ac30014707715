/** How far a counter goes at a time. */
export const step = 1;
