/** Runs npm as this process was itself run by it, or as the PATH has it. */
import { spawn } from 'node:child_process';

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Runs one npm command, its messages on stderr.
 * @param folder where it runs
 * @throws Error that names the command, when it fails
 */
export async function npm(folder: string, ...args: string[]): Promise<void> {
  const script = process.env.npm_execpath;
  const windows = process.platform === 'win32';
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []];
  const shell = windows && first.length === 0;
  const child = spawn(program, [...first, ...args, ...quiet], { cwd: folder, stdio: ['ignore', 2, 2], shell });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with status ${status}; its message is above`);
}
