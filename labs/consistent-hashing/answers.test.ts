/** What the results of each scenario say first, word by word, and that it stays true under any algorithm. */
import { testAnswers } from '../engine/testing/check-answers.ts';
import { CloseTheCircle } from './exercises/1-close-the-circle.ts';
import { PointsThatVanish } from './exercises/2-points-that-vanish.ts';
import { JumpOverGaps } from './exercises/3-jump-over-gaps.ts';
import { ClosedCircle } from './exercises/solutions/1-close-the-circle.ts';
import { JumpedGaps } from './exercises/solutions/3-jump-over-gaps.ts';
import { PointsThatStay } from './exercises/solutions/2-points-that-vanish.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';
import lab from './lab.ts';

const known = {
  'one-leaves': [
    '4 keys move on from the server that leaves (shard-0 gets 4), because a key goes on clockwise to the next point, and no other key has lost its own.',
  ],
  'why-virtual-nodes': [
    'The fullest of 10 servers holds 2.3 times the mean, and 81 keys move on from the one that leaves (shard-0 gets 81), because each server has one arc, as long as chance made it, and one server behind it.',
    'The fullest of 10 servers holds 1.2 times the mean, and 108 keys move on from the one that leaves (9 servers share them, none gets more than 22), because each server has 100 arcs, long and short ones, and different servers behind them.',
  ],
  'at-scale': [
    '1,021 copies are made of 10,000 keys, 544 when servers leave and 477 when new ones come, because only keys of servers that leave, and keys of those that come, change their owner.',
    '19,012 copies are made of 10,000 keys, 9,516 when servers leave and 9,496 when new ones come, because a key has nearly always another rest when it is divided by another number of servers.',
  ],
  'only-the-last': [
    '41 keys move (4.1 %) when the last server leaves, 0 of them between servers that stay, because no other server gets another number.',
    '998 keys move (99.8 %) when the first server leaves, 943 of them between servers that stay, because all the others move up by one number in its list.',
  ],
  'the-fullest-server': [
    'The fullest server holds 109 keys, 2.2 times the mean, and 0 keys move between servers that stay, because nothing but the lengths of its 3 arcs decides how full a server is, and nobody passes keys on.',
    'The fullest server holds 63 keys, 1.3 times the mean, and 8 keys move between servers that stay, because a server that holds 1.25 times the mean passes keys on, and the bound changes with the number of servers.',
  ],
  'a-hash-that-clumps': [
    'The fullest server holds 258 keys and the emptiest 42, because raw FNV-1a hardly stirs the last character in: the 3 points of a server lie close together, and are little better than one.',
    'The fullest server holds 168 keys and the emptiest 50, because MurmurHash3 scatters names that differ in one character, and only chance is left.',
  ],
};

testAnswers(lab, known, [
  CloseTheCircle,
  PointsThatVanish,
  JumpOverGaps,
  ClosedCircle,
  JumpedGaps,
  PointsThatStay,
  NewAlgorithm,
]);
