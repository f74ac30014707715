/** Disks: writes wait in a cache until a sync makes them safe; a crash empties the cache. */
import { EventKind } from '../trace/event.ts';
import { streamId, uniformAt } from '../random/uniform.ts';
import type { Plain } from './plain.ts';
import type { Simulation } from './simulation.ts';
import { torn, type DiskRecord, type DiskWrite, type NodeRecord } from './world.ts';

const lostPurpose = streamId('disk write lost');
const tornPurpose = streamId('disk write torn');

/** A disk on which nothing was ever written. */
export function emptyDisk(): DiskRecord {
  return { safe: new Map(), safeLogs: new Map(), seen: new Map(), seenLogs: new Map(), unsafe: [], writes: 0 };
}

/** The node sees its own write at once, before it happens as an effect. */
export function showWrite(disk: DiskRecord, write: DiskWrite): void {
  put(disk.seen, disk.seenLogs, write, write.value);
}

/** A write reaches the cache. */
export function writeHappens(simulation: Simulation, node: NodeRecord, write: DiskWrite): void {
  node.disk.unsafe.push(write);
  simulation.emit(
    EventKind.diskWrite,
    node,
    -1,
    simulation.writer.intern(write.key),
    node.cause,
    node.disk.writes++,
    0,
  );
}

/**
 * Decides what becomes of a write that is still in the cache; the node is told nothing.
 * @param number which of the node's writes, as `diskWrite` events count them; the last one where left out
 * @returns whether it was there to be spoiled
 */
export function spoilWrite({ disk }: NodeRecord, number: number | undefined, fate: 'lost' | 'torn'): boolean {
  const { unsafe, writes } = disk;
  const place = number === undefined ? unsafe.length - 1 : number - (writes - unsafe.length);
  const write = unsafe[place];
  if (!write) return false;
  write.fate = fate;
  return true;
}

/** The cache reaches the platter; a disk that betrays loses or tears some and says nothing. */
export function finishSync(simulation: Simulation, index: number, cause: number): void {
  const node = simulation.world.nodes[index]!;
  const { disk } = node;
  const share = simulation.system.faults?.disk?.lost ?? 0;
  const firstWrite = disk.writes - disk.unsafe.length;
  const writes = disk.unsafe;
  disk.unsafe = [];
  simulation.emit(EventKind.diskSync, node, -1, -1, cause, node.counters.syncs - 1, 0);
  for (const [i, write] of writes.entries()) {
    const isTorn = write.fate === 'torn';
    const isLost = write.fate === 'lost' || (share > 0 && luck(simulation, lostPurpose, index, firstWrite + i) < share);
    if (isTorn || !isLost) put(disk.safe, disk.safeLogs, write, isTorn ? torn : write.value);
    if (!isTorn && !isLost) continue;
    const label = simulation.writer.intern(write.key);
    simulation.emit(EventKind.diskLost, node, -1, label, cause, firstWrite + i, isTorn ? 1 : 0);
  }
}

/** What a crash does: writes that were not safe are undone, or torn. */
export function crashDisk(simulation: Simulation, index: number, cause: number): void {
  const node = simulation.world.nodes[index]!;
  const { disk } = node;
  const share = simulation.system.faults?.disk?.torn ?? 0;
  const firstWrite = disk.writes - disk.unsafe.length;
  const writes = disk.unsafe;
  disk.unsafe = [];
  for (const [i, write] of writes.entries()) {
    const isTorn = write.fate === 'torn' || (share > 0 && luck(simulation, tornPurpose, index, firstWrite + i) < share);
    if (isTorn) put(disk.safe, disk.safeLogs, write, torn);
    const label = simulation.writer.intern(write.key);
    simulation.emit(EventKind.diskLost, node, -1, label, cause, firstWrite + i, isTorn ? 1 : 0);
  }
  disk.seen = new Map(disk.safe);
  disk.seenLogs = new Map([...disk.safeLogs].map(([name, records]) => [name, records.slice()]));
}

/** A value as it can be read: a torn one is damaged, its checksum says so. */
export function readValue(values: ReadonlyMap<string, Plain>, key: string): Plain {
  const value = values.get(key);
  return value === torn ? undefined : value;
}

/** The records of a log up to the first damaged one. */
export function readLog(logs: ReadonlyMap<string, Plain[]>, name: string): readonly Plain[] {
  const records = logs.get(name) ?? [];
  const damaged = records.indexOf(torn);
  return damaged < 0 ? records.slice() : records.slice(0, damaged);
}

function put(values: Map<string, Plain>, logs: Map<string, Plain[]>, write: DiskWrite, value: Plain): void {
  if (!write.isLog) {
    values.set(write.key, value);
    return;
  }
  const records = logs.get(write.key);
  if (records) records.push(value);
  else logs.set(write.key, [value]);
}

function luck(simulation: Simulation, purpose: number, index: number, counter: number): number {
  return uniformAt(simulation.world.seed, purpose, simulation.streams[index]!, counter);
}
