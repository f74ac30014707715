/** Reads a run file that anybody may have made: what comes out is safe to show, or the error says what is wrong. */
import { decodeRecord, RecordError } from '../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { kindName } from '../../labs/engine/trace/event.ts';

/** Largest file that is read, in bytes: as much as all kept runs may take together. */
export const maxFileBytes = 200 * 1024 * 1024;

/**
 * The record in a run file's bytes. A checksum keeps accidents out, but whoever makes a file can make a checksum:
 * so the trace is checked as well before anything draws it.
 * @throws RecordError that says in words why there is nothing to show
 */
export async function readRunFile(bytes: Uint8Array): Promise<RunRecord> {
  const record = await decodeRecord(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).catch(
    (error: Error) => {
      throw error instanceof RecordError ? error : damaged(error.message);
    },
  );
  requireWholeTrace(record);
  return record;
}

/** @throws RecordError when it is larger than a run file may be */
export function requireReadableSize(bytes: number): void {
  if (bytes <= maxFileBytes) return;
  const [size, most] = [bytes, maxFileBytes].map((given) => `${Math.ceil(given / 2 ** 20)} MB`);
  throw new RecordError(`this file takes ${size}, and a run takes ${most} at most`);
}

/** Every number that leads somewhere leads to something that is there. */
function requireWholeTrace({ columns, strings, events }: RunRecord): void {
  const { length, kind, time, node, peer, label, cause } = columns;
  if (!Number.isSafeInteger(events) || events < length) throw damaged(`it counts ${events} events and holds ${length}`);
  for (let row = 0; row < length; row++) {
    if (kindName(kind[row]!) === undefined) {
      throw new RecordError(
        `event ${row} is of a kind (${kind[row]}) that this release does not know: update System Design Labs`,
      );
    }
    for (const text of [node[row]!, peer[row]!, label[row]!]) {
      if (text < -1 || text >= strings.length) throw damaged(`event ${row} names a text that is not there`);
    }
    if (cause[row]! < -1 || cause[row]! >= row) throw damaged(`event ${row} has a cause that does not precede it`);
    if (!Number.isFinite(time[row]!)) throw damaged(`event ${row} has no time`);
  }
}

function damaged(why: string): RecordError {
  return new RecordError(`this run's file is damaged: ${why}`);
}
