/** Two-phase commit: a food-delivery order that two services must carry out together, or not at all. */
import {
  binsOf,
  constant,
  defineSimulatedLab,
  milliseconds,
  type Histogram,
  type Nanoseconds,
  type Outcome as RunOutcome,
  type SimulatedRun,
  type SimulationEnd,
  type System,
} from 'system-design-labs/engine';
import { algorithms } from './algorithms.ts';
import { checkDefinitions, checks, outcomesAt } from './checks.ts';
import { diagrams } from './diagrams.ts';
import { parameters, parseCouriers, parseOrders, parseStock, type Values } from './parameters.ts';
import { contract, type CommitProtocol, type DeskRecord, type Order } from './protocol.ts';
import { scenarios } from './scenarios.ts';
import type { SiteState, Stock } from './stock.ts';
import { takeaways } from './takeaways.ts';

const coordinator = 'coordinator';
const inventory = 'inventory';
const delivery = 'delivery';
const participants = [inventory, delivery];
/** With fewer, there is nothing to see in how long they were held. */
const enoughLocks = 4;

/** What a service's status says as long as it holds a lock. */
const locked = ['uncertain', 'pre-committed'];

/** What became of an order. split: one service did it and the other did not. waiting: it was never begun. */
export type Fate = 'commit' | 'abort' | 'blocked' | 'split' | 'waiting';

export default defineSimulatedLab({
  id: 'two-phase-commit',
  title: 'Two-phase commit',
  chapter: 'Coordination',
  level: 'intermediate',
  summary:
    'An order needs a dish from the inventory and a courier from the delivery service: both or neither. Watch who ' +
    'tells whom, who holds which locks, and what happens when somebody dies at the worst moment.',
  concepts: [
    'atomic commit',
    'two-phase commit',
    'presumed abort',
    'write-ahead log',
    'locks',
    'blocking',
    'recovery',
    'three-phase commit',
    'termination protocol',
    'partition',
  ],
  contract,
  parameters,
  algorithms,
  scenarios,
  defaultScenario: 'four-orders',
  metrics: {
    committed: { title: 'Orders committed', better: 'high', behind: { operations: 'returned' } },
    aborted: { title: 'Orders aborted', behind: { operations: 'failed' } },
    blocked: {
      title: 'Services blocked at the end',
      help: 'They said Yes, hold locks, and do not know what became of it.',
      better: 'low',
      behind: { status: locked, open: true },
    },
    messages: { title: 'Messages sent', better: 'low' },
    lockHoldTime: {
      title: 'Mean time a lock is held',
      unit: 'ms',
      help: 'Of locks taken off since their service was last switched on, and of those still on.',
      better: 'low',
      behind: { status: locked },
    },
  },
  checks,
  views: ['sequence', 'timeline', 'state', 'cluster', 'charts', 'log'],
  diagrams,
  sweeps: [
    { parameter: 'latency', from: 1, to: 100, metric: 'lockHoldTime', parameters: { timeout: 1000 } },
    { parameter: 'loss', from: 0, to: 0.5, metric: 'messages' },
  ],
  begin: ({ parameters: values, algorithm }) => begin(values, new algorithm()),
});

function begin(values: Values, protocol: CommitProtocol): SimulatedRun {
  const orders = parseOrders(values.orders);
  const stocks = { [inventory]: parseStock(values.stock), [delivery]: parseCouriers(values.couriers) };
  return {
    system: {
      ...systemOf(values, protocol, orders, stocks),
      checks: checkDefinitions(coordinator, stocks, orders, values.loss > 0),
    },
    finish: (end) => finish(end, orders),
  };
}

function systemOf(
  values: Values,
  protocol: CommitProtocol,
  orders: readonly Order[],
  stocks: Readonly<Record<string, Stock>>,
): System {
  const timeout = milliseconds(values.timeout);
  const syncTime = constant(milliseconds(values.syncTime));
  const site = { coordinator, participants, timeout };
  return {
    until: milliseconds(values.duration),
    network: { default: { latency: constant(milliseconds(values.latency)), loss: values.loss } },
    nodes: [
      {
        name: inventory,
        program: protocol.participant({ ...site, stock: stocks[inventory]!, gives: 'what is ordered' }),
        syncTime,
      },
      {
        name: delivery,
        program: protocol.participant({ ...site, stock: stocks[delivery]!, gives: 'one of any' }),
        syncTime,
      },
      // Last: when it takes its first order, the services are there.
      { name: coordinator, program: protocol.coordinator({ orders, participants, timeout }), syncTime },
    ],
  };
}

function finish(end: SimulationEnd, orders: readonly Order[]): RunOutcome {
  const states = participants.map((name) => end.state(name) as SiteState | undefined);
  const fates = orders.map((_, number) => fateOf(end, states, number));
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const held = states.flatMap((state) =>
    state ? [...state.held, ...Object.values(state.reserved).map(({ since }) => end.time - since)] : [],
  );
  const metrics = {
    committed: count('commit'),
    aborted: count('abort'),
    blocked: states.filter((state) => state && Object.keys(state.inDoubt).length > 0).length,
    messages: [coordinator, ...participants].reduce((sum, name) => sum + end.messagesSent(name), 0),
    lockHoldTime: held.length === 0 ? 0 : held.reduce((sum, time) => sum + time, 0) / held.length / 1e6,
  };
  const stock = states[0]?.free ?? null;
  const atomic = end.checks.every(({ name, verdict }) => name !== 'atomicity' || verdict !== 'broken');
  return {
    metrics,
    theory: [],
    ...(held.length < enoughLocks ? {} : { histograms: [lockTimes(held)] }),
    checks: [],
    result: { orders: fates, stock },
    takeaways: takeaways(metrics, { fates, atomic, coordinatorIsUp: end.isUp(coordinator) }),
  };
}

function lockTimes(held: readonly Nanoseconds[]): Histogram {
  const bins = binsOf(
    held.map((time) => [time / 1e6, 1]),
    20,
  );
  return { id: 'lockHoldTime', title: 'time a lock is held', unit: 'ms', of: 'locks', ...bins };
}

/** All tries of an order together: it counts as committed when one of them was. */
function fateOf(end: SimulationEnd, states: readonly (SiteState | undefined)[], number: number): Fate {
  const isOf = (transaction: string) => transaction.startsWith(`${number}.`);
  const log = end.safeLog(coordinator, 'log') as readonly DeskRecord[];
  const desk = end.state(coordinator) as { outcomes: Record<number, string>; order: number } | undefined;
  const decided = participants.flatMap((name) => Object.entries(outcomesAt(end, name)).filter(([id]) => isOf(id)));
  const byTransaction = new Map<string, Set<string>>();
  for (const [id, outcome] of decided) byTransaction.set(id, (byTransaction.get(id) ?? new Set()).add(outcome));
  for (const { transaction, what, order } of log) {
    if (order === number && what === 'commit') byTransaction.get(transaction)?.add(what);
  }
  if ([...byTransaction.values()].some((outcomes) => outcomes.size > 1)) return 'split';
  const inDoubt = states.some((state) => Object.keys(state?.inDoubt ?? {}).some(isOf));
  const committed = decided.some(([, outcome]) => outcome === 'commit') || desk?.outcomes[number] === 'commit';
  if (committed || log.some(({ what, order }) => what === 'commit' && order === number)) return 'commit';
  if (inDoubt) return 'blocked';
  return decided.length > 0 || desk?.outcomes[number] === 'abort' ? 'abort' : 'waiting';
}
