/** Opens the desktop VS Code with the extension loaded from source, on a profile of its own. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../folders.ts';
import { beforeEnd, isAlive } from '../lifetime.ts';

/** How long VS Code has to end when it is asked to; it may ask back about unsaved files. */
const graceMs = 5_000;

/** The path of the `code` command, where there is a display that it could open a window on. */
export function findDesktop(): string | undefined {
  const { platform, env } = process;
  // In a terminal of a remote or browser VS Code, and in WSL, `code` speaks to a window on another machine.
  if (env.VSCODE_IPC_HOOK_CLI || env.WSL_DISTRO_NAME) return undefined;
  const display = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!display) return undefined;
  const names = platform === 'win32' ? ['code.cmd'] : ['code'];
  const candidates = (env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((n) => path.join(folder, n)));
  return candidates.find((file) => existsSync(file) && !file.includes('remote-cli'));
}

/** Opens a window and waits until it is closed; Ctrl-C closes it. */
export async function openDesktop(code: string, data: string, folder: string): Promise<void> {
  const profile = path.join(data, 'desktop');
  const args = [
    `--extensionDevelopmentPath=${root}`,
    ...['--user-data-dir', profile],
    ...['--extensions-dir', path.join(data, 'desktop-extensions')],
    // The folder holds nothing but what the extension wrote there: no reason to ask whether its author is trusted.
    '--disable-workspace-trust',
    ...['--wait', '--new-window', folder],
  ];
  // VS Code demands it of root.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  console.log('Opening VS Code. Close its window, or press Ctrl-C here, to end it.');
  const started = Date.now();
  const windows = process.platform === 'win32';
  const [program, parameters] = windows ? [`"${code}"`, args.map((arg) => `"${arg}"`)] : [code, args];
  const command = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
  const closed = new Promise<void>((resolve, reject) => {
    command.once('exit', () => resolve());
    command.once('error', reject);
  });
  const end = () => endDesktop(profile, started);
  beforeEnd(end);
  await closed;
  await end();
}

/** The command only hands over to the program itself, whose process id stands in a file of its profile. */
async function endDesktop(profile: string, started: number): Promise<void> {
  const file = path.join(profile, 'code.lock');
  // One that is older was left by a crash: its process id may be another program's by now.
  if (!existsSync(file) || statSync(file).mtimeMs < started) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (!(pid > 0) || !isAlive(pid)) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive(pid) && Date.now() < deadline) await sleep(50);
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
