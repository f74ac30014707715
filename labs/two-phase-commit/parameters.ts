/** The knobs of the lab, and the lists that are typed as text. */
import {
  complaintAbout,
  integer,
  nameOf,
  number,
  partsOf,
  refuseRepeated,
  text,
  type ValuesOf,
} from 'system-design-labs/engine';
import type { Order, Stock } from './protocol.ts';

/** More orders than this would not be a picture any more. */
const mostOrders = 100;
/** Of one dish, in an order or in stock. */
const mostPieces = 1_000_000;

export const parameters = {
  orders: text({
    title: 'Orders',
    help: 'What is ordered, one order after the other: burger×1, pizza×5.',
    default: 'burger×1, pizza×5, drink×2, fries×2',
    max: 1000,
    validate: complaintAbout(parseOrders),
  }),
  stock: text({
    title: 'Stock',
    help: 'How much of each dish the inventory has: burger 5, pizza 3.',
    default: 'burger 5, fries 10, drink 8, pizza 3',
    max: 500,
    validate: complaintAbout(parseStock),
  }),
  couriers: text({
    title: 'Couriers',
    help: 'Who brings the orders; each brings one, and is then away.',
    default: 'John, Jane',
    max: 500,
    validate: complaintAbout(parseCouriers),
  }),
  latency: number({ help: 'Time a message takes.', default: 10, min: 0, max: 1000, unit: 'ms' }),
  syncTime: number({ help: 'Time it takes to make a disk write safe.', default: 5, min: 0, max: 1000, unit: 'ms' }),
  timeout: number({ help: 'How long a site waits for an answer.', default: 100, min: 1, max: 10_000, unit: 'ms' }),
  loss: number({ help: 'Share of messages that the network loses.', default: 0, min: 0, max: 0.9 }),
  duplication: number({ help: 'Share of messages that arrive twice.', default: 0, min: 0, max: 0.9 }),
  duration: integer({ help: 'When the run ends at the latest.', default: 5000, min: 10, max: 600_000, unit: 'ms' }),
};

export type Values = ValuesOf<typeof parameters>;

/** @throws RangeError when the text is no list of orders */
export function parseOrders(list: string): Order[] {
  const orders = partsOf(list).map((part) => {
    const [, item, quantity] = /^(.*?\S)\s*[×x*]\s*(\d+)$/u.exec(part) ?? [];
    if (item === undefined) throw new RangeError(`'${part}' is no order: write burger×1`);
    return { item: nameOf(item), quantity: pieces(part, quantity!, 1) };
  });
  if (orders.length > mostOrders) throw new RangeError(`${orders.length} orders are more than ${mostOrders}`);
  return orders;
}

/** @throws RangeError when the text is no list of dishes with their numbers */
export function parseStock(list: string): Stock {
  const dishes = partsOf(list).map((part): [string, number] => {
    const [, item, count] = /^(.*\S)\s+(\d+)$/u.exec(part) ?? [];
    if (item === undefined) throw new RangeError(`'${part}' is no dish with its number: write burger 5`);
    return [nameOf(item), pieces(part, count!, 0)];
  });
  return stockOf(dishes);
}

/** @throws RangeError when the text is no list of names */
export function parseCouriers(list: string): Stock {
  return stockOf(partsOf(list).map((name): [string, number] => [nameOf(name), 1]));
}

function stockOf(counts: readonly [string, number][]): Stock {
  refuseRepeated(counts.map(([name]) => name));
  return new Map(counts);
}

function pieces(part: string, written: string, least: number): number {
  const count = Number(written);
  if (count >= least && count <= mostPieces) return count;
  throw new RangeError(`'${part}': the number must be from ${least} to ${mostPieces}`);
}
