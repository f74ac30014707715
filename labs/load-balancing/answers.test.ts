/** What the results of each scenario say first, word by word, and that it stays true under any algorithm. */
import { testAnswers } from '../engine/testing/check-answers.ts';
import { SkipTheDead } from './exercises/1-skip-the-dead.ts';
import { FairByCounting } from './exercises/2-fair-by-counting.ts';
import { AChoiceThatRemembers } from './exercises/3-a-choice-that-remembers.ts';
import { AChoiceRemembered } from './exercises/solutions/3-a-choice-that-remembers.ts';
import { CountedFairly } from './exercises/solutions/2-fair-by-counting.ts';
import { SkippedTheDead } from './exercises/solutions/1-skip-the-dead.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';
import lab from './lab.ts';

const known = {
  failover: [
    'A went down at 3.54 s; the balancer noticed 110 ms later, and trusted it again 61 ms after its return. At the longest B and C took 5 requests in a row, because the balancer asks only servers that its probes have found up.',
    'A went down at 3.54 s, and the balancer never noticed: 2 requests failed, because it takes 3 bad probes in a row, one every 1,000 ms, to take a server for down.',
  ],
  'one-after-the-other': [
    '10 requests take 1,450 ms: A served 4, B served 3, C served 3, because each server has its turn, the slow ones as well.',
    '10 requests take 1,150 ms: A served 8, B served 1, C served 1, because after one try of each it remembers which one answers soonest.',
  ],
  'bursty-or-smooth': [
    'A request waits 0.142 mean service times on average, and of the first seven at most 2 in a row go to A, because the turns of A are spread: it works off some before the next ones come.',
    'A request waits 0.238 mean service times on average, and of the first seven at most 5 in a row go to A, because the turns of A come in a row: they queue there, while B and C have nothing to do.',
  ],
  'luck-or-choice': [
    'With “Power of two choices” at a load of 0.9 a request spends 2.65 mean service times in the system, one in a hundred more than 9, because of two servers it takes the less busy one, and long queues hardly form.',
    'With “Random” at a load of 0.9 a request spends 9.99 mean service times in the system, one in a hundred more than 46.1, because nobody looks: a long queue gets as many more as a short one.',
  ],
  'one-slow-server': [
    'A, 3 times as slow, got 11.5 % of the requests; by its speed it would be 10 %. A request spends 2.94 mean service times in the system, because a slow server keeps its requests longer, and who has many in hand gets fewer.',
    'A, 3 times as slow, got 25 % of the requests; by its speed it would be 10 %. A request spends 5,480 mean service times in the system, because turns do not ask who is slow, and the slow server gets more than it can serve.',
  ],
  herd: [
    'A got 3,845 of 20,000 requests; half of all take more than 57.6 mean service times, one in a hundred more than 554, because A gets its share little by little over 10 s, and the requests at the other servers wait a little longer.',
    'A got 3,827 of 20,000 requests; half of all take more than 46.4 mean service times, one in a hundred more than 777, because A looks best to the rule when it is back, so requests crowd there until its slow answers come in: those few pay.',
  ],
  draining: [
    'None of 5,000 requests failed, because A got no new requests before it went down, and had served those that it had.',
    '0.64 % of the requests failed: 2 (crash), 30 (down), because nobody told the balancer that A was going down.',
  ],
  'black-hole': [
    '7.44 % of the requests failed: 1 (crash), 371 (down), because a dead server refuses at once, has nothing in hand and looks the least busy of all.',
    '4.6 % of the requests failed: 1 (crash), 229 (down), because A gets no more than its turns until the balancer takes it for down.',
  ],
  'gray-failure': [
    'B got 1,972 of 20,000 requests, and a request spends 4.02 mean service times in the system, because the probe wants a prompt answer, and B does not give one while it is slow.',
    'B got 5,000 of 20,000 requests, and a request spends 827 mean service times in the system, because B answers every probe, however late, and so it is never taken for down.',
  ],
  'long-pause': [
    'C got 12,434 of 60,000 requests, its pause of 8 s included, because one request in fifty goes to any server, and so it is found out that C answers again.',
    'C got 12,380 of 60,000 requests, its pause of 8 s included, because an average that no answer renews fades, and C is asked again.',
  ],
  'two-down': [
    'A got 921 of 2,000 requests, and D got 921, because a turn of B or C passes to the next that is up, and the one after that has the turn that follows.',
  ],
};

testAnswers(lab, known, [
  SkipTheDead,
  FairByCounting,
  AChoiceThatRemembers,
  AChoiceRemembered,
  CountedFairly,
  SkippedTheDead,
  NewAlgorithm,
]);
