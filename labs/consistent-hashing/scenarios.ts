/** The worlds that the algorithms are put in: most of them contrast pairs, with the same seed and one difference. */
import type { Scenario } from 'system-design-labs/engine';
import { answers } from './answers.ts';
import { tours } from './tours.ts';

export const scenarios: readonly Scenario[] = [
  {
    id: 'one-leaves',
    title: 'One leaves',
    question:
      'Which keys move when a server leaves, and where do they go? Click a server to remove it, the circle to add one.',
    parameters: { servers: 5, virtualNodes: 1, keys: 24, remove: 1, add: 0 },
    algorithm: 'ring',
    tour: tours['one-leaves'],
    answer: answers['one-leaves'],
  },
  {
    id: 'why-virtual-nodes',
    title: 'Why virtual nodes',
    question:
      'Ten servers with one point each: how uneven is it, and who inherits from the one that leaves? And with 100 points?',
    parameters: { servers: 10, virtualNodes: 1, keys: 1000, remove: 1, add: 0 },
    algorithm: 'ring',
    beside: { parameters: { virtualNodes: 100 } },
    tour: tours['why-virtual-nodes'],
    answer: answers['why-virtual-nodes'],
  },
  {
    id: 'at-scale',
    title: 'At scale',
    question: '50 of 1,000 servers leave and 50 new ones come: how many of 10,000 keys have to be copied?',
    algorithm: 'ring',
    beside: { algorithm: 'modulo' },
    tour: tours['at-scale'],
    answer: answers['at-scale'],
  },
  {
    id: 'only-the-last',
    title: 'Only the last',
    question: 'Jump hash is perfect while the last server leaves. What happens when it is any other?',
    parameters: { servers: 20, keys: 1000, remove: 1, removeFrom: 'last', add: 1 },
    algorithm: 'jump',
    beside: { parameters: { removeFrom: 'first' } },
    tour: tours['only-the-last'],
    answer: answers['only-the-last'],
  },
  {
    id: 'the-fullest-server',
    title: 'The fullest server',
    question: 'How full is the fullest server of a plain ring, and what does it cost to put a bound on it?',
    parameters: { servers: 20, virtualNodes: 3, keys: 1000, remove: 1, add: 1 },
    algorithm: 'ring',
    beside: { algorithm: 'bounded-loads' },
    tour: tours['the-fullest-server'],
    answer: answers['the-fullest-server'],
  },
  {
    id: 'a-hash-that-clumps',
    title: 'A hash that clumps',
    question:
      'Three virtual nodes a server, and still uneven: what has raw FNV-1a done with names that differ in one character?',
    parameters: { servers: 10, virtualNodes: 3, keys: 1000, remove: 1, add: 0, hash: 'fnv1a' },
    algorithm: 'ring',
    beside: { parameters: { hash: 'murmur3' } },
    tour: tours['a-hash-that-clumps'],
    answer: answers['a-hash-that-clumps'],
  },
];
