/** Ends a script on an error that its user can mend: the message alone, without a stack. */
export function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
