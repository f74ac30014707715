/** What does not depend on how many labs there are: measured with those that ship, and with as many as there are to be. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../test/host/browser.ts';
import { serve, type Server } from '../../test/host/serve.ts';
import { pack, stageOf } from '../package/package-extension.ts';
import { thisPlatform } from '../package/targets.ts';
import { copyLabs } from '../start/learner-copy.ts';
import { figure, type Figure } from './figure.ts';
import { manyLabs, multiplyLabs } from './many-labs.ts';
import type { Measurement } from './measurement.ts';
import { WorkbenchSession } from './workbench-session.ts';

/** What one window gave. */
interface Window {
  /** Milliseconds. */
  activation: number;
  paint: number;
  /** Bytes. */
  opening: number;
  /** Bytes of the extension host; undefined where the system does not tell. */
  memory: number | undefined;
}

export const many: Measurement = {
  name: 'many',
  title: `VS Code with as many labs as ship, and with ${manyLabs}`,
  repetitions: 3,
  browser: true,
  async run({ vsix }, repetitions): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-measure-'));
    try {
      await copyLabs(folder, ['consistent-hashing']);
      const extension = path.join(folder, 'extension');
      await cp(stageOf(thisPlatform()), extension, { recursive: true });
      const package48 = path.join(folder, 'many.vsix');
      await multiplyLabs(extension, manyLabs);
      await pack(extension, package48, thisPlatform());
      const few = await windowsOf(vsix, folder, repetitions);
      const windows = await windowsOf(package48, folder, repetitions);
      return [...figuresOf('the labs that ship', few), ...figuresOf(`${manyLabs} labs`, windows)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function figuresOf(labs: string, windows: readonly Window[]): Figure[] {
  const of = (pick: (window: Window) => number): number[] => windows.map(pick);
  const memory = windows.flatMap((window) => window.memory ?? []);
  return [
    figure(
      `${labs}: what a panel is sent when it opens`,
      'bytes',
      of(({ opening }) => opening),
      { goal: { atMost: 60 * 1024 }, note: 'as JSON' },
    ),
    figure(
      `${labs}: activation`,
      'ms',
      of(({ activation }) => activation),
      { goal: { atMost: 50 } },
    ),
    figure(
      `${labs}: first paint of an empty panel`,
      'ms',
      of(({ paint }) => paint),
      { goal: { atMost: 150 } },
    ),
    ...(memory.length > 0
      ? [figure(`${labs}: memory of the extension host`, 'bytes', memory, { note: 'with the panel open' })]
      : []),
  ];
}

async function windowsOf(vsix: string, folder: string, repetitions: number): Promise<Window[]> {
  const server = await serve({ vsix });
  const browser = await openBrowser();
  try {
    const windows: Window[] = [];
    for (let i = 0; i < repetitions; i++) windows.push(await openWindow(browser, server, folder));
    return windows;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function openWindow(browser: Browser, server: Server, folder: string): Promise<Window> {
  const file = path.join(folder, 'system-design-labs/consistent-hashing/ring.ts');
  const session = await WorkbenchSession.open(browser, server, folder, file);
  await session.openPanel(); // the window has started: its palette stays open
  const { paint, opening } = await session.openEmptyPanel();
  const memory = await memoryOfHost(server);
  const activation = await session.activation();
  await session.close();
  return { activation, paint, opening, memory };
}

/** Resident bytes of a server's newest extension host, where Linux tells of its processes. */
async function memoryOfHost({ home }: Server): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const hosts: { started: number; bytes: number }[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [command, environment] = [await read('cmdline'), await read('environ')];
    if (!command.includes('--type=extensionHost') || !environment.includes(`HOME=${home}\0`)) continue;
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(await read('status'))?.[1];
    if (resident !== undefined) hosts.push({ started: Number(pid), bytes: Number(resident) * 1024 });
  }
  return hosts.sort((a, b) => a.started - b.started).at(-1)?.bytes;
}
