/** Jobs of workloads: how long each waited in queues and was served, and what became of it. */
import { EventKind } from '../trace/event.ts';
import type { Found, Span } from './found.ts';
import { Longest } from './longest.ts';
import { textOf, type TraceView } from './trace-view.ts';

/** Jobs that are asked for, and in which order. */
export type JobChoice = 'slowest' | 'longestWait' | 'failed';

/** How far back the job of a rejection is looked for: it may have been rejected a few times before. */
const longestRetry = 20;

/** No system has so many workloads: what more names there are in a trace, nobody has given. */
const mostWorkloads = 1000;

/** The jobs of one workload, by number. Columns, for there may be a million. */
class JobTable {
  arrivedAt = new Float64Array(0);
  /** When it began to wait, or to be served; NaN while it does neither. */
  since = new Float64Array(0);
  waiting = new Float64Array(0);
  service = new Float64Array(0);
  /** Index of its last event, −1 where it has none. */
  last = new Int32Array(0);
  size = 0;

  /** Makes room for a number, and begins the job where it is a new one. */
  touch(number: number, time: number): void {
    if (number >= this.arrivedAt.length) this.#grow(Math.max(1024, 2 * (number + 1)));
    this.size = Math.max(this.size, number + 1);
    if (this.last[number]! >= 0) return;
    this.arrivedAt[number] = time;
    this.since[number] = NaN;
  }

  /** Since a job began to wait, or to be served. */
  elapsed(number: number, now: number): number {
    const since = this.since[number]!;
    return Number.isNaN(since) ? 0 : now - since;
  }

  #grow(length: number): void {
    for (const column of ['arrivedAt', 'since', 'waiting', 'service'] as const) {
      const grown = new Float64Array(length);
      grown.set(this[column]);
      this[column] = grown;
    }
    const last = new Int32Array(length).fill(-1);
    last.set(this.last);
    this.last = last;
  }
}

/** The jobs that a figure is about: the longest, or of those that failed the first. */
export function findJobs(trace: TraceView, which: JobChoice, limit: number): Found {
  const tables = foldJobs(trace);
  const kept = new Longest<Span>(limit);
  const sum = { total: 0, waiting: 0, service: 0 };
  let count = 0;
  for (const [prefix, table] of tables) {
    for (let number = 0; number < table.size; number++) {
      const last = table.last[number]!;
      if (last < 0) continue;
      const served = trace.columns.kind[last] === EventKind.serveEnd;
      if (served === (which === 'failed')) continue;
      const waiting = table.waiting[number]!;
      const service = table.service[number]!;
      const total = trace.columns.time[last]! - table.arrivedAt[number]!;
      count++;
      sum.total += total;
      sum.waiting += waiting;
      sum.service += service;
      const size = which === 'failed' ? -last : which === 'slowest' ? total : waiting;
      if (!kept.wants(size)) continue;
      const name = `${textOf(trace, prefix)}${number}`;
      kept.offer({ name, outcome: outcomeOf(trace, last), event: last, total, waiting, service }, size);
    }
  }
  const share = (of: number): number => (count === 0 ? 0 : of / count);
  const mean = { total: share(sum.total), waiting: share(sum.waiting), service: share(sum.service) };
  return { spans: kept.items, count, mean };
}

function foldJobs(trace: TraceView): Map<number, JobTable> {
  const { kind, time, id } = trace.columns;
  const tables = new Map<number, JobTable>();
  // Every job has an event of its own: who counts more jobs than events has a trace that is damaged.
  let free = trace.length;
  for (let row = 0; row < trace.length; row++) {
    const what = kind[row]!;
    if (!isOfJobs(what)) continue;
    const prefix = prefixOf(trace, row);
    if (prefix < 0) continue;
    let table = tables.get(prefix);
    const number = id[row]!;
    const more = number + 1 - (table?.size ?? 0);
    if (more > free || (!table && tables.size === mostWorkloads)) continue;
    free -= Math.max(0, more);
    if (!table) tables.set(prefix, (table = new JobTable()));
    const now = time[row]!;
    table.touch(number, now);
    table.last[number] = row;
    if (what === EventKind.enqueue) {
      table.since[number] = now;
    } else if (what === EventKind.serveBegin) {
      table.waiting[number]! += table.elapsed(number, now);
      table.since[number] = now;
    } else if (what === EventKind.serveEnd) {
      table.service[number]! += table.elapsed(number, now);
      table.since[number] = NaN;
    }
  }
  return tables;
}

function isOfJobs(kind: number): boolean {
  return (kind >= EventKind.enqueue && kind <= EventKind.reject) || kind === EventKind.deliver;
}

/** The string number of the workload that a job's event belongs to, −1 where it is of no job. */
function prefixOf(trace: TraceView, row: number): number {
  const { kind, label, cause, id } = trace.columns;
  let at = row;
  // A rejection's label says why: whose it is, stands in what led to it.
  for (let steps = 0; kind[at] === EventKind.reject && steps < longestRetry; steps++) {
    const led = cause[at]!;
    if (led < 0 || led >= at || id[led] !== id[row]) return -1;
    at = led;
  }
  // Messages are delivered too; what a workload sends is named like an item: request-17.
  return textOf(trace, label[at]!).endsWith('-') ? label[at]! : -1;
}

function outcomeOf(trace: TraceView, last: number): string {
  const { kind, node, label } = trace.columns;
  const where = textOf(trace, node[last]!);
  switch (kind[last]) {
    case EventKind.serveEnd:
      return `served by ${where}`;
    case EventKind.reject:
      return `turned away by ${where}: ${textOf(trace, label[last]!)}`;
    case EventKind.serveBegin:
      return `never answered: it was being served by ${where}`;
    case EventKind.enqueue:
      return `never answered: it was queued at ${where}`;
    default:
      return `never answered: it had come to ${where}`;
  }
}
