/** Catches what the code prints, up to a limit, on its way out of the worker. */
import { Console } from 'node:console';

export const mostLines = 1000;
export const mostCharacters = 256 * 1024;
const longestLine = 8 * 1024;

/**
 * Replaces `console` and the writing to stdout and stderr of this thread.
 * @param show is called with complete lines, at once: a worker that never yields is heard all the same
 */
export function captureConsole(show: (lines: string[]) => void): void {
  let lines = 0;
  let characters = 0;
  let full = false;
  const write = (chunk: string | Uint8Array): boolean => {
    if (full) return true;
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const shown: string[] = [];
    for (const line of text.replace(/\n$/, '').split('\n', mostLines)) {
      lines++;
      characters += line.length;
      if (lines > mostLines || characters > mostCharacters) {
        full = true;
        shown.push(`… the rest is not shown: a run prints ${mostLines} lines or ${mostCharacters / 1024} KB at most`);
        break;
      }
      shown.push(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
    }
    show(shown);
    return true;
  };
  const stream = { write } as unknown as NodeJS.WritableStream;
  globalThis.console = new Console({ stdout: stream, stderr: stream, ignoreErrors: false });
  process.stdout.write = write;
  process.stderr.write = write;
}
