/** What the fixture lab's algorithms implement. */
export interface Counter {
  /** Counts one more. @returns how many there are now */
  add(): number;
}
