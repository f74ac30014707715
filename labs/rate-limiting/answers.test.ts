/** What the results of each scenario say first, word by word, and that it stays true under any algorithm. */
import { testAnswers } from '../engine/testing/check-answers.ts';
import { OneMoreThanAllowed } from './exercises/1-one-more-than-allowed.ts';
import { ForgetsTooEarly } from './exercises/2-forgets-too-early.ts';
import { CreditWithoutEnd } from './exercises/3-credit-without-end.ts';
import { ExactlyAsMany } from './exercises/solutions/1-one-more-than-allowed.ts';
import { ForgetsInTime } from './exercises/solutions/2-forgets-too-early.ts';
import { NoCreditForSilence } from './exercises/solutions/3-credit-without-end.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';
import lab from './lab.ts';

const known = {
  'boundary-burst': [
    '20 of 20 requests get through, because they lie on both sides of an edge, and each window counts its own alone.',
    '10 of 20 requests get through, because the log counts those of the last second, whether an edge lies between or not.',
  ],
  'good-enough': [
    '73 of 300 requests are decided otherwise than by the log: 41 pass that it refuses, 32 are refused that it lets pass, because the counter knows how many came in the window before, and not when.',
    'None of 300 requests is decided otherwise than by the log, because this is the log.',
  ],
  'burst-after-silence': [
    '10 of the 15 that come at once are admitted, those admitted do not wait, and the server behind sees 10 at the most within 100 ms, because after the silence the bucket is full: 10 may pass at once.',
    '11 of the 15 that come at once are admitted, those admitted wait 394 ms on average, and the server behind sees 1 at the most within 100 ms, because the queue passes one on every 100 ms, however many stand in it.',
  ],
  'on-a-hair': [
    'The eleventh request passes, because in 1000 ms exactly one token flows back, and parts of tokens are counted in whole numbers.',
    'The eleventh request is refused and should pass: in 1000 ms exactly one token flows back.',
  ],
  'twice-too-many': [
    '106 of 200 requests get through, and at most 5 in a row are refused, because every 100 ms there is room for one more: whoever comes next gets through.',
    '100 of 200 requests get through, and at most 16 in a row are refused, because the first 10 of each window get through, and the rest of it is refused.',
  ],
  'many-clients': [
    'It remembers 56 bytes for each client: a million clients take 56 MB, because it keeps the time of each request of the last window.',
    'It remembers 8 bytes for each client: a million clients take 8 MB, because one time says when the next request is due, and all before it need not be known.',
  ],
};

testAnswers(lab, known, [
  OneMoreThanAllowed,
  ForgetsTooEarly,
  CreditWithoutEnd,
  ExactlyAsMany,
  ForgetsInTime,
  NoCreditForSilence,
  NewAlgorithm,
]);
