/** What the figures come from. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installWorkbench } from '../../test/host/install-workbench.ts';
import { openBrowser } from '../../test/host/browser.ts';
import { root } from '../folders.ts';

export interface Machine {
  processor: string;
  cores: number;
  /** Bytes. */
  memory: number;
  system: string;
  /** How many processes wanted a core in the last minute; 0 on Windows, which does not say. */
  load: number;
  versions: Record<string, string>;
}

/** Looks at this machine. @param withBrowser whether a measurement uses the browser and the workbench */
export async function describeMachine(withBrowser: boolean): Promise<Machine> {
  const { version } = await readManifest(root);
  return {
    processor: os.cpus()[0]?.model ?? 'an unknown processor',
    cores: os.availableParallelism(),
    memory: os.totalmem(),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    load: os.loadavg()[0]!,
    versions: {
      'System Design Labs': version,
      Node: process.versions.node,
      ...(withBrowser ? { 'VS Code': await workbenchVersion(), Chromium: await browserVersion() } : {}),
    },
  };
}

async function workbenchVersion(): Promise<string> {
  const entry = await installWorkbench(console.error);
  const server = path.resolve(path.dirname(entry), '../../lib/vscode');
  return (await readManifest(server)).version;
}

async function browserVersion(): Promise<string> {
  const browser = await openBrowser();
  const version = browser.version();
  await browser.close();
  return version;
}

async function readManifest(folder: string): Promise<{ version: string }> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
}
