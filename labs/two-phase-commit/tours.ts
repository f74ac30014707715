/** One tour a scenario: what to look at, what most people expect there, and the run that shows otherwise. */
import type { Tour } from 'system-design-labs/engine';
import { allWell, fourOrders, lastPiece, noCourier, outOfStock } from './tours/voting.ts';
import { coordinatorCrash, coordinatorCrashBetween, coordinatorReturns } from './tours/coordinator.ts';
import { crashAfterVote, crashBeforeVote, lateMessages, lostMessages, partition } from './tours/doubt.ts';

/** By scenario. */
export const tours = {
  'four-orders': fourOrders,
  'all-well': allWell,
  'out-of-stock': outOfStock,
  'no-courier': noCourier,
  'last-piece': lastPiece,
  'crash-before-vote': crashBeforeVote,
  'crash-after-vote': crashAfterVote,
  'coordinator-crash': coordinatorCrash,
  'coordinator-returns': coordinatorReturns,
  'coordinator-crash-between': coordinatorCrashBetween,
  'lost-messages': lostMessages,
  'late-messages': lateMessages,
  partition,
} satisfies Record<string, Tour>;
