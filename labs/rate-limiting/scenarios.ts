/** The worlds that the limiters are put in: most of them contrast pairs, with the same arrivals and one difference. */
import type { Scenario } from 'system-design-labs/engine';
import { answers } from './answers.ts';
import { tours } from './tours.ts';

export const scenarios: readonly Scenario[] = [
  {
    id: 'boundary-burst',
    title: 'The boundary burst',
    question:
      'Ten requests a second are allowed, and twenty come within a fifth of a second, around the edge of a window. How many get through?',
    parameters: { arrivals: 'boundary', requests: 20 },
    algorithm: 'fixed-window',
    beside: { algorithm: 'sliding-log' },
    tour: tours['boundary-burst'],
    answer: answers['boundary-burst'],
  },
  {
    id: 'good-enough',
    title: 'Good enough',
    question: 'The sliding counter only estimates what the log knows. How often do they disagree, and in whose favour?',
    parameters: { arrivals: 'poisson', interval: 80, requests: 300 },
    algorithm: 'sliding-counter',
    beside: { algorithm: 'sliding-log' },
    tour: tours['good-enough'],
    answer: answers['good-enough'],
  },
  {
    id: 'burst-after-silence',
    title: 'A burst after silence',
    question:
      'A client is silent for three seconds and then sends fifteen requests at once. Who lets them through, who makes them wait, and what does the server behind see?',
    parameters: {
      arrivals: 'list',
      times: '0,500,1000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4000,4500,5000',
    },
    algorithm: 'token-bucket',
    beside: { algorithm: 'leaky-bucket' },
    tour: tours['burst-after-silence'],
    answer: answers['burst-after-silence'],
  },
  {
    id: 'on-a-hair',
    title: 'On a hair',
    question:
      'Ten tokens, one a second, a request every 100 ms: after ten requests and one second the bucket holds exactly one token. Does the eleventh pass?',
    parameters: { arrivals: 'constant', interval: 100, rate: 1, burst: 10, requests: 15 },
    algorithm: 'token-bucket',
    beside: { algorithm: 'broken-time-in-doubles' },
    tour: tours['on-a-hair'],
    answer: answers['on-a-hair'],
  },
  {
    id: 'twice-too-many',
    title: 'Twice too many',
    question: 'Twenty requests a second come at random where ten are allowed: which half gets through?',
    algorithm: 'token-bucket',
    beside: { algorithm: 'fixed-window' },
    tour: tours['twice-too-many'],
    answer: answers['twice-too-many'],
  },
  {
    id: 'many-clients',
    title: 'Many clients',
    question: 'A hundred clients share a server, each with a limit of its own: what does the limiter have to remember?',
    parameters: { clients: 100, limit: 5, burst: 5, rate: 5, arrivals: 'bursty', interval: 2, requests: 2000 },
    algorithm: 'sliding-log',
    beside: { algorithm: 'gcra' },
    tour: tours['many-clients'],
    answer: answers['many-clients'],
  },
];
