/** One tour a scenario: what to look at, what most people expect there, and the run that shows otherwise. */
import type { Tour } from 'system-design-labs/engine';
import { burstyOrSmooth, luckOrChoice, oneAfterTheOther, oneSlowServer } from './tours/choosing.ts';
import { blackHole, draining, failover, grayFailure, herd, longPause, twoDown } from './tours/failing.ts';

/** By scenario. */
export const tours = {
  failover,
  'one-after-the-other': oneAfterTheOther,
  'bursty-or-smooth': burstyOrSmooth,
  'luck-or-choice': luckOrChoice,
  'one-slow-server': oneSlowServer,
  herd,
  draining,
  'black-hole': blackHole,
  'gray-failure': grayFailure,
  'long-pause': longPause,
  'two-down': twoDown,
} satisfies Record<string, Tour>;
