/** A run and its branches as lanes: which there are, in which order, what they are called, where each parts. */
import { formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { Outline } from '../../labs/engine/scene/outline.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { deedInWords } from '../state/words.ts';
import type { TimeUnit } from './ticks.ts';

export interface Lane {
  run: RunSummary;
  /** Number of the lane of the run that this one branches off; −1 for the first. */
  parent: number;
  /** What is known of its course; undefined until it has been looked at. */
  outline: Outline | undefined;
  /** Where its line begins: where it parts from its parent, or with its first event. */
  from: number;
  to: number;
  /** Whether the run on the screen went this way: it is that run, or one that it branches off. */
  taken: boolean;
}

export interface Lanes {
  lanes: readonly Lane[];
  /** Number of the lane of the run on the screen. */
  shown: number;
  /** Branches that are left out. */
  more: number;
}

/** Lanes that are drawn at most. */
export const maxLanes = 30;

/**
 * The run on the screen and all that are of one family with it: the one they began with first, each followed by its
 * branches. Of those the latest to part comes first: so no line from a run to its branch crosses another lane.
 * @param runs newest first
 */
export function lanesOf(runs: readonly RunSummary[], shown: RunSummary, outlines: ReadonlyMap<string, Outline>): Lanes {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const line = lineOf(byId, shown);
  const family = runs.filter((run) => lineOf(byId, run)[0] === line[0]);
  // What one has on the screen is always there, then what is newest. A branch whose parent is left out is left out too.
  const kept = new Set(line);
  for (const run of family) if (kept.size < maxLanes) kept.add(run);
  const lanes: Lane[] = [];
  const add = (run: RunSummary, parent: number): void => {
    const outline = outlines.get(run.id);
    const begin = parent < 0 ? outline?.begin : outline?.parted;
    const from = begin ?? lanes[parent]?.from ?? 0;
    const number = lanes.push({
      run,
      parent,
      outline,
      from,
      to: Math.max(from, outline?.end ?? 0),
      taken: line.includes(run),
    });
    const branches = [...kept].filter((other) => other.parent === run.id);
    const partedOf = ({ id }: RunSummary): number => outlines.get(id)?.parted ?? -1;
    branches.sort((a, b) => partedOf(b) - partedOf(a) || a.startedAt - b.startedAt);
    for (const branch of branches) add(branch, number - 1);
  };
  add(line[0]!, -1);
  return { lanes, shown: lanes.findIndex(({ run }) => run === shown), more: family.length - lanes.length };
}

/** The run's parents and itself, from the one that the family began with. */
function lineOf(byId: ReadonlyMap<string, RunSummary>, run: RunSummary): RunSummary[] {
  const line = [run];
  for (let parent = run.parent; parent !== undefined; parent = line[0]!.parent) {
    const known = byId.get(parent);
    if (!known || line.includes(known)) break;
    line.unshift(known);
  }
  return line;
}

/** The lane on whose line the run on the screen stands at a place: its own, or before it parted its parent's. */
export function laneAt({ lanes, shown }: Lanes, place: number): number {
  let number = shown;
  for (let lane = lanes[number]; lane && lane.parent >= 0 && place < lane.from; lane = lanes[number]) {
    number = lane.parent;
  }
  return number;
}

/** What a lane is called: what was done last, to what and when; `Original` for the run that all of them began with. */
export function nameOfLane({ run, outline, parent }: Lane, unit: TimeUnit): string {
  const last = run.interventions.at(-1);
  if (!last || run.parent === undefined) return 'Original';
  if (parent < 0 && run.interventions.length > 1) return `${run.interventions.length} interventions`;
  const when = outline?.parted === undefined ? '' : ` at ${inUnit(Math.floor(outline.parted), unit)}`;
  return `${deedInWords(last)}${when}`;
}

/** A time as the timeline writes it. */
export function inUnit(time: number, unit: TimeUnit): string {
  return unit === 'ns' ? formatDuration(time) : `operation ${formatFigure(time)}`;
}
