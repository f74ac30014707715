/** The answers to the questions of the scenarios, in each run's own figures: what only one algorithm does is said of that one alone. */
import { because, type AnsweredRun, type Scenario } from 'system-design-labs/engine';
import { timesIn, type Values } from './parameters.ts';

type Answer = NonNullable<Scenario['answer']>;

/** What a run of this lab has in its result. */
interface Result {
  /** T for each request that was admitted, F for each that was refused; null where there are too many. */
  decisions: string | null;
  /** Requests that the exact log would have decided otherwise; null where there are too many. */
  unlikeTheLog: { admitted: number; refused: number } | null;
  /** The most that were passed on within a tenth of a window. */
  peakInATenth: number;
}

const resultOf = ({ result }: AnsweredRun) => result as unknown as Result;
const valuesOf = ({ parameters }: AnsweredRun) => parameters as unknown as Values;

const boundaryBurst: Answer = (run) => {
  const { admitted, refused } = run.metrics;
  const { rate } = valuesOf(run);
  const said = `${admitted} of ${admitted! + refused!} requests get through`;
  return because(said, run, {
    'fixed-window': 'they lie on both sides of an edge, and each window counts its own alone',
    'sliding-log': 'the log counts those of the last second, whether an edge lies between or not',
    'sliding-counter': 'the window before goes on counting for as much of it as lies within the last second',
    'token-bucket': `the bucket is full in the beginning, and ${rate} a second flow back`,
    'leaky-meter': `there is room for a burst, and ${rate} a second leak away`,
    gcra: `there is credit for a burst, and ${rate} a second are added`,
    'leaky-bucket': `the queue has room for a burst, and ${rate} a second leave it`,
  });
};

const goodEnough: Answer = (run) => {
  const { unlikeTheLog } = resultOf(run);
  if (unlikeTheLog === null) return undefined;
  const { admitted, refused } = unlikeTheLog;
  const all = run.metrics.admitted! + run.metrics.refused!;
  const said =
    admitted + refused === 0
      ? `None of ${all} requests is decided otherwise than by the log`
      : `${admitted + refused} of ${all} requests are decided otherwise than by the log: ${admitted} pass that it refuses, ` +
        `${refused} are refused that it lets pass`;
  return because(said, run, {
    'sliding-counter': 'the counter knows how many came in the window before, and not when',
    'sliding-log': 'this is the log',
    'fixed-window': 'it forgets at each edge what came before',
  });
};

const burstAfterSilence: Answer = (run) => {
  const { decisions, peakInATenth } = resultOf(run);
  const { times, window, rate, burst } = valuesOf(run);
  const listed = timesIn(times);
  const atOnce = listed.flatMap((time, index) => (listed.filter((one) => one === time).length > 1 ? [index] : []));
  const passed = atOnce.filter((index) => decisions?.[index] === 'T').length;
  const waiting =
    run.metrics.meanDelay! > 0 ? `wait ${Math.round(run.metrics.meanDelay!)} ms on average` : 'do not wait';
  const said =
    `${passed} of the ${atOnce.length} that come at once are admitted, those admitted ${waiting}, and the server behind ` +
    `sees ${peakInATenth} at the most within ${window / 10} ms`;
  return because(said, run, {
    'token-bucket': `after the silence the bucket is full: ${burst} may pass at once`,
    'leaky-meter': `after the silence the bucket is empty: ${burst} may pass at once`,
    gcra: `after the silence there is credit for ${burst}`,
    'leaky-bucket': `the queue passes one on every ${1000 / rate} ms, however many stand in it`,
    'fixed-window': 'a window counts how many come, not how close together',
    'sliding-log': 'the log counts how many come, not how close together',
    'sliding-counter': 'the counter counts how many come, not how close together',
  });
};

const onAHair: Answer = (run) => {
  const { window } = valuesOf(run);
  const passes = resultOf(run).decisions?.[10] === 'T';
  const exactness = run.checks.find(({ name }) => name === 'exactness');
  if (exactness?.verdict === 'broken' && exactness.detail.startsWith('request-10 ')) {
    return passes
      ? 'The eleventh request passes, and should not.'
      : 'The eleventh request is refused and should pass: in 1000 ms exactly one token flows back.';
  }
  if (!passes) return 'The eleventh request is refused.';
  return because('The eleventh request passes', run, {
    'token-bucket': 'in 1000 ms exactly one token flows back, and parts of tokens are counted in whole numbers',
    'leaky-meter': 'in 1000 ms exactly one request leaks away, and parts of it are counted in whole numbers',
    gcra: 'in 1000 ms exactly one request falls due, and parts of it are counted in whole numbers',
    'fixed-window': `it is the first of a new window of ${window} ms`,
    'sliding-log': `the first request is ${window} ms ago by then, and out of the log`,
  });
};

const twiceTooMany: Answer = (run) => {
  const { decisions } = resultOf(run);
  if (decisions === null) return undefined;
  const inARow = Math.max(...decisions.split('T').map(({ length }) => length));
  const { limit, window, rate } = valuesOf(run);
  const refusals = inARow === 0 ? 'none is refused' : `at most ${inARow} in a row are refused`;
  const said = `${run.metrics.admitted} of ${decisions.length} requests get through, and ${refusals}`;
  const next = `every ${1000 / rate} ms there is room for one more: whoever comes next gets through`;
  return because(said, run, {
    'token-bucket': next,
    'leaky-meter': next,
    gcra: next,
    'leaky-bucket': next,
    'fixed-window': `the first ${limit} of each window get through, and the rest of it is refused`,
    'sliding-log': `each that got through makes room for another ${window} ms later`,
    'sliding-counter': 'the window before counts for less and less, and makes room bit by bit',
  });
};

const manyClients: Answer = (run) => {
  const { bytesPerKey } = run.metrics;
  const { verdict } = run.checks.find(({ name }) => name === 'memory')!;
  if (verdict === 'broken') return `It remembers ${bytesPerKey} bytes for each client, and goes on growing.`;
  const said = `It remembers ${bytesPerKey} bytes for each client: a million clients take ${bytesPerKey} MB`;
  return because(said, run, {
    'sliding-log': 'it keeps the time of each request of the last window',
    gcra: 'one time says when the next request is due, and all before it need not be known',
    'fixed-window': 'the window and a count are enough',
    'sliding-counter': 'the window and two counts are enough',
    'token-bucket': 'a level and when it was looked at last are enough',
    'leaky-meter': 'a level and when it was looked at last are enough',
  });
};

/** By scenario. */
export const answers = {
  'boundary-burst': boundaryBurst,
  'good-enough': goodEnough,
  'burst-after-silence': burstAfterSilence,
  'on-a-hair': onAHair,
  'twice-too-many': twiceTooMany,
  'many-clients': manyClients,
} satisfies Record<string, Answer>;
