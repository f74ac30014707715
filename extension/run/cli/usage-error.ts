/** Bad usage: the message is one line that names the mend. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
