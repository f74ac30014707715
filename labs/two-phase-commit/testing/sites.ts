/** A coordinator and any number of participants on the simulator, without the lab around them. */
import { constant, milliseconds, seconds, type Faults, type Network, type System } from 'system-design-labs/engine';
import { checkDefinitions } from '../checks.ts';
import { parseCouriers, parseStock } from '../parameters.ts';
import type { CommitProtocol, Order } from '../protocol.ts';

const couriers = 'John, Jane, Jim, Joan, Jack, Jill';

/** Orders that can all be carried out, where nothing fails. */
export const sixOrders: readonly Order[] = Array.from({ length: 6 }, () => ({ item: 'burger', quantity: 2 }));

/** An inventory and as many delivery services as are asked for, with 100 burgers and six couriers each. */
export function namesOf(participants: number): string[] {
  return ['inventory', ...Array.from({ length: participants - 1 }, (_, number) => `delivery${number + 1}`)];
}

/** What is to run: a time-out is 100 ms, a forced write takes 5. */
export function systemOf(
  protocol: CommitProtocol,
  names: readonly string[],
  link: NonNullable<Network['default']>,
  { orders = sixOrders, faults = {} }: { orders?: readonly Order[]; faults?: Faults } = {},
): System {
  const timeout = milliseconds(100);
  const syncTime = constant(milliseconds(5));
  const stocks = Object.fromEntries(
    names.map((name, i) => [name, i === 0 ? parseStock('burger 100') : parseCouriers(couriers)]),
  );
  const site = { coordinator: 'coordinator', participants: names, timeout };
  return {
    until: seconds(30),
    network: { default: link },
    faults,
    checks: checkDefinitions('coordinator', stocks, orders, true),
    nodes: [
      ...names.map((name, i) => ({
        name,
        program: protocol.participant({
          ...site,
          stock: stocks[name]!,
          gives: i === 0 ? 'what is ordered' : 'one of any',
        }),
        syncTime,
      })),
      { name: 'coordinator', program: protocol.coordinator({ orders, participants: names, timeout }), syncTime },
    ],
  };
}
