/** The algorithms of this lab, and those that are broken on purpose. */
import type { Algorithm } from 'system-design-labs/engine';
import type { BalancerClass } from './balancer.ts';
import { BlindSecondStep } from './broken/blind-second-step.ts';
import { LifeSentence } from './broken/life-sentence.ts';
import { UnderpaidCredits } from './broken/underpaid-credits.ts';
import { IpHash } from './ip-hash.ts';
import { LeastConnections } from './least-connections.ts';
import { LeastResponseTime } from './least-response-time.ts';
import { PeakEwma } from './peak-ewma.ts';
import { RandomChoice } from './random-choice.ts';
import { RoundRobin } from './round-robin.ts';
import { TwoChoices } from './two-choices.ts';
import { WeightedBursty } from './weighted-bursty.ts';
import { WeightedSmooth } from './weighted-smooth.ts';

export const algorithms: readonly Algorithm<BalancerClass>[] = [
  {
    id: 'round-robin',
    title: 'Round robin',
    summary: 'Each server in turn: for equal servers and similar requests.',
    implementation: RoundRobin,
    uses: [],
  },
  {
    id: 'weighted-bursty',
    title: 'Weighted round robin, bursty',
    summary: 'As many requests in a row as the weight says: exact shares, in bursts.',
    implementation: WeightedBursty,
    uses: ['weights'],
  },
  {
    id: 'weighted-smooth',
    title: 'Weighted round robin, smooth',
    summary: 'The same shares, spread out instead of in bursts: for servers of unequal size.',
    implementation: WeightedSmooth,
    uses: ['weights'],
  },
  {
    id: 'least-connections',
    title: 'Least connections',
    summary: 'The server with the fewest requests in flight: adapts to slow servers without measuring anything.',
    implementation: LeastConnections,
    uses: ['weights'],
  },
  {
    id: 'least-response-time',
    title: 'Least response time',
    summary: 'The server that is expected to answer soonest, with a few requests spent on looking again.',
    implementation: LeastResponseTime,
    uses: [],
  },
  {
    id: 'ip-hash',
    title: 'IP hash',
    summary: "The client's address decides, so that a client stays with its server.",
    implementation: IpHash,
    uses: ['weights'],
  },
  {
    id: 'random',
    title: 'Random',
    summary: 'Any server: needs no memory, suffers from bad luck.',
    implementation: RandomChoice,
    uses: [],
  },
  {
    id: 'two-choices',
    title: 'Power of two choices',
    summary: 'The less busy of two random servers: most of the gain for a second glance, and no herd.',
    implementation: TwoChoices,
    uses: [],
  },
  {
    id: 'peak-ewma',
    title: 'Peak EWMA',
    summary: 'The cheaper of two random servers by feared response time: for latencies that change.',
    implementation: PeakEwma,
    uses: [],
  },
  {
    id: 'broken-life-sentence',
    title: 'Broken: whoever was fastest',
    summary: 'Asks the server that answered fastest. What can go wrong?',
    implementation: LifeSentence,
    uses: [],
    expects: { 'no-server-starved': 'broken' },
    broken: {
      bug: 'A server that gave one slow answer is never asked again, so it can never show that it has recovered.',
      check: 'no-server-starved',
      seed: 1,
      scenario: 'long-pause',
    },
  },
  {
    id: 'broken-blind-second-step',
    title: 'Broken: stepping over a dead server',
    summary: 'Round robin that passes the turn of a dead server to the next one.',
    implementation: BlindSecondStep,
    uses: [],
    expects: { 'never-to-unavailable': 'broken' },
    broken: {
      bug: 'It does not look whether the next one is alive: `if` where it takes a `while`.',
      check: 'never-to-unavailable',
      seed: 1,
      scenario: 'two-down',
    },
  },
  {
    id: 'broken-underpaid-credits',
    title: 'Broken: paying for a request',
    summary: 'Smooth weighted round robin in which the picked server pays its own weight.',
    implementation: UnderpaidCredits,
    uses: ['weights'],
    expects: { 'weights-honoured': 'broken' },
    broken: {
      bug: 'The picked server must pay the sum of all weights: what the others gained. So heavy servers stay rich.',
      check: 'weights-honoured',
      seed: 1,
      scenario: 'bursty-or-smooth',
    },
  },
];
