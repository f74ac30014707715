/** Whose the circle is, reckoned from the positions of all points: for runs in which nothing is left to luck but the keys. */
import { virtualNodePositions } from '../circle.ts';
import type { Hash } from '../hash.ts';

/**
 * The share of the circle that some servers own: the arcs that end at their points.
 * @param own,others names; together all that have points on the circle
 */
export function shareOwned(
  own: readonly string[],
  others: readonly string[],
  virtualNodes: number,
  hash: Hash,
): number {
  const pointsOf = (names: readonly string[], isOwn: boolean) =>
    names.flatMap((name) => Array.from(virtualNodePositions(name, virtualNodes, hash), (at) => ({ at, isOwn })));
  const points = [...pointsOf(own, true), ...pointsOf(others, false)].sort((one, other) => one.at - other.at);
  let share = 0;
  let before = points.at(-1)!.at - 1; // the circle is closed
  for (const { at, isOwn } of points) {
    if (isOwn) share += at - before;
    before = at;
  }
  return share;
}
