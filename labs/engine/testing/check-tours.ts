/** Holds the tours of a lab to its runs: everything that a tour names must be there, under every seed that is tried. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { byId } from '../lab/formerly.ts';
import { findEvent } from '../scene/find-event.ts';
import type { Lab, Scenario } from '../lab/lab.ts';
import type { EventPattern, Tour, TourStep } from '../lab/tour.ts';
import { metricsQuoted } from '../lab/tour-text.ts';
import { hasView } from '../lab/views.ts';
import { executeRun } from '../run.ts';
import type { RunReport } from '../lab/report.ts';
import { assertLively } from '../simulation/testing/lively.ts';
import { TraceStore } from '../trace/store.ts';

interface Run {
  report: RunReport;
  finds(pattern: EventPattern): boolean;
}

const fewestSeeds = 2;

/** Events that a panel keeps of a run, roughly: what a tour points at must be among them. */
const mostKept = 400_000;

/**
 * Takes every tour of a lab, with every wrong choice.
 * @param lab any lab
 * @param folder the lab's, as a file URL ending in a slash: where the code that a tour quotes stands
 * @param seeds under which it is taken
 * @param mostEvents of a tour's runs, after which no seed is tried but the first two
 * @returns what is not as the tours say, in sentences; empty when all is
 */
export function complaintsAboutTours(
  lab: unknown,
  folder: URL,
  seeds: readonly number[],
  mostEvents = Infinity,
): string[] {
  const declared = lab as Lab;
  const complaints: string[] = [];
  for (const scenario of declared.scenarios) {
    const complain = (what: string): number => complaints.push(`${scenario.id}: ${what}`);
    const { tour } = scenario;
    if (!tour) {
      complain('has no tour');
      continue;
    }
    checkWriting(tour, declared, folder, complain);
    let events = 0;
    for (const [tried, seed] of seeds.entries()) {
      if (tried >= fewestSeeds && events > mostEvents) break;
      const runs = new Map<string, Run>();
      const run = (change: Change = {}): Run => {
        const key = JSON.stringify(change);
        const known = runs.get(key) ?? runOf(declared, scenario, seed, change);
        if (!runs.has(key)) events += known.report.trace.events;
        runs.set(key, known);
        return known;
      };
      for (const step of tour.steps) checkStep(step, run(), run, complain);
    }
  }
  return [...new Set(complaints)];
}

type Change = { scenario?: string; algorithm?: string; parameters?: Readonly<Record<string, unknown>> };
type Complain = (what: string) => void;

function runOf(lab: Lab, scenario: Scenario, seed: number, change: Change): Run {
  const other = byId(lab.scenarios, change.scenario) ?? scenario;
  const trace = new TraceStore({ maxEvents: mostKept });
  const report = executeRun(
    lab,
    {
      lab: lab.id,
      algorithm: change.algorithm ?? other.algorithm ?? lab.algorithms[0]!.id,
      scenario: other.id,
      seed,
      parameters: change.parameters ?? {},
    },
    { maxEvents: mostKept },
    {
      sink: { batch: (first, columns, strings) => trace.append(first, columns, strings) },
      recorded: ({ simulation }) => assertLively(simulation.world),
    },
  );
  const rows = trace.window(0, trace.length);
  const view = { length: rows.length, columns: rows, strings: trace.strings };
  return { report, finds: (pattern) => findEvent(view, pattern) >= 0 };
}

/** What can be seen without a run. */
function checkWriting({ steps }: Tour, lab: Lab, folder: URL, complain: Complain): void {
  if (steps.length < 2 || steps.length > 5) complain(`its tour has ${steps.length} steps`);
  const ids = steps.map(({ id }) => id);
  if (new Set(ids).size < ids.length) complain(`steps share an id: ${ids.join(', ')}`);
  const misconceptions = steps.flatMap(({ question }) =>
    question?.kind === 'choice' ? question.choices.flatMap(({ misconception }) => misconception?.id ?? []) : [],
  );
  if (new Set(misconceptions).size < misconceptions.length) complain(`misconceptions share an id: ${misconceptions}`);
  if (!steps.some(({ question }) => question)) complain('nothing is asked');
  for (const { id, look, question, code } of steps) {
    if (!hasView(lab, look.view)) complain(`${id} looks at a view that the lab has not`);
    if (question?.kind === 'choice') {
      const right = question.choices.filter(({ misconception }) => !misconception).length;
      if (right !== 1) complain(`${id} has ${right} right choices`);
      if (question.choices.length < 2) complain(`${id} leaves no choice`);
    }
    if (code) {
      const file = fileURLToPath(new URL(code.file, folder));
      if (!existsSync(file)) complain(`${id} quotes ${code.file}, which is not there`);
      else if (!readFileSync(file, 'utf8').includes(code.text)) complain(`${id}: ${code.file} has no '${code.text}'`);
    }
  }
}

function checkStep(step: TourStep, here: Run, runWith: (change: Change) => Run, complain: Complain): void {
  const { id, until, look, question, why } = step;
  const { metrics } = here.report;
  if (until && !here.finds(until)) complain(`${id} plays to ${JSON.stringify(until)}, which does not happen`);
  const texts = [look.text, why, question?.ask ?? ''];
  if (question?.kind === 'number') {
    if (!(question.metric in metrics)) complain(`${id} asks for ${question.metric}, which the run does not measure`);
    if (metricsQuoted(look.text + question.ask).includes(question.metric)) complain(`${id} gives its answer away`);
  }
  for (const { misconception } of question?.kind === 'choice' ? question.choices : []) {
    if (!misconception) continue;
    texts.push(misconception.answer);
    const { contrast, compare, shownBy } = misconception;
    const there = contrast ? runWith(contrast) : here;
    if (shownBy && !there.finds(shownBy)) {
      complain(`${misconception.id} is answered by ${JSON.stringify(shownBy)}, which does not happen`);
    }
    if (!compare) continue;
    const [mine, other] = [metrics[compare.metric]!, there.report.metrics[compare.metric]!];
    if (!(compare.there === 'less' ? other < mine : other > mine)) {
      complain(
        `${misconception.id}: ${compare.metric} is ${mine} here and ${other} there, which is not ${compare.there}`,
      );
    }
  }
  for (const metric of texts.flatMap(metricsQuoted)) {
    if (!(metric in metrics)) complain(`${id} quotes ${metric}, which the run does not measure`);
  }
}
