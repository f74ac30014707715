/** What is said to the thread that reads or writes a run file, and what it answers. */
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';

/** What the thread is started with: a file's bytes to read, or a record to write. */
export type RecordTask = { read: Uint8Array } | { write: RunRecord };

/** The thread's only word: the record, the file's bytes, or why there are none. */
export type RecordAnswer = { record: RunRecord } | { bytes: Uint8Array } | { refusal: string };
