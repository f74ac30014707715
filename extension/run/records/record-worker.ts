/**
 * Reads or writes one run file, in a thread of its own: whatever is in the file, it holds up and takes along nothing but
 * this thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { decodeRecord, encodeRecord, RecordError } from '../../../labs/engine/record/record-file.ts';
import { bufferOf } from '../../../labs/engine/trace/columns.ts';
import type { RecordAnswer, RecordTask } from './record-messages.ts';

async function perform(task: RecordTask): Promise<RecordAnswer> {
  try {
    if ('write' in task) return { bytes: await encodeRecord(task.write) };
    const { buffer, byteOffset, byteLength } = task.read;
    return { record: await decodeRecord(Buffer.from(buffer, byteOffset, byteLength)) };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { refusal: error.message };
  }
}

const answer = await perform(workerData as RecordTask);
parentPort!.postMessage(answer, 'record' in answer ? [bufferOf(answer.record.columns)] : []);
