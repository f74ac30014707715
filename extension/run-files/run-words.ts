/** A kept run in words: what it was of, and how it came out. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';

/** How a run came out, at a glance. */
export type RunMark = 'running' | 'pass' | 'broken' | 'failed' | 'stopped';

export interface RunWords {
  lab: string;
  algorithm: string;
  /** '' where it never came so far. */
  scenario: string;
  /** Whose text ran. */
  code: string;
  mark: RunMark;
  /** A sentence without its full stop. */
  outcome: string;
}

/** @param lab the lab that the run was of, where there still is one */
export function describeRun(run: RunSummary, lab: LabEntry | undefined): RunWords {
  return {
    lab: lab?.title ?? run.lab,
    algorithm: byId(lab?.algorithms ?? [], run.algorithm)?.title ?? run.algorithm,
    scenario: byId(lab?.scenarios ?? [], run.scenario)?.title ?? run.scenario,
    code: codeOf(run),
    ...outcomeOf(run),
  };
}

/** Whose text a run ran, as it knows by itself: copies may have come and gone since. */
function codeOf({ edited, copy }: RunSummary): string {
  if (copy) return `The text of your copy in ${copy.root}`;
  return edited ? 'An edited text' : 'The bundled text';
}

function outcomeOf({ state, unexpected = [], failure }: RunSummary): Pick<RunWords, 'mark' | 'outcome'> {
  if (state === 'running') return { mark: 'running', outcome: 'Running' };
  if (failure === 'stopped') return { mark: 'stopped', outcome: 'Stopped' };
  if (state === 'failed') return { mark: 'failed', outcome: failure === undefined ? 'Failed' : `Failed: ${failure}` };
  if (unexpected.length === 0) return { mark: 'pass', outcome: 'All checks came out as expected' };
  return { mark: 'broken', outcome: `Not as expected: ${unexpected.join(', ')}` };
}

/** When something was, for a list: the time of day, or the date unless it was today. */
export function momentOf(milliseconds: number, now: number): string {
  const moment = new Date(milliseconds);
  return moment.toDateString() === new Date(now).toDateString()
    ? moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : moment.toLocaleDateString();
}
