/** What a thrown thing says to the learner. */
import { inspect, types } from 'node:util';
import { endOf } from '../../../labs/engine/engine-error.ts';
import type { ContractError } from '../../../labs/engine/lab/held-to-contract.ts';
import type { ForecastError } from '../../../labs/engine/run.ts';
import { noRequire } from '../program/source-files.ts';
import { BadSyntax } from './javascript-of.ts';
import { MissingImport } from './load-code.ts';
import type { WorkerFailure } from './messages.ts';
import { cut } from './visible.ts';

const longest = 600;
const longestName = 100;
const longestStack = 16_000;

/** V8's words for a memory that is used up, where it can still throw them. */
const memoryMessages =
  /allocation failed|Failed to allocate memory|(Map|Set) maximum size exceeded|Invalid string length|Invalid array buffer length/;

/** A failure from whatever the code threw. @param memory the limit in megabytes, for the message */
export function failureOf(thrown: unknown, memory: number): WorkerFailure {
  if (!isError(thrown)) return { reason: 'threw', message: `the code threw ${shown(thrown)}`, placeless: true };
  const name = textOf(thrown, 'name', longestName) || 'Error';
  const message = textOf(thrown, 'message', longest);
  const stack = stackOf(thrown);
  const reason = endOf(thrown);
  if (reason === 'request') return { reason, message };
  if (reason === 'forecast') return { reason, message, estimate: (thrown as ForecastError).estimate };
  const ofClass = reason === 'refused' ? (thrown as Partial<ContractError>).className : undefined;
  if (reason && ofClass !== undefined) return { reason, message, ofClass };
  if (reason) return { reason, message, stack };
  if (thrown instanceof RangeError && memoryMessages.test(message)) return { ...outOfMemory(memory), stack };
  if (thrown instanceof MissingImport || textOf(thrown, 'code', longestName) === 'ERR_MODULE_NOT_FOUND') {
    return { reason: 'missing', message, stack };
  }
  const isSyntax = thrown instanceof SyntaxError;
  if (isSyntax && /does not provide an export named/.test(message)) {
    return { reason: 'missing', message: `${message}: if it is a type, write 'import type'`, stack };
  }
  if (thrown instanceof BadSyntax) return { reason: 'syntax', message, stack };
  if (/^require is not defined|^Dynamic require of /.test(message)) {
    return { reason: 'refused', message: noRequire, stack };
  }
  if (isSyntax && isFromLoading(stack)) return { reason: 'syntax', message, stack };
  const placeless = /^\s+at /m.test(stack) ? {} : ({ placeless: true } as const);
  return { reason: 'threw', message: `the code threw ${name}: ${message}`, stack, ...placeless };
}

/** The limit is reached. */
export function outOfMemory(megabytes: number): WorkerFailure {
  return {
    reason: 'memory',
    message: `the run used more than the ${megabytes} MB of memory it may have: let it keep less, or raise the memory limit in the settings`,
  };
}

/** Errors of parsing begin with the place, or come straight out of the compiler. */
function isFromLoading(stack: string): boolean {
  return /^(file:|\/|[A-Za-z]:\\)/.test(stack) || /^SyntaxError.*\n\s+at compileSourceTextModule/.test(stack);
}

/** A proxy is none, whatever it says: asking it would run the code of whoever made it. */
function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || (!types.isProxy(thrown) && thrown instanceof Error);
}

/** What an error says of itself: its own code may answer, with anything, or throw. */
function textOf(error: Error, name: 'name' | 'message' | 'stack' | 'code', most: number): string {
  try {
    const text: unknown = (error as unknown as Record<string, unknown>)[name];
    return typeof text === 'string' ? cut(text, most) : '';
  } catch {
    return `(its ${name} cannot be read)`;
  }
}

/** Its frames, after as much of the message as anybody reads. */
function stackOf(error: Error): string {
  const stack = textOf(error, 'stack', Infinity);
  const frames = Math.max(0, stack.search(/^\s+at /m));
  return cut(stack.slice(0, frames), longest) + cut(stack.slice(frames), longestStack);
}

/** Something that is no error. Its own ways to be shown are not used: they are code too. */
function shown(thrown: unknown): string {
  const how = { depth: 1, maxArrayLength: 5, maxStringLength: longest, customInspect: false };
  try {
    return cut(inspect(thrown, how), longest);
  } catch {
    return 'something that cannot be shown';
  }
}
