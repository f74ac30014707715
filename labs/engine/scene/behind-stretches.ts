/**
 * Stretches of a node's time: from the beginning of an operation to its end, or as long as its status says something.
 * A gap between two events of a node that ends with a message, a timer or a return to life was waiting; any other was its
 * own work (the disk, handling).
 */
import type { Behind } from '../lab/lab.ts';
import { EventKind } from '../trace/event.ts';
import type { Found, Span } from './found.ts';
import { Longest } from './longest.ts';
import { textOf, type TraceView } from './trace-view.ts';

interface Open {
  name: string;
  from: number;
  /** What its node had waited by then. */
  waited: number;
  event: number;
}

/** Gathers stretches: the longest few, and the mean of all. */
class Stretches {
  readonly #kept: Longest<Span>;
  readonly #sum = { total: 0, waiting: 0, service: 0 };
  #count = 0;

  constructor(limit: number) {
    this.#kept = new Longest(limit);
  }

  add({ name, from, waited }: Open, outcome: string, event: number, time: number, waitedNow: number): void {
    const total = time - from;
    const waiting = waitedNow - waited;
    const span = { name, outcome, event, total, waiting, service: total - waiting };
    this.#kept.offer(span, total);
    this.#count++;
    for (const part of ['total', 'waiting', 'service'] as const) this.#sum[part] += span[part];
  }

  get found(): Found {
    const count = this.#count;
    const { total, waiting, service } = this.#sum;
    const share = (of: number): number => (count === 0 ? 0 : of / count);
    return {
      spans: this.#kept.items,
      count,
      mean: { total: share(total), waiting: share(waiting), service: share(service) },
    };
  }
}

/** How long each node has waited so far. */
class Waits {
  readonly #seenAt = new Map<number, number>();
  readonly #waited = new Map<number, number>();

  /** An event of the trace, in order. */
  pass(kind: number, node: number, time: number): void {
    if (!isOwn(kind)) return;
    const since = this.#seenAt.get(node);
    this.#seenAt.set(node, time);
    if (since !== undefined && endsWait(kind)) this.#waited.set(node, this.of(node) + time - since);
  }

  of(node: number): number {
    return this.#waited.get(node) ?? 0;
  }

  /** The same at a later time at which nothing has come. */
  until(node: number, time: number): number {
    return this.of(node) + time - (this.#seenAt.get(node) ?? time);
  }
}

/** Whether an event that names a node happens at it: a message is lost far from who sent it. */
function isOwn(kind: number): boolean {
  return kind > EventKind.log && kind !== EventKind.drop && kind !== EventKind.duplicate && kind !== EventKind.link;
}

function endsWait(kind: number): boolean {
  return (
    kind === EventKind.deliver ||
    kind === EventKind.timerFire ||
    kind === EventKind.restart ||
    kind === EventKind.resume
  );
}

/** Client operations: those that returned, that failed or may have, or that are open at the end. */
export function findOperations(trace: TraceView, which: 'returned' | 'failed' | 'open', limit: number): Found {
  const { kind, time, node, label, id } = trace.columns;
  const waits = new Waits();
  const open = new Map<string, Open>();
  const found = new Stretches(limit);
  for (let row = 0; row < trace.length; row++) {
    const what = kind[row]!;
    const at = node[row]!;
    if (at < 0) continue;
    waits.pass(what, at, time[row]!);
    if (what < EventKind.invoke || what > EventKind.unknown) continue;
    const key = `${at} ${id[row]!}`;
    if (what === EventKind.invoke) {
      open.set(key, { name: textOf(trace, label[row]!), from: time[row]!, waited: waits.of(at), event: row });
      continue;
    }
    const begun = open.get(key);
    open.delete(key);
    if (begun && (what === EventKind.return) === (which === 'returned') && which !== 'open') {
      found.add(begun, endOf(trace, row), row, time[row]!, waits.of(at));
    }
  }
  if (which === 'open') {
    const end = endTime(trace);
    for (const [key, begun] of open) {
      found.add(begun, 'still open at the end', begun.event, end, waits.until(Number(key.split(' ')[0]), end));
    }
  }
  return found.found;
}

function endOf(trace: TraceView, row: number): string {
  const { kind, label } = trace.columns;
  if (kind[row] === EventKind.return) return 'returned';
  const why = textOf(trace, label[row]!);
  return kind[row] === EventKind.fail ? `failed: ${why}` : `nobody knows: ${why}`;
}

/** Stretches in which a node's status names one of some words. */
export function findStretches(
  trace: TraceView,
  { status, open }: Extract<Behind, { status: unknown }>,
  limit: number,
): Found {
  const { kind, time, node, label } = trace.columns;
  const waits = new Waits();
  const begun = new Map<number, Open>();
  const found = new Stretches(limit);
  for (let row = 0; row < trace.length; row++) {
    const what = kind[row]!;
    const at = node[row]!;
    if (at < 0) continue;
    waits.pass(what, at, time[row]!);
    const ends = what === EventKind.crash || what === EventKind.leave;
    if (what !== EventKind.state && !ends) continue;
    const says = ends ? '' : textOf(trace, label[row]!);
    const fits = status.some((word) => says.includes(word));
    const known = begun.get(at);
    if (fits && !known) {
      begun.set(at, { name: `${textOf(trace, at)}: ${says}`, from: time[row]!, waited: waits.of(at), event: row });
    } else if (!fits && known) {
      begun.delete(at);
      const outcome = ends ? `until it ${what === EventKind.crash ? 'crashed' : 'left'}` : `then: ${says}`;
      if (!open) found.add(known, outcome, row, time[row]!, waits.of(at));
    }
  }
  const end = endTime(trace);
  for (const [at, known] of begun) found.add(known, 'still so at the end', known.event, end, waits.until(at, end));
  return found.found;
}

function endTime(trace: TraceView): number {
  return trace.length === 0 ? 0 : trace.columns.time[trace.length - 1]!;
}
