/** Opens the workbench of VS Code in the browser: the same extension host, served on 127.0.0.1. */
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, serve } from '../../test/host/serve.ts';
import { root } from '../folders.ts';
import { isAlive } from '../lifetime.ts';

/** Lasting, because the browser keeps the window's state by address; others follow when it is taken. */
const firstPort = 8_942;
const portsToTry = 20;

/** Serves until this process ends. Says where, and where another one is already being served. */
export async function openWeb(data: string, folder: string): Promise<void> {
  const home = path.join(data, 'web');
  await mkdir(home, { recursive: true });
  const note = path.join(home, 'running.json');
  const other = await readNote(note);
  if (other !== undefined && isAlive(other.pid)) {
    console.log(`System Design Labs is already open (process ${other.pid}): ${other.url}`);
    return;
  }
  await linkExtension(path.join(home, 'extensions'));
  // The folder holds nothing but what the extension wrote there: no reason to ask whether its author is trusted.
  const server = await serve({
    home,
    port: await firstFreePort(),
    settings: {
      'git.openRepositoryInParentFolders': 'never',
      // Nothing of VS Code's own in a folder; our walkthrough the first time.
      'workbench.startupEditor': 'welcomePageInEmptyWorkbench',
    },
  });
  const url = server.url(folder);
  await writeFile(note, JSON.stringify({ pid: process.pid, url }));
  console.log(`\nSystem Design Labs is open: ${url}\nPress Ctrl-C to end it.`);
  await server.ended;
  throw new Error(`VS Code's server ended by itself; its log is ${server.log}`);
}

async function readNote(file: string): Promise<{ pid: number; url: string } | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { pid: number; url: string };
  } catch {
    return undefined;
  }
}

async function firstFreePort(): Promise<number> {
  for (let port = firstPort; port < firstPort + portsToTry; port++) {
    if ((await freePort(port).catch(() => undefined)) !== undefined) return port;
  }
  throw new Error(`Ports ${firstPort} to ${firstPort + portsToTry - 1} are all taken: end one of their programs`);
}

/** Has the source tree stand for the installed extension: a new build is there after a reload of the window. */
async function linkExtension(extensions: string): Promise<void> {
  const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(manifest) as Record<'publisher' | 'name' | 'version', string>;
  await mkdir(extensions, { recursive: true });
  // An older version, or another clone, may have left its own.
  for (const entry of await readdir(extensions)) {
    if (entry.startsWith(`${publisher}.${name}-`)) await rm(path.join(extensions, entry), { recursive: true });
  }
  await symlink(root, path.join(extensions, `${publisher}.${name}-${version}`), 'junction');
}
