/** A file that is no record, or is damaged, or is of another version, or holds too much: the message says which. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** What says that something is wrong with a record. @param why a sentence without its full stop */
export type Complaint = (why: string) => RecordError;

/** Of what was read. */
export const damaged: Complaint = (why) => new RecordError(`this run's file is damaged: ${why}`);

/** Of what was to be written. */
export const unfit: Complaint = (why) => new RecordError(`what the run left cannot be kept: ${why}`);
