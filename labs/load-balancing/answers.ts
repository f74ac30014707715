/** The answers to the questions of the scenarios, in each run's own figures: what only one algorithm does is said of that one alone. */
import { because, type AnsweredRun, type Scenario } from 'system-design-labs/engine';
import type { Values } from './parameters.ts';
import { counted, failing, figure, slowServer, timeSpent } from './run/takeaways.ts';

type Answer = NonNullable<Scenario['answer']>;

/** What a run of this lab has in its result. */
interface Result {
  servers: readonly string[];
  perServer: readonly number[];
  /** Who got which request; left out of long runs. */
  sequence?: readonly string[];
  failures: Readonly<Record<string, number>>;
  /** When the balancer knew of what befell its servers, in words. */
  noticed: readonly string[];
}

const resultOf = ({ result }: AnsweredRun) => result as unknown as Result;
const valuesOf = ({ parameters }: AnsweredRun) => parameters as unknown as Values;

/** Those that do what they say. A reason that lies in the servers or the health check is true of them all. */
const sound = [
  'round-robin',
  'weighted-bursty',
  'weighted-smooth',
  'least-connections',
  'least-response-time',
  'ip-hash',
  'random',
  'two-choices',
  'peak-ewma',
];
const ofAll = (reason: string) => Object.fromEntries(sound.map((id) => [id, reason]));

const open = (sentence: string) => sentence.replace(/\.$/, '');

/** How many requests a server got, of how many. */
function shareOf(run: AnsweredRun, server: string): string {
  const { servers, perServer } = resultOf(run);
  const all = perServer.reduce((sum, count) => sum + count, 0);
  return `${server} got ${counted(perServer[servers.indexOf(server)]!)} of ${counted(all)} requests`;
}

/** In their own words, or that there are none. */
function failuresOf(run: AnsweredRun): string {
  const { metrics } = run;
  const failed = failing({ failures: new Map(Object.entries(resultOf(run).failures)), metrics });
  return failed === undefined ? `None of ${counted(metrics.succeeded!)} requests failed` : open(failed);
}

/** The longest stretch of requests for which something is so. */
function longest(sequence: readonly string[], isSo: (server: string) => boolean): readonly string[] {
  let best: readonly string[] = [];
  let from = 0;
  for (const [index, server] of sequence.entries()) {
    if (!isSo(server)) from = index + 1;
    else if (index + 1 - from > best.length) best = sequence.slice(from, index + 1);
  }
  return best;
}

const failover: Answer = (run) => {
  const { noticed, sequence = [] } = resultOf(run);
  const [word] = noticed;
  if (word === undefined) return undefined;
  const { failed } = run.metrics;
  const { healthInterval, unhealthyAfter } = valuesOf(run);
  const without = longest(sequence, (server) => server !== 'A');
  const who = [...new Set(without)].sort().join(' and ');
  if (!/ later/.test(word)) {
    const bad = `it takes ${unhealthyAfter} bad probes in a row, one every ${counted(healthInterval)} ms, to take a server for down`;
    return because(`${open(word)}: ${counted(failed!)} requests failed`, run, ofAll(bad));
  }
  if (without.length === 0) return word;
  const said = `${open(word)}. At the longest ${who} took ${without.length} requests in a row`;
  return because(said, run, ofAll('the balancer asks only servers that its probes have found up'));
};

const oneAfterTheOther: Answer = (run) => {
  const { servers, perServer } = resultOf(run);
  const { elapsedMs, succeeded } = run.metrics;
  if (elapsedMs === undefined) return undefined;
  const shares = servers.map((server, index) => `${server} served ${perServer[index]!}`).join(', ');
  return because(`${succeeded} requests take ${counted(Math.round(elapsedMs))} ms: ${shares}`, run, {
    'round-robin': 'each server has its turn, the slow ones as well',
    'least-response-time': 'after one try of each it remembers which one answers soonest',
  });
};

const burstyOrSmooth: Answer = (run) => {
  const { sequence = [] } = resultOf(run);
  const { meanWait } = run.metrics;
  if (meanWait === undefined) return undefined;
  const inARow = longest(sequence.slice(0, 7), (server) => server === 'A').length;
  const said =
    `A request waits ${figure(meanWait)} mean service times on average, and of the first seven at most ${inARow} in a row ` +
    'go to A';
  return because(said, run, {
    'weighted-smooth': 'the turns of A are spread: it works off some before the next ones come',
    'weighted-bursty': 'the turns of A come in a row: they queue there, while B and C have nothing to do',
  });
};

const luckOrChoice: Answer = (run) => {
  const spent = timeSpent(valuesOf(run), { ...run, servers: resultOf(run).servers });
  if (spent === undefined) return undefined;
  return because(open(spent), run, {
    'two-choices': 'of two servers it takes the less busy one, and long queues hardly form',
    random: 'nobody looks: a long queue gets as many more as a short one',
    'round-robin': 'turns are regular, and nobody looks at the queues',
    'least-connections': 'it looks at all queues, and takes the shortest',
  });
};

const oneSlowServer: Answer = (run) => {
  const { meanTimeInSystem } = run.metrics;
  const slow = slowServer(valuesOf(run), resultOf(run));
  if (slow === undefined || meanTimeInSystem === undefined) return undefined;
  return because(`${slow} A request spends ${figure(meanTimeInSystem)} mean service times in the system`, run, {
    'least-connections': 'a slow server keeps its requests longer, and who has many in hand gets fewer',
    'round-robin': 'turns do not ask who is slow, and the slow server gets more than it can serve',
    'least-response-time': 'it remembers how long each server takes to answer',
    random: 'chance does not ask who is slow, and the slow server gets more than it can serve',
  });
};

const herd: Answer = (run) => {
  const { p50, p99 } = run.metrics;
  if (p50 === undefined || p99 === undefined) return undefined;
  const { slowStart } = valuesOf(run);
  const said = `${shareOf(run, 'A')}; half of all take more than ${figure(p50)} mean service times, one in a hundred more than ${figure(p99)}`;
  const reason =
    slowStart === 0
      ? 'A looks best to the rule when it is back, so requests crowd there until its slow answers come in: those few pay'
      : `A gets its share little by little over ${slowStart / 1000} s, and the requests at the other servers wait a little longer`;
  return because(said, run, { 'least-response-time': reason });
};

const draining: Answer = (run) => {
  const isDrained = valuesOf(run).failures.includes('drain');
  if (!isDrained) return because(failuresOf(run), run, ofAll('nobody told the balancer that A was going down'));
  const reason = 'A got no new requests before it went down, and had served those that it had';
  return because(failuresOf(run), run, run.metrics.failed === 0 ? ofAll(reason) : {});
};

const blackHole: Answer = (run) =>
  because(failuresOf(run), run, {
    'least-connections': 'a dead server refuses at once, has nothing in hand and looks the least busy of all',
    'round-robin': 'A gets no more than its turns until the balancer takes it for down',
    random: 'A gets no more than its share until the balancer takes it for down',
  });

const grayFailure: Answer = (run) => {
  const { meanTimeInSystem } = run.metrics;
  if (meanTimeInSystem === undefined) return undefined;
  const said = `${shareOf(run, 'B')}, and a request spends ${figure(meanTimeInSystem)} mean service times in the system`;
  const reason =
    valuesOf(run).probe === 'answers'
      ? 'B answers every probe, however late, and so it is never taken for down'
      : 'the probe wants a prompt answer, and B does not give one while it is slow';
  return because(said, run, ofAll(reason));
};

const longPause: Answer = (run) =>
  because(`${shareOf(run, 'C')}, its pause of 8 s included`, run, {
    'least-response-time': 'one request in fifty goes to any server, and so it is found out that C answers again',
    'peak-ewma': 'an average that no answer renews fades, and C is asked again',
  });

const twoDown: Answer = (run) => {
  const said = `${shareOf(run, 'A')}, and ${shareOf(run, 'D').replace(/ of .*/, '')}`;
  return because(said, run, {
    'round-robin': 'a turn of B or C passes to the next that is up, and the one after that has the turn that follows',
  });
};

/** By scenario. */
export const answers = {
  failover,
  'one-after-the-other': oneAfterTheOther,
  'bursty-or-smooth': burstyOrSmooth,
  'luck-or-choice': luckOrChoice,
  'one-slow-server': oneSlowServer,
  herd,
  draining,
  'black-hole': blackHole,
  'gray-failure': grayFailure,
  'long-pause': longPause,
  'two-down': twoDown,
} satisfies Record<string, Answer>;
