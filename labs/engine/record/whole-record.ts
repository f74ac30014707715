/** Whether the parts of a record belong together: how it ended, what it counts, where each number of its trace leads. */
import type { Columns } from '../trace/columns.ts';
import { kindName } from '../trace/event.ts';
import { stretch, TraceHash } from '../trace/hash.ts';
import { RecordError, type Complaint } from './record-error.ts';
import type { RunRecord } from './run-record.ts';

/**
 * A checksum keeps accidents out, but whoever makes a file can make a checksum; and a run's own code may have had its hand
 * in what the run said. So nothing is believed that can be worked out.
 * @throws RecordError at the first thing that does not fit
 */
export function requireWhole(record: RunRecord, complain: Complaint): void {
  requireEnd(record, complain);
  const { columns, events, report } = record;
  if (events < columns.length) throw complain(`it counts ${events} events and holds ${columns.length}`);
  requireTrace(record, complain);
  if (!report) return;
  for (const part of ['lab', 'algorithm', 'scenario', 'seed'] as const) {
    if (report[part] !== record[part]) throw complain(`its report is of another ${part}`);
  }
  const { trace, checks } = report;
  const dropped = events - columns.length;
  if (trace.events !== events || trace.dropped !== dropped) {
    throw complain(
      `its report counts ${trace.events} events, ${trace.dropped} of them not kept: they are ${events} and ${dropped}`,
    );
  }
  if (checks.some(({ event = 0 }) => event > events)) throw complain('a check names an event that is not there');
  // The hash is over all that happened: of a run that was too long, the rest is not here.
  if (dropped === 0 && hashOf(record) !== trace.hash) throw complain('its trace is not the one that its hash names');
}

function requireEnd({ state, report, failure }: RunRecord, complain: Complaint): void {
  if (state === 'finished' && (!report || failure)) throw complain('it says that it finished, and has no report of it');
  if (state === 'failed' && (report || !failure)) throw complain('it says that it failed, and not why');
}

/** Every number that leads somewhere leads to something that is there. */
function requireTrace({ columns, strings }: RunRecord, complain: Complaint): void {
  const { length, kind, time, node, peer, label, cause } = columns;
  const isText = (text: number): boolean => text >= -1 && text < strings.length;
  for (let row = 0; row < length; row++) {
    if (kindName(kind[row]!) === undefined) {
      throw new RecordError(
        `event ${row} is of a kind (${kind[row]}) that this release does not know: update System Design Labs`,
      );
    }
    if (!isText(node[row]!) || !isText(peer[row]!) || !isText(label[row]!)) {
      throw complain(`event ${row} names a text that is not there`);
    }
    if (cause[row]! < -1 || cause[row]! >= row) throw complain(`event ${row} has a cause that does not precede it`);
    if (!Number.isFinite(time[row]!)) throw complain(`event ${row} has no time`);
  }
}

/** The hash of a trace of which every event was kept. */
function hashOf({ columns, strings }: RunRecord): string {
  const hash = new TraceHash();
  for (let from = 0; from < columns.length; from += stretch) hash.events(rowsOf(columns, from));
  return hash.digest(strings);
}

/** The stretch of rows from a row on, not copied. */
function rowsOf(columns: Columns, from: number): Columns {
  const to = Math.min(columns.length, from + stretch);
  return {
    length: to - from,
    time: columns.time.subarray(from, to),
    value: columns.value.subarray(from, to),
    node: columns.node.subarray(from, to),
    peer: columns.peer.subarray(from, to),
    label: columns.label.subarray(from, to),
    cause: columns.cause.subarray(from, to),
    id: columns.id.subarray(from, to),
    owner: columns.owner.subarray(from, to),
    kind: columns.kind.subarray(from, to),
  };
}
