/** The answers to the questions of the scenarios, in each run's own figures: what only one algorithm does is said of that one alone. */
import { because, type AnsweredRun, type Scenario } from 'system-design-labs/engine';
import type { Values } from './parameters.ts';

type Answer = NonNullable<Scenario['answer']>;

/** What a run of this lab has in its result. */
interface Result {
  /** By gateway. */
  refusedPerGateway: Readonly<Record<string, number>>;
  /** What the store has counted at the end; null where it keeps no count. */
  counted: number | null;
}

const resultOf = ({ result }: AnsweredRun) => result as unknown as Result;
const valuesOf = ({ parameters }: AnsweredRun) => parameters as unknown as Values;

/** The first sentence of each run's take-aways, without its full stop. */
export function howMany({ requests, limit }: Values, admitted: number): string {
  const over = admitted > limit ? `: ${admitted - limit} too many` : '';
  return `${admitted} of ${requests} requests got through where ${limit} were allowed${over}`;
}

/** Why the quota holds, under the algorithms that keep it. */
function whyItHolds({ limit, gateways }: Values): Record<string, string> {
  return {
    'store-decides': 'the store looks at the count and raises it in one step, and nobody comes between',
    'own-share': `each of ${gateways} gateways has ${Math.floor(limit / gateways)} of its own, and asks nobody`,
  };
}

const lostUpdates: Answer = (run) => {
  const { counted } = resultOf(run);
  const { admitted } = run.metrics;
  if (counted === null || counted > admitted!) return undefined;
  const said = `After the last request the store has counted ${counted} of ${admitted} that got through`;
  return because(said, run, {
    'store-decides': 'it looks at the count and raises it in one step: no update is lost',
    ...(counted < admitted!
      ? {
          'read-then-write':
            'two gateways that read the same count write back the same one, and an update is lost: without the first ' +
            'loss the count would be one more from there on',
        }
      : {}),
  });
};

const readThenWrite: Answer = (run) => {
  const values = valuesOf(run);
  const { admitted, overAdmitted } = run.metrics;
  return because(howMany(values, admitted!), run, {
    ...whyItHolds(values),
    ...(overAdmitted! > 0
      ? {
          'read-then-write': `others read the same count in the ${2 * values.latency} ms or so between reading it and having written it`,
          'sync-now-and-then': 'each gateway goes by what it last heard of the others',
        }
      : {}),
  });
};

const aNearerStore: Answer = (run) => {
  const values = valuesOf(run);
  const { admitted, overAdmitted } = run.metrics;
  const gap = `others read the same count in the ${2 * values.latency} ms or so between reading it and having written it`;
  return because(howMany(values, admitted!), run, {
    ...whyItHolds(values),
    ...(overAdmitted! > 0 ? { 'read-then-write': `${gap}: a nearer store makes that shorter, and not nothing` } : {}),
  });
};

const staleCounts: Answer = (run) => {
  const values = valuesOf(run);
  const { admitted, overAdmitted } = run.metrics;
  const stale = `what a gateway knows of the others is up to ${2 * values.syncEvery} ms old, and the ways to the store besides`;
  return because(howMany(values, admitted!), run, {
    ...whyItHolds(values),
    ...(overAdmitted! > 0 ? { 'sync-now-and-then': stale } : {}),
  });
};

const unevenLoad: Answer = (run) => {
  const { limit } = valuesOf(run);
  const { admitted, refusedWithoutNeed } = run.metrics;
  if (refusedWithoutNeed === 0) {
    return because(`Nobody: ${admitted} requests got through, and the quota of ${limit} is used up`, run, {
      'store-decides': 'the store gives to whoever asks, whichever gateway that is',
    });
  }
  const who = Object.entries(resultOf(run).refusedPerGateway)
    .filter(([, refused]) => refused > 0)
    .map(([gateway, refused]) => `${gateway} refused ${refused} requests`);
  return because(`${who.join(', ')}, and ${admitted} of the quota of ${limit} are used`, run, {
    'own-share': 'its own share is used up, and it cannot have what the others have left',
  });
};

/** By scenario. */
export const answers = {
  'lost-updates': lostUpdates,
  'read-then-write': readThenWrite,
  'a-nearer-store': aNearerStore,
  'stale-counts': staleCounts,
  'uneven-load': unevenLoad,
} satisfies Record<string, Answer>;
