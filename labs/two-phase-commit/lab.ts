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
import { checkDefinitions, checks, decisions } from './checks.ts';
import { diagrams } from './diagrams.ts';
import { exercises } from './exercises.ts';
import { parameters, parseCouriers, parseOrders, parseStock, type Values } from './parameters.ts';
import { contract, type CommitProtocol, type LockTime, type Order, type Stock } from './protocol.ts';
import { scenarios } from './scenarios.ts';
import { isOpen, type SiteState } from './stock.ts';
import { takeaways, type Fate } from './takeaways.ts';
import { expectations, lockTimeTheory } from './theory.ts';

const coordinator = 'coordinator';
const inventory = 'inventory';
const delivery = 'delivery';
const participants = [inventory, delivery];
/** With fewer, there is nothing to see in how long they were held. */
const enoughLocks = 4;

/** What a service's status says as long as it does not know the outcome, and as long as it holds a lock. */
const inDoubt = ['uncertain', 'pre-committed'];
const locked = [...inDoubt, 'carrying out'];

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
  brief: { duration: 5000 },
  algorithms,
  scenarios,
  defaultScenario: 'four-orders',
  metrics: {
    committed: { title: 'Orders committed', better: 'high', behind: { operations: 'returned' } },
    aborted: { title: 'Orders aborted', behind: { operations: 'failed' } },
    split: {
      title: 'Orders torn apart',
      help: 'One site has committed them, another has aborted them.',
      better: 'low',
    },
    triedAgain: {
      title: 'Tries aborted and made again',
      help: 'A coordinator that comes back begins an order anew under a new name if its log has no decision.',
    },
    blocked: {
      title: 'Services blocked at the end',
      help: 'They said Yes, hold locks, and do not know what became of it.',
      better: 'low',
      behind: { status: inDoubt, open: true },
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
    {
      parameter: 'latency',
      from: 1,
      to: 100,
      metric: 'lockHoldTime',
      parameters: { timeout: 1000, orders: 'burger×1, drink×2' },
    },
    { parameter: 'loss', from: 0, to: 0.5, metric: 'messages' },
  ],
  expectations: (values, id) => {
    const found = algorithms.find((algorithm) => algorithm.id === id);
    return found ? expectations(values, new found.implementation()) : [];
  },
  exercises,
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
    finish: (end) => finish(end, values, orders, protocol.lockTime),
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
    network: {
      default: {
        latency: constant(milliseconds(values.latency)),
        loss: values.loss,
        duplication: values.duplication,
      },
    },
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

function finish(
  end: SimulationEnd,
  values: Values,
  orders: readonly Order[],
  lockTime: LockTime | undefined,
): RunOutcome {
  const states = participants.map((name) => end.state(name) as SiteState | undefined);
  const { fates, triedAgain } = fatesOf(end, states, orders.length);
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const held = states.flatMap((state) =>
    state ? [...state.held, ...Object.values(state.reserved).map(({ since }) => end.time - since)] : [],
  );
  const metrics = {
    committed: count('commit'),
    aborted: count('abort'),
    split: count('split'),
    triedAgain,
    blocked: states.filter((state) => state && Object.values(state.inDoubt).some(isOpen)).length,
    messages: [coordinator, ...participants].reduce((sum, name) => sum + end.messagesSent(name), 0),
    lockHoldTime: held.length === 0 ? 0 : held.reduce((sum, time) => sum + time, 0) / held.length / 1e6,
  };
  const isCalm = end.faults === 0 && fates.every((fate) => fate === 'commit');
  return {
    metrics,
    theory: lockTime && held.length > 0 ? [lockTimeTheory(values, lockTime, metrics.lockHoldTime, isCalm)] : [],
    ...(held.length < enoughLocks ? {} : { histograms: [lockTimes(held)] }),
    checks: [],
    result: { orders: fates, stock: states[0] ? Object.fromEntries(states[0].free) : null },
    takeaways: takeaways(metrics, {
      fates,
      torn: end.checks.find(({ name, verdict }) => name === 'atomicity' && verdict === 'broken')?.detail,
      coordinatorIsUp: end.isUp(coordinator),
      hasWaited: states.every((state) => !state || hasWaited(state, end, values)),
    }),
  };
}

/** Whether it has asked long enough for all that it does not know, by any protocol's patience. */
function hasWaited({ inDoubt, reserved }: SiteState, { time }: SimulationEnd, { timeout }: Values): boolean {
  const longest = milliseconds((2 + participants.length) * timeout);
  return Object.keys(inDoubt).every((transaction) => time - (reserved[transaction]?.since ?? time) > longest);
}

function lockTimes(held: readonly Nanoseconds[]): Histogram {
  const bins = binsOf(
    held.map((time) => [time / 1e6, 1]),
    20,
  );
  return { id: 'lockHoldTime', title: 'time a lock is held', unit: 'ms', of: 'locks', ...bins };
}

/** Of all orders, and how many tries were aborted and made again. */
function fatesOf(
  end: SimulationEnd,
  states: readonly (SiteState | undefined)[],
  orders: number,
): { fates: Fate[]; triedAgain: number } {
  const desk = end.state(coordinator) as { outcomes: Record<number, string>; order: number } | undefined;
  const tries = Array.from({ length: orders }, () => ({ aborted: 0, committed: 0, split: 0, inDoubt: 0 }));
  const countTry = (transaction: string, sort: keyof (typeof tries)[number]) => {
    const own = tries[Number(transaction.split('.')[0])]; // '2.0' is a try of order 2
    if (own) own[sort]++;
  };
  const decided = decisions(end, coordinator, participants);
  for (const [transaction, sites] of decided) {
    const outcomes = new Set(sites.map(({ outcome }) => outcome));
    countTry(transaction, outcomes.size > 1 ? 'split' : outcomes.has('commit') ? 'committed' : 'aborted');
  }
  const open = new Map(states.flatMap((state) => Object.entries(state?.inDoubt ?? {})));
  for (const [transaction, doubt] of open) {
    if (!decided.has(transaction)) {
      countTry(transaction, isOpen(doubt) ? 'inDoubt' : 'committed');
    }
  }
  const fates = tries.map(({ aborted, committed, split, inDoubt }, number): Fate => {
    if (split > 0) return 'split';
    if (committed > 0 || desk?.outcomes[number] === 'commit') return 'commit';
    if (desk?.order === number) return 'open';
    if (inDoubt > 0) return 'blocked';
    return aborted > 0 || desk?.outcomes[number] === 'abort' ? 'abort' : 'waiting';
  });
  const triedAgain = tries.map(({ aborted }, number) =>
    fates[number] === 'abort' ? Math.max(0, aborted - 1) : aborted,
  );
  return { fates, triedAgain: triedAgain.reduce((sum, one) => sum + one, 0) };
}
