/** What a run has to say, in sentences that quote its own figures. */

/**
 * What became of an order, all tries of it together. split: one site has done it and another has not. blocked: a service
 * that said Yes does not know. open: the coordinator has it in hand. waiting: nobody has heard of it.
 */
export type Fate = 'commit' | 'abort' | 'blocked' | 'split' | 'open' | 'waiting';

const words: readonly (readonly [Fate, string])[] = [
  ['commit', 'committed'],
  ['abort', 'aborted'],
  ['split', 'torn apart'],
  ['blocked', 'in doubt'],
  ['open', 'under way at the end'],
  ['waiting', 'not begun'],
];

/**
 * @param metrics of the run
 * @param run what they do not say
 * @param run.torn how *All or nothing* was broken
 * @param run.hasWaited whether whoever is in doubt has asked for longer than any protocol's patience
 */
export function takeaways(
  { blocked, messages, lockHoldTime, triedAgain }: Readonly<Record<string, number>>,
  run: { fates: readonly Fate[]; torn: string | undefined; coordinatorIsUp: boolean; hasWaited: boolean },
): string[] {
  if (run.fates.length === 0) return ['Nothing was ordered.'];
  const count = (fate: Fate): number => run.fates.filter((one) => one === fate).length;
  const outcomes = words.filter(([fate]) => count(fate) > 0).map(([fate, word]) => `${count(fate)} ${word}`);
  const said = [
    `${plural(run.fates.length, 'order')}: ${outcomes.join(', ')}, with ${plural(messages!, 'message')} sent.`,
  ];
  if (triedAgain! > 0) said.push(`${beganAnew(triedAgain!)}.`);
  if (run.torn !== undefined) {
    said.push(`${run.torn}. That is neither all nor nothing, and no protocol mends it afterwards.`);
  }
  const time = lockHoldTime!.toFixed(0);
  if (blocked! > 0 && !run.coordinatorIsUp && run.hasWaited) {
    said.push(
      `${waitForTheDead(blocked!)}.`,
      `Their locks stay: ${time} ms on the average so far. Who wants the same dish or courier waits with them.`,
    );
  } else if (blocked! > 0) {
    said.push(`${blocked} of 2 services did not know yet how it ends when the run was over, and held their locks.`);
  } else if (lockHoldTime! > 0) {
    said.push(`A lock was held for ${time} ms on the average: nobody else could have what it guards.`);
  }
  if (count('waiting') > 0) {
    const why = run.coordinatorIsUp ? 'orders are taken one after the other' : 'who takes them is dead';
    said.push(`${plural(count('waiting'), 'order was', 'orders were')} never begun: ${why}.`);
  }
  return said;
}

/** Whose coordinator is dead, and does not come back. */
export function waitForTheDead(services: number): string {
  return `${services} of 2 services wait for a coordinator that is dead`;
}

/** After the coordinator's return. */
export function beganAnew(tries: number): string {
  return `${plural(tries, 'try', 'tries')} ended in an abort, and the order began anew under a new name`;
}

/** 1 order, 2 orders. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
