/** What the results of each scenario say first, word by word, and that it stays true under any algorithm. */
import { testAnswers } from '../engine/testing/check-answers.ts';
import { GiveItBack } from './exercises/1-give-it-back.ts';
import { InkBeforeWord } from './exercises/2-ink-before-word.ts';
import { AskANeighbour } from './exercises/3-ask-a-neighbour.ts';
import { AskedANeighbour } from './exercises/solutions/3-ask-a-neighbour.ts';
import { GaveItBack } from './exercises/solutions/1-give-it-back.ts';
import { WroteFirst } from './exercises/solutions/2-ink-before-word.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';
import lab from './lab.ts';

const known = {
  'four-orders': [
    'Order 1 is committed, order 2 aborted, order 3 committed, order 4 aborted, with 26 messages in all, because each service says No to what it has not, and one No aborts; a commit costs 8 messages, an abort after one No 5.',
    'Order 1 is committed, order 2 aborted, order 3 committed, order 4 aborted, with 30 messages in all, because each service says No to what it has not, and one No aborts; a commit costs 10 messages, an abort after one No 5.',
  ],
  'all-well': [
    'It takes 16 messages to commit 2 orders, because both services tell the coordinator Yes, and it has happened once its commit is safe on disk; then it tells them and they confirm it.',
    'It takes 20 messages to commit 2 orders, because both services tell the coordinator Yes, and it has happened once its commit is safe on disk; then it tells them and they confirm it, and before that it tells both that all said Yes and hears that they know.',
  ],
  'out-of-stock': [
    'Order 1 is aborted, order 2 committed, because the inventory says No and knows already, and only the delivery service, which said Yes, has to hear of it.',
  ],
  'no-courier': [
    'Order 1 is committed, order 2 aborted; a lock is held for 30 ms on average, because the No of the delivery service aborts the order, and the lock on its dish is taken off again.',
    'Order 1 is committed, order 2 committed; a lock is held for 35 ms on average, because there is a courier for each order: what is locked is handed out.',
  ],
  'last-piece': [
    'Three of 3 are enough: the order is committed, because an order is refused only if it wants more than are free.',
    'Three were not enough here, and should be: there are 3, and the order for 3 was refused.',
  ],
  'crash-before-vote': [
    'Order 1 is aborted, order 2 committed, because the coordinator may decide alone while a vote is missing: silence is as good as a No, since nobody can have committed.',
  ],
  'crash-after-vote': [
    'Order 1 is committed, order 2 committed, because its Yes and its lock are in its log when it is back, and it asks the coordinator for the outcome.',
    'Order 1 is committed, order 2 aborted, because its Yes and its lock are in its log when it is back, and it asks the others for the outcome.',
  ],
  'coordinator-crash': [
    '2 of 2 services wait for a coordinator that is dead, because they said Yes, and it may have decided either way: they may neither commit nor abort.',
    'Order 1 is aborted while the coordinator is dead, and a lock is held for 313 ms on average, because the survivors have asked each other: both are uncertain, and so nobody can have committed.',
  ],
  'coordinator-returns': [
    '1 try ended in an abort, and the order began anew under a new name, because the coordinator presumes abort where its log says nothing: a commit would be in there before anybody was told of it.',
    '1 try ended in an abort, and the order began anew under a new name, because the coordinator presumes abort where its log says nothing: a commit would be in there before anybody was told of it.',
  ],
  'coordinator-crash-between': [
    'Order 1 is committed, and 0 of 2 services are in doubt at the end, because the survivors ask each other: one knows that all said Yes, and the other learns it from that one before they act.',
    'Order 1 is torn apart: inventory committed transaction 0.0, delivery aborted it.',
  ],
  'lost-messages': [
    '8 of 12 orders are committed and 4 aborted, and a lock is held for 70 ms on average, because a prepare or a vote that is lost costs the order, as silence counts as No, and a decision that is lost is told again and costs time.',
    '12 of 12 orders are committed and 0 aborted, and a lock is held for 35 ms on average, because no message is lost: no vote is missing, and no decision has to be told twice.',
  ],
  'late-messages': [
    'Order 1 is committed, order 2 aborted, because late or lost, it cannot tell: who has said Yes asks and waits, and decides nothing by a time-out.',
    'Order 1 is torn apart: coordinator committed transaction 0.0, delivery aborted it.',
  ],
  partition: [
    'Order 1 is torn apart: coordinator committed transaction 0.0, delivery aborted it, because each side takes the other for dead, and decides by what it knows itself.',
    'Order 1 is committed, order 2 committed, and a lock is held for 285 ms on average, because dead or cut off, it cannot tell: who has said Yes waits until the cable is mended.',
  ],
};

testAnswers(lab, known, [
  GiveItBack,
  InkBeforeWord,
  AskANeighbour,
  AskedANeighbour,
  GaveItBack,
  WroteFirst,
  NewAlgorithm,
]);
