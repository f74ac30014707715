/** What a thrown thing says to the learner. */
import { inspect } from 'node:util';
import type { ContractError } from '../../../labs/engine/lab/held-to-contract.ts';
import type { ForecastError } from '../../../labs/engine/run.ts';
import { noRequire } from '../program/source-files.ts';
import type { WorkerFailure } from './messages.ts';

const longest = 600;

/** What the simulator throws when a handler or a scenario asks for what it does not do; their messages name the mend. */
const refusals = new Set(['RefusedError', 'ScenarioError', 'EndlessRunError']);

/** V8's words for a memory that is used up, where it can still throw them. */
const memoryMessages =
  /allocation failed|Failed to allocate memory|(Map|Set) maximum size exceeded|Invalid string length|Invalid array buffer length/;

/**
 * A failure from whatever the code threw. Errors of the engine go by their name, for a lab carries an
 * engine of its own and its classes with it.
 * @param memory the limit in megabytes, for the message
 */
export function failureOf(thrown: unknown, memory: number): WorkerFailure {
  if (!(thrown instanceof Error)) {
    return { reason: 'threw', message: shorten(`the code threw ${inspect(thrown, { depth: 1, maxArrayLength: 5 })}`) };
  }
  const stack = typeof thrown.stack === 'string' ? thrown.stack : '';
  const { name, message } = thrown;
  if (name === 'RequestError' || name === 'ParameterError') return { reason: 'request', message };
  if (name === 'ForecastError') return { reason: 'forecast', message, estimate: (thrown as ForecastError).estimate };
  if (name === 'ContractError') {
    return { reason: 'refused', message: shorten(message), ofClass: (thrown as ContractError).className };
  }
  if (refusals.has(name)) return { reason: 'refused', message: shorten(message), stack };
  if (name === 'RangeError' && memoryMessages.test(message)) return { ...outOfMemory(memory), stack };
  const { code } = thrown as NodeJS.ErrnoException;
  if (name === 'MissingImport' || code === 'ERR_MODULE_NOT_FOUND') {
    return { reason: 'missing', message: shorten(message), stack };
  }
  if (name === 'SyntaxError' && /does not provide an export named/.test(message)) {
    return { reason: 'missing', message: `${shorten(message)}: if it is a type, write 'import type'`, stack };
  }
  if (name === 'BadSyntax') return { reason: 'syntax', message: shorten(message), stack };
  if (/^require is not defined|^Dynamic require of /.test(message)) {
    return { reason: 'refused', message: noRequire, stack };
  }
  if (name === 'SyntaxError' && isFromLoading(stack)) return { reason: 'syntax', message: shorten(message), stack };
  return { reason: 'threw', message: shorten(`the code threw ${name}: ${message}`), stack };
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

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
