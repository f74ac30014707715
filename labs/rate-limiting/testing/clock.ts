/** A clock that tests move by hand. */
export class ManualClock {
  now = 0;

  /** What a limiter is given. */
  readonly read = (): number => this.now;

  /** Moves to a time in milliseconds and asks for a decision. */
  at(time: number, admit: () => boolean): boolean {
    this.now = time;
    return admit();
  }
}
