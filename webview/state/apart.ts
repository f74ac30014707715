/** Two runs by what tells them apart: what stands over their columns, and what one must know before one compares. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { madeByOther } from '../../labs/engine/record/engine-version.ts';
import { formatMoment } from './format.ts';
import { deedInWords, textInWords, titleOf } from './words.ts';

/** A name for each of two runs. At most two differences are named; the rest the parameters tell. */
export function tellApart(one: RunSummary, other: RunSummary, lab: LabEntry | undefined): [string, string] {
  const pairs: [string, string][] = [];
  const differ = (words: (run: RunSummary) => string): void => {
    if (words(one) !== words(other)) pairs.push([words(one), words(other)]);
  };
  differ(({ algorithm }) => byId(lab?.algorithms ?? [], algorithm)?.title ?? algorithm);
  differ(({ scenario }) => byId(lab?.scenarios ?? [], scenario)?.title ?? scenario);
  const names = new Set([...Object.keys(one.parameters), ...Object.keys(other.parameters)]);
  for (const name of names) {
    const title = lab?.parameters.find((parameter) => parameter.name === name)?.title;
    differ(({ parameters }) => `${titleOf({ title, name })} ${parameters[name] ?? 'default'}`);
  }
  differ(({ seed }) => `seed ${seed}`);
  differ(({ interventions }) => doneInWords(interventions));
  differ(textInWords);
  differ(({ engineVersion }) => madeByOther(engineVersion) || 'made by this engine');
  if (pairs.length === 0) return timesOf(one, other);
  const shown = pairs.slice(0, 2);
  return [shown.map(([a]) => a).join(', '), shown.map(([, b]) => b).join(', ')];
}

/** What was done to a run last, to what; '' would say nothing beside another run. */
function doneInWords(interventions: RunSummary['interventions']): string {
  const last = interventions.at(-1);
  if (!last) return 'original';
  const more = interventions.length > 1 ? ` (${interventions.length} interventions)` : '';
  return deedInWords(last) + more;
}

/** The same run twice: told apart by when. */
function timesOf(one: RunSummary, other: RunSummary): [string, string] {
  const now = Date.now();
  return [formatMoment(one.startedAt, now), formatMoment(other.startedAt, now)];
}
