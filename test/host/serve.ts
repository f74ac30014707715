/** Starts VS Code's server: the real workbench and the real extension host, without Electron. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root } from '../../scripts/folders.ts';
import { beforeEnd } from '../../scripts/lifetime.ts';
import { installWorkbench } from './install-workbench.ts';

export interface ServerOptions {
  /** Holds the profile, the extensions and the log. A temporary folder, removed at the end, when left out. */
  home?: string;
  /** A free one when left out. */
  port?: number;
  /** A packaged extension to install before the start. */
  vsix?: string;
  /** Whether workspaces have to be trusted first, as in a desktop VS Code. Off when left out. */
  trust?: boolean;
  /** Whether extensions can be loaded from source by a URL (see `suite.ts`). This hides notification toasts. */
  development?: boolean;
  /** Settings over those of `quietSettings`; they are written only where the home has none yet. */
  settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host. */
  environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly port: number;
  readonly home: string;
  /** What the server printed. */
  readonly log: string;
  /** How the workbench names a file of this machine. */
  remote(file: string): string;
  /** The address of the workbench on a folder, with what it should do first. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** Ends the server and all its processes, and removes a temporary home. */
  stop(): Promise<void>;
  /** Settles when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

/** A workbench that neither asks, nor fetches, nor shows what does not belong to a test or a first impression. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
};

const startDeadlineMs = 60_000;
const keeper = path.join(root, 'scripts/keeper.ts');

/**
 * Starts a server on 127.0.0.1 and waits until it answers. It ends with `stop`, and with this process at the latest.
 * @throws Error with the end of the server's log, when it does not come up
 */
export async function serve(options: ServerOptions = {}): Promise<Server> {
  const entry = await installWorkbench(console.error);
  const temporary = options.home === undefined;
  const home = options.home ?? (await mkdtemp(path.join(os.tmpdir(), 'sdl-host-')));
  const profile = path.join(home, 'profile');
  await writeSettings(profile, options);
  const port = options.port ?? (await freePort());
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...(temporary ? { HOME: home } : {}),
    ...options.environment,
  };
  // Left in place they make code-server believe that it runs inside a terminal of VS Code, or on another port.
  delete environment.VSCODE_IPC_HOOK_CLI;
  delete environment.PORT;
  // Else Node's test runner takes the extension host for one of its own files.
  delete environment.NODE_TEST_CONTEXT;

  const base = [
    entry,
    ...['--user-data-dir', profile],
    ...['--extensions-dir', path.join(home, 'extensions')],
    ...['--config', path.join(home, 'config.yaml')],
  ];
  if (options.vsix !== undefined) {
    await promisify(execFile)(process.execPath, [...base, '--install-extension', options.vsix], { env: environment });
  }
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  flags.push('--disable-getting-started-override');
  if (!options.trust) flags.push('--disable-workspace-trust');
  if (options.development) flags.push('--vscode-option', 'enable-smoke-test-driver');

  const log = path.join(home, 'server.log');
  const output = await open(log, 'w');
  const server = spawn(process.execPath, [keeper, process.execPath, ...base, ...flags], {
    env: { ...environment, SDL_STARTED_BY: String(process.pid) },
    stdio: ['ignore', output.fd, output.fd],
    detached: true,
    windowsHide: true,
  });
  await output.close();
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const end = async () => {
    server.kill('SIGTERM');
    await ended;
    if (temporary) await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = beforeEnd(end);
  try {
    await answers(port, () => server.exitCode !== null || server.signalCode !== null);
  } catch (error) {
    const tail = (await readFile(log, 'utf8')).split('\n').slice(-20).join('\n');
    await end();
    throw new Error(`${(error as Error).message}. The end of its log:\n${tail}`, { cause: error });
  }
  return {
    port,
    home,
    log,
    ended,
    remote: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
    url: (folder, payload = []) => {
      const query = new URLSearchParams({ folder });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `http://127.0.0.1:${port}/?${query}`;
    },
    stop: async () => {
      forget();
      await end();
    },
  };
}

async function writeSettings(profile: string, { trust, settings }: ServerOptions): Promise<void> {
  const workspaceTrust = trust
    ? { 'security.workspace.trust.startupPrompt': 'never' }
    : { 'security.workspace.trust.enabled': false };
  const text = JSON.stringify({ ...quietSettings, ...workspaceTrust, ...settings }, undefined, 2);
  await mkdir(path.join(profile, 'User'), { recursive: true });
  // 'wx': a learner's own settings stay.
  await writeFile(path.join(profile, 'User/settings.json'), text, { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
}

async function answers(port: number, gone: () => boolean): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (response?.ok) return;
    if (gone()) throw new Error('VS Code’s server ended while starting');
    if (Date.now() > deadline) throw new Error(`VS Code’s server did not answer within ${startDeadlineMs / 1000} s`);
    await sleep(50);
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
