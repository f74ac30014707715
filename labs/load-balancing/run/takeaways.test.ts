/** What a run says of itself is true of every algorithm, those that are broken and those of the exercises too. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readableTime, type RunReport } from 'system-design-labs/engine';
import { runLab, type Happening } from '../../engine/testing/run-lab.ts';
import { algorithms } from '../algorithms.ts';
import type { BalancerClass } from '../balancer.ts';
import { SkipTheDead } from '../exercises/1-skip-the-dead.ts';
import { FairByCounting } from '../exercises/2-fair-by-counting.ts';
import { AChoiceThatRemembers } from '../exercises/3-a-choice-that-remembers.ts';
import lab from '../lab.ts';
import { NewAlgorithm } from '../templates/new-algorithm.ts';
import { parseFailures, stretches } from './failures.ts';

const implementations: readonly BalancerClass[] = [
  ...algorithms.map(({ implementation }) => implementation),
  SkipTheDead,
  FairByCounting,
  AChoiceThatRemembers,
  NewAlgorithm,
];

interface Seen {
  report: RunReport;
  events: readonly Happening[];
}

const figure = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
const counted = (count: number): string => count.toLocaleString('en-US');

/** What each sentence claims, and whether it is so. */
const claims: [sentence: RegExp, isTrue: (found: string[], seen: Seen) => boolean][] = [
  [
    /^With .+? spends (\S+) mean service times in the system, one in a hundred more than (\S+)\.$/,
    ([mean, p99], { report: { metrics } }) =>
      mean === figure(metrics.meanTimeInSystem!) && p99 === figure(metrics.p99!),
  ],
  [/^.+ (?:expects|would give) \S+ mean service times\.$/, (_, { report }) => report.theory.length > 0],
  [
    /^(\S+) got the most requests, (\S+), and (\S+) the fewest, (\S+)\.$/,
    ([most, largest, least, smallest], seen) =>
      counted(countOf(seen, most!)) === largest &&
      counted(countOf(seen, least!)) === smallest &&
      resultOf(seen).perServer.every((count) => count >= countOf(seen, least!) && count <= countOf(seen, most!)),
  ],
  [
    /^Each server got (\S+) requests\.$/,
    ([all], seen) => resultOf(seen).perServer.every((one) => counted(one) === all),
  ],
  [
    /^(\S+), \S+ times as slow, got (\S+) % of the requests; by its speed it would be \S+ %\.$/,
    ([server, share], seen) =>
      figure((countOf(seen, server!) / resultOf(seen).perServer.reduce((sum, count) => sum + count)) * 100) === share,
  ],
  [
    /^(\S+) went down at (.+); the balancer noticed (.+?) later(?:, and trusted it again (.+) after its return)?\.$/,
    ([server, at, later, again], seen) => {
      const { from, to } = outage(seen, server!, at!);
      const out = marks(seen, `${server} is taken for down`).find((time) => time >= from)!;
      const back = marks(seen, `${server} is back`).find((time) => time >= to);
      return readableTime(out - from) === later && (back === undefined ? undefined : readableTime(back - to)) === again;
    },
  ],
  [
    /^(\S+) went down at (.+), and the balancer (?:never noticed|had not noticed when the run ended)\.$/,
    ([server, at], seen) => {
      const { from, to } = outage(seen, server!, at!);
      return !marks(seen, `${server} is taken for down`).some((time) => time >= from && time <= to);
    },
  ],
  [
    /^(\S+) % of the requests failed: .+\.$/,
    ([share], { report: { metrics } }) =>
      share === figure((metrics.failed! / (metrics.failed! + metrics.succeeded!)) * 100),
  ],
];

function resultOf({ report }: Seen): { servers: string[]; perServer: number[] } {
  return report.result as { servers: string[]; perServer: number[] };
}

function countOf(seen: Seen, server: string): number {
  const { servers, perServer } = resultOf(seen);
  return perServer[servers.indexOf(server)]!;
}

function outage({ report }: Seen, server: string, at: string) {
  const downs = stretches(parseFailures(String(report.parameters.failures)), 'down');
  return downs.find((one) => one.server === server && readableTime(one.from) === at)!;
}

function marks({ events }: Seen, label: string): number[] {
  return events.filter((event) => event.kind === 'mark' && event.label === label).map(({ time }) => time);
}

function untrue(seen: Seen): string[] {
  const scenario = lab.scenarios.find(({ id }) => id === seen.report.scenario)!;
  const answer = scenario.answer!(seen.report); // answers.test.ts looks at it
  const others = seen.report.takeaways.filter((sentence) => sentence !== answer);
  return others.filter((sentence) => {
    const claim = claims.find(([pattern]) => pattern.test(sentence));
    return !claim?.[1]([...claim[0].exec(sentence)!].slice(1), seen);
  });
}

describe('take-aways are true', () => {
  for (const { id, parameters } of lab.scenarios) {
    it(`${id}, of every algorithm, broken ones and exercises included`, () => {
      const enough = parameters?.failures === undefined ? 500 : 2500; // so many that what befalls servers does befall them
      const requests = Math.min(enough, Number(parameters?.requests ?? Infinity));
      for (const implementation of implementations) {
        const seen = runLab(lab, { implementation, scenario: id, parameters: { requests } });
        assert.deepEqual(untrue(seen), [], implementation.name);
      }
    });
  }

  it('when the balancer crashes and has forgotten what it noticed', () => {
    const interventions = [
      { anchor: 'balancer#4000', action: 'crash', arguments: { node: 'balancer', for: 100 } },
      { anchor: 'balancer#100', action: 'slow', arguments: { node: 'B', factor: 2 } },
    ];
    const seen = runLab(lab, { algorithm: 'round-robin', scenario: 'black-hole', interventions });
    assert.deepEqual(seen.report.unapplied, []);
    assert.deepEqual(untrue(seen), []);
    assert.doesNotMatch(seen.report.takeaways.join(), /noticed/);
  });
});
