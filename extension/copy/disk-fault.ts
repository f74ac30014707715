/** What went wrong with a copy on disk, in words that name the mend. */

/** A copy cannot be read or written as it stands. Its message is for the learner. */
export class CopyFault extends Error {}

/** What a learner can do about what the system says. `file` is the one that could not be read or written. */
const mends: Readonly<Record<string, (file: string) => string>> = {
  ENOSPC: (file) => `The disk that holds ${file} is full: free some space, then try again.`,
  EDQUOT: (file) => `Your share of the disk that holds ${file} is used up: free some space, then try again.`,
  EROFS: (file) => `${file} is on a disk that can only be read: choose a folder elsewhere, or make the disk writable.`,
  EACCES: (file) => `${file} may not be written: give yourself the right to, or choose a folder elsewhere.`,
  EPERM: (file) => `${file} may not be changed: give yourself the right to, or choose a folder elsewhere.`,
  EISDIR: (file) => `${file} is a folder where a file belongs: rename it, then try again.`,
  ENOTDIR: (file) => `${file} lies below something that is a file and not a folder: rename that, then try again.`,
  ENOTEMPTY: (file) => `${file} is a folder that is not empty: rename it, then try again.`,
  ENAMETOOLONG: (file) => `${file} is too long a name for this disk: choose a folder nearer to its root.`,
  ELOOP: (file) => `${file} is a link that leads to itself: remove it, then try again.`,
  EBUSY: (file) => `Another program holds ${file}: close it there, then try again.`,
  EMFILE: (file) => `Too many files are open to get at ${file}: close some windows, then try again.`,
  EIO: (file) => `The disk that holds ${file} reports an error: check the disk.`,
};

/**
 * Says what the system says of a file in words of ours.
 * @returns the error itself where there is nothing better to say
 */
export function inOurWords(error: unknown, file: string): Error {
  if (error instanceof CopyFault) return error;
  const mend = mends[(error as NodeJS.ErrnoException).code ?? ''];
  return mend ? new CopyFault(mend(file), { cause: error }) : (error as Error);
}
