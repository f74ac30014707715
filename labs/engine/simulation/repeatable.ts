/**
 * Does a run repeat itself? Whatever a handler remembers outside its state (a variable of the module) is
 * not in the world, so a run from a checkpoint goes another way: this runs parts of it again and looks.
 */
import { kindName, type EventKind } from '../trace/event.ts';
import { worldHash, type Checkpoint } from './checkpoints.ts';
import { quietly } from '../guard.ts';
import { RefusedError } from './refusal.ts';
import { RecordedRun, type Recipe, type ResumableWriter } from './replay.ts';
import type { Row } from './replay-writer.ts';
import type { SimulationObserver } from './observer.ts';
import type { Simulation } from './simulation.ts';
import type { SimulationEnd } from './simulated-run.ts';
import { readableTime } from './time.ts';

/** Events at the beginning of a run that are kept for comparison, and of its end that are run again. */
const stretch = 4096;
/** Events between the last two checkpoints, and values in a world, beyond which running all of it again takes too long. */
const longestPart = 100_000;
const heaviestWorld = 500_000;

/** Passes a trace on and keeps its first rows, to hold the repetition against. */
class FirstRows implements ResumableWriter {
  readonly rows: Row[] = [];
  readonly #writer: ResumableWriter;

  constructor(writer: ResumableWriter) {
    this.#writer = writer;
  }

  /** Whether it keeps no more rows, so that the run may write past it. */
  get isFull(): boolean {
    return this.rows.length === stretch;
  }

  get length(): number {
    return this.#writer.length;
  }

  get lastOwner(): number {
    return this.#writer.lastOwner;
  }

  get strings(): readonly string[] {
    return this.#writer.strings;
  }

  counters(): Uint32Array {
    return this.#writer.counters();
  }

  intern(text: string): number {
    return this.#writer.intern(text);
  }

  append(...row: [EventKind, number, number, number, number, number, number, number]): number {
    if (this.rows.length < stretch) this.rows.push(row);
    return this.#writer.append(...row);
  }
}

/**
 * Runs a system to its end and makes sure that it repeats itself.
 * @param onLook called every so often, between steps
 * @throws RefusedError when it does not; whatever the run itself throws
 */
export function runRepeatably(
  recipe: Recipe,
  writer: ResumableWriter,
  observer?: SimulationObserver,
  onLook: (simulation: Simulation) => void = () => {},
): { run: RecordedRun; because: SimulationEnd['because'] } {
  const first = new FirstRows(writer);
  const run = new RecordedRun(recipe, first, observer);
  const { simulation } = run;
  const because = run.toEnd({
    onLook() {
      if (first.isFull) simulation.writer = writer;
      onLook(simulation);
    },
  });
  quietly(() => {
    compareRows(run, run.checkpoints.first, { first: 0, rows: first.rows, strings: run.strings });
    compareEnd(run);
  });
  return { run, because };
}

/** Events as they were the first time. */
interface Original {
  /** Index of the first of them. */
  first: number;
  rows: readonly Row[];
  strings: readonly string[];
}

/** Runs again from a checkpoint, as far as the original goes. @throws RefusedError at the first event that differs */
function compareRows(run: RecordedRun, checkpoint: Checkpoint, { first, rows, strings }: Original): void {
  const end = Math.min(first + rows.length, run.length);
  let differs = -1;
  let repeated: Row | undefined;
  const text = (of: readonly string[], id: number): string => (id < 0 ? '' : of[id]!);
  // A string that is new in the repetition may have got the number of another: texts are compared, not numbers.
  const isSame = (row: Row, original: Row): boolean =>
    row.every((value, column) =>
      column >= 2 && column <= 4
        ? text(writer.strings, value) === text(strings, original[column]!)
        : Object.is(value, original[column]),
    );
  const { simulation, writer } = run.resume(checkpoint, (index, row) => {
    if (differs >= 0 || index >= end || isSame(row, rows[index - first]!)) return;
    differs = index;
    repeated = row;
  });
  while (differs < 0 && writer.length < end && simulation.world.pending.size > 0) simulation.apply();
  if (differs < 0 && writer.length >= end) return;
  if (!repeated) throw hidden(simulation.lastHandler, 'a node', `event ${writer.length} did not happen`);
  const was = kindName(rows[differs - first]![0]) ?? 'something';
  const node = simulation.world.nodes.find(({ id }) => id === repeated![2])?.name ?? 'a node';
  const is = kindName(repeated[0]) ?? 'something';
  const what = was === is ? `another '${is}'` : `'${is}' instead of '${was}'`;
  throw hidden(simulation.lastHandler, node, `event ${differs} (${readableTime(repeated[1])}) became ${what}`);
}

/**
 * The last part that lies between two checkpoints. Its rows have long been handed on, so what it leads to is
 * compared; where that would take long, some of it is run again twice, and one time is held against the other.
 */
function compareEnd(run: RecordedRun): void {
  const { first, last, beforeLast: before } = run.checkpoints;
  if (last === first || !before) return;
  const events = last.position.length - before.position.length;
  if (events > longestPart || before.values > heaviestWorld) return compareTwice(run, before);
  const { simulation } = run.resume(before);
  while (simulation.world.steps < last.world.steps) simulation.apply();
  const isSame = simulation.writer.length === last.position.length;
  if (isSame && worldHash(simulation.world) === worldHash(last.world)) return;
  const range = `events ${before.position.length} to ${last.position.length} came out differently`;
  throw hidden(simulation.lastHandler, 'a node', range);
}

function compareTwice(run: RecordedRun, checkpoint: Checkpoint): void {
  const rows: Row[] = [];
  const { simulation, writer } = run.resume(checkpoint, (_index, row) => rows.push(row));
  while (rows.length < stretch && simulation.world.pending.size > 0) simulation.apply();
  compareRows(run, checkpoint, { first: checkpoint.position.length, rows, strings: writer.strings });
}

function hidden(handler: string, node: string, how: string): RefusedError {
  return new RefusedError(
    `${handler} of ${node} remembers something outside its state: run again from a checkpoint, ${how}. ` +
      'Keep it in the state; a variable of the module or of a closure is not part of the world',
  );
}
