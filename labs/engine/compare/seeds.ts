/** Many seeds of one run: which of them break a check, and how its figures scatter. */
import type { Check, RunReport } from '../lab/report.ts';
import { didNotShow } from '../lab/verdict-words.ts';
import { meanInterval, type Interval } from '../metrics/interval.ts';
import { commonMetrics } from './paired.ts';

/** More seeds than this are refused: nobody waits for them. */
const maxSeeds = 1_000_000;

/**
 * Reads `7`, `1..1000` or `1,5,9..12`.
 * @returns the seeds in that order
 * @throws RangeError when the text is none of these, runs backwards, or asks for more than a million
 */
export function parseSeeds(text: string): number[] {
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const [, from, to] = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part) ?? [];
    const first = Number(from);
    const last = Number(to ?? from);
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first) {
      throw new RangeError(`'${text}' is no list of seeds: write 7, 1..1000 or 1,5,9..12`);
    }
    if (seeds.length + last - first + 1 > maxSeeds) {
      throw new RangeError(`'${text}' asks for more than ${maxSeeds} seeds: take fewer`);
    }
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  return seeds;
}

/** A check that did not come out as expected under some seeds. */
export interface BrokenCheck {
  check: string;
  /** The seeds, in the order of the reports. */
  seeds: number[];
  /** What the first of them says about it. */
  detail: string;
  /** The command that replays the first of them. */
  replay: string;
}

/** How often a check came out how. */
export interface CheckCount {
  check: string;
  held: number;
  broken: number;
  unknown: number;
  /** How many of the broken ones were expected to break. */
  expectedBreaks: number;
  /** How often a break was expected and did not show. */
  notShown: number;
}

/** What many seeds of one run amount to. */
export interface SeedSummary {
  runs: number;
  /** How many had every check as expected. */
  fine: number;
  broken: BrokenCheck[];
  /** Every check, as it came out over all seeds. */
  checks: CheckCount[];
  /** 95 % interval of each metric's mean over the seeds; left out with a single seed. */
  metrics: Record<string, Interval>;
}

/** @param reports of the same lab, algorithm, scenario and parameters under different seeds */
export function summarizeSeeds(reports: readonly RunReport[]): SeedSummary {
  const broken = new Map<string, BrokenCheck>();
  const counts = new Map<string, CheckCount>();
  let fine = 0;
  for (const report of reports) {
    const bad = report.checks.filter(({ ok }) => !ok);
    if (bad.length === 0) fine++;
    for (const check of report.checks) count(counts, check);
    for (const { name, detail } of bad) {
      const known = broken.get(name);
      if (known) known.seeds.push(report.seed);
      else broken.set(name, { check: name, seeds: [report.seed], detail, replay: replayCommand(report) });
    }
  }
  const metrics: Record<string, Interval> = {};
  if (reports.length > 1) {
    for (const name of commonMetrics(reports)) {
      metrics[name] = meanInterval(
        reports.map((report) => report.metrics[name]!),
        0.95,
      );
    }
  }
  return { runs: reports.length, fine, broken: [...broken.values()], checks: [...counts.values()], metrics };
}

function count(counts: Map<string, CheckCount>, check: Check): void {
  const { name, verdict, ok } = check;
  const counted = counts.get(name) ?? { check: name, held: 0, broken: 0, unknown: 0, expectedBreaks: 0, notShown: 0 };
  counted[verdict]++;
  if (verdict === 'broken' && ok) counted.expectedBreaks++;
  if (didNotShow(check)) counted.notShown++;
  counts.set(name, counted);
}

/** The command line that runs a report's run again. Every parameter is named, so that changed defaults do not change it. */
export function replayCommand(
  report: Pick<RunReport, 'lab' | 'algorithm' | 'scenario' | 'seed' | 'parameters'>,
): string {
  const settings = Object.entries(report.parameters).map(([name, value]) => {
    const typed = String(value).replace(/^@/, '@@'); // one alone would name a file
    return `--set ${quoted(`${name}=${typed}`)}`;
  });
  return [
    `npm run -s lab -- run ${report.lab} --algorithm ${report.algorithm} --scenario ${report.scenario}`,
    `--seed ${report.seed}`,
    ...settings,
  ].join(' ');
}

/** Quoted for a POSIX shell where it needs to be. */
export function quoted(word: string): string {
  return /^[\w=.,:+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
