/**
 * Where things are thrown that do not say it themselves: `throw 'text'`, an error without a stack. A session of the
 * inspector with its own thread is told of everything that is thrown or rejected, caught or not. That takes a tenth of a
 * millisecond each time: code is watched so only when it has thrown such a thing, and runs again to show where.
 */
import inspector from 'node:inspector';
import type { WorkerCode } from './messages.ts';
import { stackText } from './stack-text.ts';

/** What threw more often is not watched any more. */
const mostThrows = 20_000;
/** So many places are kept of each thing: the engine, too, catches what code throws and throws it on. */
const placesKept = 3;

export class Throws {
  readonly #code: WorkerCode;
  readonly #session = new inspector.Session();
  /** Of each thing, as `nameOf` has it, the stacks where it was thrown, the last first. */
  readonly #stacks = new Map<string, inspector.Debugger.CallFrame[][]>();
  /** Of each script; frames do not tell. */
  readonly #urls = new Map<string, string>();
  #seen = 0;

  /** From here on everything that this thread throws is watched. */
  constructor(code: WorkerCode) {
    this.#code = code;
    this.#session.connect();
    this.#session.on('Debugger.paused', ({ params: { callFrames, data } }) => {
      this.#saw(nameOfRemote(data as inspector.Runtime.RemoteObject), callFrames);
      this.#session.post('Debugger.resume');
    });
    this.#session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => this.#urls.set(scriptId, url));
    this.#session.post('Debugger.enable');
    this.#session.post('Debugger.setPauseOnExceptions', { state: 'all' });
  }

  #saw(name: string, frames: inspector.Debugger.CallFrame[]): void {
    if (++this.#seen === mostThrows) this.#session.post('Debugger.setPauseOnExceptions', { state: 'none' });
    const before = this.#stacks.get(name) ?? [];
    this.#stacks.set(name, [frames, ...before.slice(0, placesKept - 1)]);
  }

  /** The stack where it was thrown, and below it where it had been thrown before; '' where nobody saw it. */
  stackOf(thrown: unknown): string {
    const stacks = this.#stacks.get(nameOf(thrown)) ?? [];
    return stacks
      .map((frames) =>
        stackText(
          frames.map(({ functionName, location }) => ({
            name: functionName,
            url: this.#urls.get(location.scriptId) ?? '',
            line: location.lineNumber,
            column: location.columnNumber ?? 0,
          })),
          this.#code,
        ),
      )
      .join('\n');
  }
}

const longestName = 200;

/** What tells one thing that is thrown from another, as far as that can be said of it in either form. */
function nameOf(thrown: unknown): string {
  if (typeof thrown === 'bigint') return `bigint ${thrown}n`.slice(0, longestName);
  if (!['string', 'number', 'boolean'].includes(typeof thrown)) return typeof thrown;
  const text = Object.is(thrown, -0) ? '-0' : String(thrown as string | number | boolean);
  return `${typeof thrown} ${text}`.slice(0, longestName);
}

function nameOfRemote({ type, value, unserializableValue }: inspector.Runtime.RemoteObject): string {
  const text = (unserializableValue ?? value) as unknown;
  return ['undefined', 'object', 'function', 'symbol'].includes(type) ? type : `${type} ${text}`.slice(0, longestName);
}
