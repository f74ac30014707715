import { defineContract, numberFrom } from 'system-design-labs/engine';

/** What the fixture lab's algorithms implement. */
export interface Counter {
  /** Counts one more. @returns how many there are now */
  add(): number;
}

export const contract = defineContract<Counter>({
  interface: 'Counter',
  members: { add: { returns: numberFrom(0) } },
  offers: { luck: 'a counter counts', clock: 'a counter knows no time' },
});
