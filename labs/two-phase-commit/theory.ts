/** What theory says of a run: how long a lock is held where nothing goes wrong. */
import type { Expectation, Theory } from 'system-design-labs/engine';
import { parseCouriers, parseOrders, parseStock, type Values } from './parameters.ts';
import type { CommitProtocol, LockTime } from './protocol.ts';

const formula = ({ roundTrips, forcedWrites }: LockTime): string =>
  `${roundTrips} × 2 × latency + ${forcedWrites} × syncTime`;

/** @returns in ms */
function expected({ latency, syncTime }: Values, { roundTrips, forcedWrites }: LockTime): number {
  return roundTrips * 2 * latency + forcedWrites * syncTime;
}

/** Why the formula does not hold, whatever happens in the run. */
function objection({ latency, syncTime, timeout, loss, duplication }: Values): string | undefined {
  if (loss > 0 || duplication > 0) return 'messages are lost or doubled';
  if (timeout <= 2 * latency + 2 * syncTime) return 'the time-out is shorter than a vote takes';
  return undefined;
}

/** Beside what was measured. @param isCalm whether nothing failed and every order was committed */
export function lockTimeTheory(values: Values, lockTime: LockTime, measured: number, isCalm: boolean): Theory {
  const expects = expected(values, lockTime);
  const condition =
    objection(values) ?? (isCalm ? undefined : 'of runs in which nothing fails and every order is committed');
  return {
    metric: 'lockHoldTime',
    measured,
    low: expects,
    high: expects,
    expected: expects,
    agrees: condition === undefined ? Math.abs(measured - expects) < 1e-6 : null,
    formula: formula(lockTime),
    ...(condition === undefined ? {} : { condition }),
  };
}

/** Before anything is run. */
export function expectations(values: Values, { lockTime }: CommitProtocol): Expectation[] {
  if (!lockTime) return [];
  const condition = objection(values) ?? (canAllBeServed(values) ? undefined : 'an order is aborted');
  return [
    {
      metric: 'lockHoldTime',
      expected: expected(values, lockTime),
      formula: formula(lockTime),
      ...(condition === undefined ? {} : { condition }),
    },
  ];
}

function canAllBeServed({ orders, stock, couriers }: Values): boolean {
  const left = new Map(parseStock(stock));
  const wanted = parseOrders(orders);
  for (const { item, quantity } of wanted) left.set(item, (left.get(item) ?? 0) - quantity);
  return wanted.length <= parseCouriers(couriers).size && [...left.values()].every((count) => count >= 0);
}
