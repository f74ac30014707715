/** Judges a run by what it must satisfy: after every event, at the end, and eventually. */
import { EventKind } from '../trace/event.ts';
import type { Outcome } from '../lab/report.ts';
import { isAnythingBroken } from './node-conditions.ts';
import { readLog, readValue } from './disk.ts';
import type { Simulation } from './simulation.ts';
import type { CheckDefinition, Violation, WorldView } from './system.ts';
import { readableTime } from './time.ts';
import type { CheckRecord, NodeRecord, World } from './world.ts';

/** What a check sees of the world, as it is when it looks. */
export function viewOf(simulation: Simulation): WorldView {
  const node = (name: string): NodeRecord => {
    const index = simulation.nodeIndex.get(name);
    if (index === undefined) throw new RangeError(`there is no node '${name}' to look at`);
    return simulation.world.nodes[index]!;
  };
  return {
    get time() {
      return simulation.world.time;
    },
    get faults() {
      return simulation.world.faults;
    },
    get nodes() {
      return simulation.world.nodes
        .filter(({ condition }) => condition === 'up' || condition === 'down')
        .map(({ name }) => name);
    },
    state: (name) => node(name).state,
    isUp: (name) => node(name).condition === 'up',
    safe: (name, key) => readValue(node(name).disk.safe, key),
    safeLog: (name, log) => readLog(node(name).disk.safeLogs, log),
  };
}

/** Records as a run begins with. */
export function openChecks(definitions: readonly CheckDefinition[]): CheckRecord[] {
  return definitions.map(({ arises }) => ({
    verdict: 'unknown',
    arose: arises === undefined,
    event: -1,
    node: '',
    detail: '',
    satisfiedAt: -1,
  }));
}

/** After every event. A check that broke stays broken and is not asked again. */
export function evaluateChecks(simulation: Simulation): void {
  const { world } = simulation;
  const definitions = simulation.system.checks!;
  for (let i = 0; i < definitions.length; i++) {
    const { when, violation, name, arises } = definitions[i]!;
    const record = world.checks[i]!;
    if (record.verdict === 'broken') continue;
    if (!record.arose) record.arose = arises!(simulation.view);
    if (when === 'atEnd') continue;
    if (when === 'always') {
      const found = violation(simulation.view);
      if (found) breaks(simulation, record, name, found);
      continue;
    }
    // Whatever came true before the last fault does not count.
    if (record.satisfiedAt < world.lastFault) record.satisfiedAt = -1;
    if (record.satisfiedAt < 0 && !violation(simulation.view)) record.satisfiedAt = world.time;
  }
}

/**
 * The verdicts, when the run is over.
 * @param drained whether nothing was left that could happen
 */
export function judgeChecks(simulation: Simulation, drained: boolean): Outcome['checks'] {
  const { world } = simulation;
  return (simulation.system.checks ?? []).map((definition, i) => {
    const record = world.checks[i]!;
    const { name } = definition;
    if (record.verdict !== 'broken') judge(simulation, definition, record, drained);
    const { verdict, detail } = record;
    return {
      name,
      verdict,
      detail,
      ...(record.event >= 0 ? { event: record.event } : {}),
      ...(record.node !== '' ? { node: record.node } : {}),
    };
  });
}

function judge(simulation: Simulation, definition: CheckDefinition, record: CheckRecord, drained: boolean): void {
  const { world } = simulation;
  const { when, name, violation } = definition;
  if (when === 'always') {
    record.verdict = 'held';
    record.detail = record.arose
      ? `held after each of ${world.steps} steps`
      : `never put to the test: it had no occasion to break in ${world.steps} steps`;
    return;
  }
  const found = violation(simulation.view);
  if (when === 'atEnd') {
    if (found) return breaks(simulation, record, name, found);
    record.verdict = 'held';
    record.detail = record.arose
      ? `held at the end, ${readableTime(world.time)}`
      : `never put to the test: it had no occasion to break until the end, ${readableTime(world.time)}`;
    return;
  }
  const within = definition.within ?? 0;
  const deadline = world.lastFault + within;
  if (record.satisfiedAt >= 0 && record.satisfiedAt <= deadline) {
    record.verdict = 'held';
    record.detail = `came true ${sinceLastFault(world, record.satisfiedAt)}${world.faults > 0 ? '' : '; no fault struck'}`;
  } else if (isAnythingBroken(simulation)) {
    record.verdict = 'unknown';
    record.detail = `${found?.detail ?? 'not yet'}; a fault has not healed, so nothing is due`;
  } else if (world.time > deadline || drained) {
    const late = record.satisfiedAt > deadline;
    const detail = late
      ? `came true ${sinceLastFault(world, record.satisfiedAt)}, ${readableTime(within)} are allowed`
      : (found?.detail ?? 'did not come true');
    breaks(simulation, record, name, { detail, ...(found?.node !== undefined ? { node: found.node } : {}) });
  } else {
    record.verdict = 'unknown';
    record.detail = `the run ended ${sinceLastFault(world, world.time)}, ${readableTime(within)} are allowed`;
  }
}

/** How long after the last fault something was; after the start of the run where none ever struck. */
function sinceLastFault({ faults, lastFault }: World, time: number): string {
  return faults > 0
    ? `${readableTime(time - lastFault)} after the last fault`
    : `${readableTime(time)} after the start`;
}

function breaks(simulation: Simulation, record: CheckRecord, name: string, { detail, node }: Violation): void {
  const at = node === undefined ? undefined : simulation.nodeIndex.get(node);
  const where = at === undefined ? undefined : simulation.world.nodes[at];
  const last = simulation.writer.length - 1;
  record.verdict = 'broken';
  record.detail = detail;
  record.node = node ?? '';
  record.event = simulation.emit(EventKind.broken, where, -1, simulation.writer.intern(name), last, 0, 0);
}
