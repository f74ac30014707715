/** Consistent hashing: which server owns a key, and how few keys move when servers come and go. */
import { definePureLab, type Algorithm } from 'system-design-labs/engine';
import { BoundedLoads } from './bounded-loads.ts';
import { OnePointLeft } from './broken/one-point-left.ts';
import { OneTooMany } from './broken/one-too-many.ts';
import { SeatNumber } from './broken/seat-number.ts';
import { exercises } from './exercises.ts';
import { Jump } from './jump.ts';
import { Maglev } from './maglev.ts';
import { Modulo } from './modulo.ts';
import { parameters } from './parameters.ts';
import { contract, type KeyPlacementClass } from './placement.ts';
import { Rendezvous } from './rendezvous.ts';
import { Ring } from './ring.ts';
import { PlacementRun } from './run/placement-run.ts';
import { scenarios } from './scenarios.ts';

const algorithms: Algorithm<KeyPlacementClass>[] = [
  {
    id: 'modulo',
    title: 'Modulo',
    summary:
      "The hash value modulo the number of servers: everyone's first idea, and wrong as soon as that number changes.",
    implementation: Modulo,
    uses: [],
    expects: { monotonicity: 'broken' },
  },
  {
    id: 'ring',
    title: 'Hash ring',
    summary:
      'Servers and keys on one circle, the next server clockwise owns the key: for servers that come and go in any order.',
    implementation: Ring,
    uses: ['virtualNodes'],
  },
  {
    id: 'jump',
    title: 'Jump hash',
    summary: 'Computes the owner without a table, perfectly even: for numbered shards that are only added at the end.',
    implementation: Jump,
    uses: [],
    expects: { monotonicity: 'broken' },
  },
  {
    id: 'rendezvous',
    title: 'Rendezvous hashing',
    summary:
      'Every server draws for the key and the highest draw wins: even and without state, for up to a hundred servers or so.',
    implementation: Rendezvous,
    uses: [],
  },
  {
    id: 'maglev',
    title: 'Maglev hashing',
    summary:
      'A table that the servers fill in turns: the fastest look-up, for load balancers that can bear a few extra moves.',
    implementation: Maglev,
    uses: [],
    expects: { monotonicity: 'broken' },
  },
  {
    id: 'bounded-loads',
    title: 'Bounded loads',
    summary:
      'A ring on which full servers pass keys on: for when one overloaded server hurts more than a few extra moves.',
    implementation: BoundedLoads,
    uses: ['virtualNodes', 'epsilon'],
    expects: { monotonicity: 'broken' },
  },
  {
    id: 'broken-one-point-left',
    title: 'One point left',
    summary: 'A ring that goes wrong when a server leaves.',
    implementation: OnePointLeft,
    uses: ['virtualNodes'],
    expects: { ownership: 'broken' },
    broken: {
      bug: 'removeServer looks for the point of the server and takes off the first it finds; with several virtual nodes the others stay, and keys keep going to a server that is gone.',
      check: 'ownership',
      seed: 7,
    },
  },
  {
    id: 'broken-seat-number',
    title: 'Seat number',
    summary: 'Rendezvous hashing that goes wrong when a server leaves.',
    implementation: SeatNumber,
    uses: [],
    expects: { monotonicity: 'broken' },
    broken: {
      bug: 'The draw mixes the key with the index of the server in the list, not with its name; when one leaves, all behind it draw with the numbers of others.',
      check: 'monotonicity',
      seed: 7,
    },
  },
  {
    id: 'broken-one-too-many',
    title: 'One too many',
    summary: 'Bounded loads that do not keep their bound.',
    implementation: OneTooMany,
    uses: ['virtualNodes', 'epsilon'],
    expects: { loadBound: 'broken', monotonicity: 'broken' },
    broken: {
      bug: 'A key walks on while the load is above the capacity: > where >= was meant. A server that is exactly full takes one more.',
      check: 'loadBound',
      seed: 7,
    },
  },
];

export default definePureLab({
  id: 'consistent-hashing',
  title: 'Consistent hashing',
  chapter: 'Data',
  level: 'beginner',
  summary:
    'Which server owns a key, and how many keys have to move when servers come and go? Six answers, from the obvious one that moves nearly everything to those that move no more than they must.',
  concepts: [
    'hash ring',
    'virtual nodes',
    'minimal disruption',
    'monotonicity',
    'load balance',
    'jump hash',
    'rendezvous hashing',
    'Maglev hashing',
    'bounded loads',
  ],
  contract,
  parameters,
  brief: { servers: 100, virtualNodes: 20, keys: 1000, remove: 10, add: 10 },
  algorithms,
  scenarios,
  defaultScenario: 'at-scale',
  metrics: {
    loadMean: { title: 'Mean load', unit: 'keys', help: 'Keys a server holds on average, once all are placed.' },
    loadStdDev: {
      title: 'Standard deviation of the load',
      unit: 'keys',
      better: 'low',
      help: 'How far the servers are from the mean: square root of the mean squared distance.',
    },
    loadMin: { title: 'Smallest load', unit: 'keys', better: 'high' },
    loadMax: { title: 'Largest load', unit: 'keys', better: 'low' },
    emptyServers: { title: 'Servers without a key', unit: 'servers', better: 'low' },
    movedOnRemove: {
      title: 'Moved when servers left',
      unit: 'keys',
      better: 'low',
      help: 'Keys with another owner after servers left. Those of the servers that left have to move; no others do.',
    },
    movedOnAdd: {
      title: 'Moved when servers joined',
      unit: 'keys',
      better: 'low',
      help: 'Keys with another owner after servers joined. A fair share has to move to them; no other key does.',
    },
    movedBetweenSurvivors: {
      title: 'Moved between servers that stayed',
      unit: 'keys',
      better: 'low',
      help: 'Keys that moved although their old owner stayed and their new one was there before: work for nothing.',
    },
  },
  checks: {
    monotonicity: {
      title: 'No key moves between two servers that stay',
      help: 'When servers leave, only their keys move; when servers join, keys move only to them (monotonicity, Karger et al. 1997).',
    },
    ownership: {
      title: 'Every key has one living owner',
      help: 'Each key belongs to a server that is there, and to the same one whenever and in whatever order one asks.',
    },
    loadBound: {
      title: 'No server is above its bound',
      help: 'After each change no server holds more than (1 + ε) · keys / servers, rounded up. Judged where an algorithm sets itself a bound.',
    },
  },
  views: ['ring', 'charts', 'log'],
  sweeps: [
    { parameter: 'virtualNodes', from: 1, to: 100, metric: 'loadStdDev', parameters: { servers: 20, keys: 20_000 } },
    {
      parameter: 'servers',
      from: 10,
      to: 1000,
      metric: 'movedOnRemove',
      parameters: { keys: 20_000, remove: 1, add: 0 },
    },
  ],
  actions: [
    { id: 'removeServer', title: 'Remove this server', target: 'node', argument: 'server' },
    { id: 'addServer', title: 'Add a server', target: 'ring' },
  ],
  ignored: ({ remove, removeFrom }) =>
    remove === 0 && removeFrom !== parameters.removeFrom.default
      ? [{ what: 'removeFrom', why: 'no server leaves: remove is 0' }]
      : [],
  exercises,
  begin: (setup) => new PlacementRun(setup),
});
