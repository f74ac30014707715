/** When to stop looking: after so many, or at a time of `performance.now`, whichever comes first. */
export interface FuzzExtent {
  most?: number;
  until?: number;
}
