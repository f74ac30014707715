/** What a run has to say, in sentences that quote its own figures. */
import type { Fate } from './lab.ts';

/** @param run what the figures do not say */
export function takeaways(
  { committed, aborted, blocked, messages, lockHoldTime }: Readonly<Record<string, number>>,
  run: { fates: readonly Fate[]; atomic: boolean; coordinatorIsUp: boolean },
): string[] {
  const said = [`${committed} committed, ${aborted} aborted, with ${messages} messages between three nodes.`];
  if (!run.atomic) {
    const order = run.fates.indexOf('split');
    said.push(
      `Order ${order} was committed by one service and aborted by the other: a dish is gone and nobody brings it, or a ` +
        'courier waits for nothing. No protocol mends that afterwards.',
    );
  }
  if (blocked! > 0) {
    const why = run.coordinatorIsUp ? 'cannot reach the coordinator' : 'wait for a coordinator that is dead';
    said.push(
      `${blocked} of 2 services ${why}. They said Yes, so they may neither commit nor abort, and their locks stay: ` +
        `${lockHoldTime!.toFixed(0)} ms on the average so far. Who wants the same dish or courier waits with them.`,
    );
  } else if (lockHoldTime! > 0) {
    said.push(
      `A lock was held for ${lockHoldTime!.toFixed(0)} ms on the average: nobody else could have what it guards.`,
    );
  }
  if (run.fates.includes('waiting')) {
    const waiting = run.fates.filter((fate) => fate === 'waiting').length;
    said.push(`${waiting} orders were never begun: one that hangs holds up all behind it.`);
  }
  return said;
}
