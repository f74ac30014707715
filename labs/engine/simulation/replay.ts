/**
 * A run that can be looked at again: with checkpoints on the way, so that any of its events is a few
 * thousand steps from the nearest one. What it costs to look closely is paid for the moment looked at only.
 */
import type { Intervention } from '../lab/report.ts';
import type { TraceEvent } from '../trace/event.ts';
import { beginSimulation, layOut, switchOn } from './begin.ts';
import { Checkpoints, cloneWorld, type Checkpoint } from './checkpoints.ts';
import { CloseLook, type AskedEvent } from './close-look.ts';
import { runInClockOrder, stepsPerLook, type ClockOrderOptions } from './clock-order.ts';
import { firstTime } from './pending.ts';
import { copyPlain } from './plain.ts';
import { ReplayWriter, type Row, type TracePosition } from './replay-writer.ts';
import type { EventWriter, SimulationObserver } from './observer.ts';
import { Simulation } from './simulation.ts';
import type { SimulationEnd } from './simulated-run.ts';
import type { System } from './system.ts';
import { timerSlots } from './timer-list.ts';
import type { World } from './world.ts';

/** A writer whose trace can be gone on with elsewhere: a `TraceRecorder`, a `ReplayWriter`. */
export interface ResumableWriter extends EventWriter {
  readonly strings: readonly string[];
  counters(): Uint32Array;
}

/** A node at a moment. */
export interface NodeMoment {
  readonly name: string;
  readonly condition: 'absent' | 'up' | 'down' | 'left';
  readonly paused: boolean;
  readonly state: unknown;
  /** What a crash would leave of its disk: records by key, logs by name. */
  readonly disk: {
    readonly values: ReadonlyMap<string, unknown>;
    readonly logs: ReadonlyMap<string, readonly unknown[]>;
  };
  /** Names of its timers that are set. */
  readonly timers: readonly string[];
}

/** Everything about one event of a run. */
export interface Moment {
  readonly event: TraceEvent;
  /** The nodes before the step that the event belongs to, and after it. */
  readonly before: readonly NodeMoment[];
  readonly after: readonly NodeMoment[];
  /** The stack of the line that asked for it, where a line did. */
  readonly callSite: string | undefined;
  /** The handler that asked for it or, where the event set one going, that one; '' for none. */
  readonly handler: string;
  /** What it carries: the message, what is written, what a timer keeps, what the handler was given; undefined for nothing. */
  readonly content: unknown;
  /** What the handler that the event set going asked for, also what had to wait for the disk; at most 100. */
  readonly did: readonly AskedEvent[];
}

/** Told of every event of a replay. */
type OnRow = (index: number, row: Row, owner: number) => void;

/** A replay in the middle of things. */
interface Standing {
  readonly simulation: Simulation;
  readonly writer: ReplayWriter;
  /** Switches one more node on while the run begins; afterwards, lets the next event happen. */
  step(): void;
}

/** Steps after an event within which what its handler asked for is looked for: a sync takes few. */
const longestWait = 1000;

/** What makes a run: the same again gives the same trace. */
export interface Recipe {
  readonly system: System;
  readonly seed: number;
  readonly interventions?: readonly Intervention[];
}

export class RecordedRun {
  readonly recipe: Recipe;
  readonly simulation: Simulation;
  readonly checkpoints = new Checkpoints();
  readonly #writer: ResumableWriter;
  #end: { because: SimulationEnd['because']; length: number } | undefined;

  /** Begins a run; `toEnd` runs it. @throws ScenarioError when the system makes no sense */
  constructor(recipe: Recipe, writer: ResumableWriter, observer?: SimulationObserver) {
    this.recipe = recipe;
    this.#writer = writer;
    this.simulation = beginSimulation(recipe.system, {
      seed: recipe.seed,
      writer,
      interventions: recipe.interventions ?? [],
      ...(observer ? { observer } : {}),
    });
    this.#keep();
  }

  /** Runs to the end, keeping checkpoints. */
  toEnd(options: ClockOrderOptions = {}): SimulationEnd['because'] {
    const because = runInClockOrder(this.simulation, {
      ...options,
      onLook: () => {
        if (this.checkpoints.isDue(this.#writer.length)) this.#keep();
        options.onLook?.();
      },
    });
    this.#end = { because, length: this.#writer.length };
    return because;
  }

  /** Runs until an event has been written, and no further, keeping checkpoints. @param onLook called every so often */
  runTo(index: number, onLook: () => void = () => {}): void {
    const { world, system } = this.simulation;
    const isOver = (): boolean => world.pending.size === 0 || firstTime(world.pending) > system.until;
    while (this.#writer.length <= index && !isOver()) {
      this.simulation.apply();
      if (world.steps % stepsPerLook !== 0) continue;
      if (this.checkpoints.isDue(this.#writer.length)) this.#keep();
      onLook();
    }
  }

  /** Events of the whole run. */
  get length(): number {
    return this.#end?.length ?? this.#writer.length;
  }

  /**
   * All about one event, worked out by running again from the checkpoint before it.
   * @throws RangeError when the run has no such event
   */
  moment(index: number): Moment {
    if (!(index >= 0 && index < this.length)) {
      throw new RangeError(`event ${index} is not among the ${this.length} of this run`);
    }
    const { first } = this.checkpoints;
    const from = index < first.position.length ? first : this.checkpoints.before(index);
    const { moment, missedIt } = this.#lookFrom(from, index);
    if (!missedIt || from === first) return moment;
    // A handler before the checkpoint asked for it, and it waited: for the disk, or while its node was paused.
    return this.#lookFrom(this.checkpoints.before(from.position.length - 1), index).moment;
  }

  #lookFrom(checkpoint: Checkpoint, index: number): { moment: Moment; missedIt: boolean } {
    // Once to find the step that the event belongs to, once more to stop before it.
    const scout = this.#standAt(checkpoint);
    let steps = -1;
    while (scout.writer.length <= index) {
      scout.step();
      steps++;
    }
    let found: { row: Row; owner: number } | undefined;
    const look = new CloseLook(index);
    const { simulation, writer, step } = this.#standAt(checkpoint, look, (at, row, owner) => {
      if (at === index) found = { row, owner };
    });
    for (let i = 0; i < steps; i++) step();
    const before = describeNodes(simulation.world);
    step();
    const event = writer.event(index, found!.row, found!.owner);
    const after = describeNodes(simulation.world);
    this.#seeThrough(simulation, index, step);
    const { callSite, handler, content, did, missedIt } = look;
    return { moment: { event, before, after, callSite, handler, content, did }, missedIt };
  }

  /** Goes on until what a handler asked for has happened, or will not. @param index of the event that set it going */
  #seeThrough(simulation: Simulation, index: number, step: () => void): void {
    const { world, system } = simulation;
    const waits = (): boolean =>
      world.nodes.some(({ effects, effectsDone, cause }) => cause === index && effectsDone < effects.length);
    const isOver = (): boolean => world.pending.size === 0 || firstTime(world.pending) > system.until;
    try {
      for (let i = 0; i < longestWait && waits() && !isOver(); i++) step();
    } catch {
      // The run fails further on. That is told of the run; this event came before.
    }
  }

  /** A run that stands where a checkpoint was taken; where that is the first, before anything has happened. */
  #standAt(checkpoint: Checkpoint, look?: CloseLook, onRow?: OnRow): Standing {
    const begins = checkpoint === this.checkpoints.first;
    const { simulation, writer } = begins ? this.#startAnew(onRow) : this.resume(checkpoint, onRow);
    simulation.look = look;
    const starting = begins ? switchOn(simulation) : undefined;
    let started = !begins;
    const step = (): void => {
      look?.stepBegins();
      if (started) simulation.apply();
      else started = starting!.next().done === true;
    };
    return { simulation, writer, step };
  }

  #startAnew(onRow?: OnRow): { simulation: Simulation; writer: ReplayWriter } {
    const { system, seed, interventions = [] } = this.recipe;
    const writer = new ReplayWriter({ length: 0, strings: 0, counters: new Uint32Array(0) }, [], onRow);
    return { simulation: layOut(system, { seed, writer, interventions }), writer };
  }

  /**
   * The same run up to an event, and from there on with more interventions: a branch. It shares nothing with
   * this run, which stays as it is.
   * @param index the event after which it may differ: the anchors of `interventions` lie there or later
   * @param onRow told of every event from the checkpoint before `index` on
   */
  branch(index: number, interventions: readonly Intervention[], onRow?: OnRow): Branch {
    const checkpoint = this.checkpoints.before(index);
    const all = [...(this.recipe.interventions ?? []), ...interventions];
    const { simulation, writer } = this.resume(checkpoint, onRow, all);
    const because = runInClockOrder(simulation);
    return { from: checkpoint.position.length, simulation, writer, because };
  }

  /** The strings of the trace, by number. */
  get strings(): readonly string[] {
    return this.#writer.strings;
  }

  /**
   * A simulation that stands where a checkpoint was taken, and what it writes to.
   * @param onRow told of every event from there on
   */
  resume(
    { world, position }: Checkpoint,
    onRow?: OnRow,
    interventions: readonly Intervention[] = this.recipe.interventions ?? [],
  ): { simulation: Simulation; writer: ReplayWriter } {
    const writer = new ReplayWriter(position, this.#writer.strings, onRow);
    return { simulation: new Simulation(this.recipe.system, cloneWorld(world), writer, { interventions }), writer };
  }

  #keep(): void {
    const writer = this.#writer;
    const position: TracePosition = {
      length: writer.length,
      strings: writer.strings.length,
      counters: writer.counters(),
    };
    this.checkpoints.keep(this.simulation.world, position);
  }
}

/** What a branch amounts to. */
export interface Branch {
  /** Index of the first event it wrote: those before are the parent's. */
  readonly from: number;
  readonly simulation: Simulation;
  readonly writer: ReplayWriter;
  readonly because: SimulationEnd['because'];
}

function describeNodes(world: World): NodeMoment[] {
  return world.nodes.map(({ name, condition, paused, state, disk, timers }) => ({
    name,
    condition,
    paused,
    state: copyPlain(state, `state of ${name}`),
    disk: {
      values: new Map(disk.safe),
      logs: new Map([...disk.safeLogs].map(([log, records]) => [log, records.slice()])),
    },
    timers: timerSlots(timers).map((slot) => (world.pending.payload[slot] as { name: string }).name),
  }));
}
