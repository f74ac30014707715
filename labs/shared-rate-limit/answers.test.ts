/** What the results of each scenario say first, word by word, and that it stays true under any algorithm. */
import { testAnswers } from '../engine/testing/check-answers.ts';
import { TheLastOne } from './exercises/1-the-last-one.ts';
import { CompareAndSet } from './exercises/2-compare-and-set.ts';
import { PermitsInAdvance } from './exercises/3-permits-in-advance.ts';
import { NoMoreThanGiven } from './exercises/solutions/3-permits-in-advance.ts';
import { OnlyIfStillTrue } from './exercises/solutions/2-compare-and-set.ts';
import { RoomForOne } from './exercises/solutions/1-the-last-one.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';
import lab from './lab.ts';

const known = {
  'lost-updates': [
    'After the last request the store has counted 7 of 30 that got through, because two gateways that read the same count write back the same one, and an update is lost: without the first loss the count would be one more from there on.',
    'After the last request the store has counted 10 of 10 that got through, because it looks at the count and raises it in one step: no update is lost.',
  ],
  'read-then-write': [
    '341 of 400 requests got through where 100 were allowed: 241 too many, because others read the same count in the 20 ms or so between reading it and having written it.',
    '100 of 400 requests got through where 100 were allowed, because the store looks at the count and raises it in one step, and nobody comes between.',
  ],
  'a-nearer-store': [
    '341 of 400 requests got through where 100 were allowed: 241 too many, because others read the same count in the 20 ms or so between reading it and having written it: a nearer store makes that shorter, and not nothing.',
    '116 of 400 requests got through where 100 were allowed: 16 too many, because others read the same count in the 2 ms or so between reading it and having written it: a nearer store makes that shorter, and not nothing.',
  ],
  'stale-counts': [
    '143 of 400 requests got through where 100 were allowed: 43 too many, because what a gateway knows of the others is up to 200 ms old, and the ways to the store besides.',
    '119 of 400 requests got through where 100 were allowed: 19 too many, because what a gateway knows of the others is up to 20 ms old, and the ways to the store besides.',
  ],
  'uneven-load': [
    'gateway-1 refused 130 requests, and 70 of the quota of 100 are used, because its own share is used up, and it cannot have what the others have left.',
    'Nobody: 100 requests got through, and the quota of 100 is used up, because the store gives to whoever asks, whichever gateway that is.',
  ],
};

testAnswers(lab, known, [
  TheLastOne,
  CompareAndSet,
  PermitsInAdvance,
  NoMoreThanGiven,
  OnlyIfStillTrue,
  RoomForOne,
  NewAlgorithm,
]);
