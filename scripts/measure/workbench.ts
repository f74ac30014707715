/** What a learner waits for, in a real VS Code with the packaged extension: activation, pictures, frames, panels. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../test/host/browser.ts';
import { serve, type Server } from '../../test/host/serve.ts';
import { copyLabs } from '../start/learner-copy.ts';
import { figure, percentile, type Figure } from './figure.ts';
import type { Measurement, Subject } from './measurement.ts';
import { WorkbenchSession, type Picture } from './workbench-session.ts';

/** Clicks on a lens in a window that has run before. */
const warmClicks = 3;

/** Percentiles of the frames of one playing. */
const shares = [0.5, 0.95];

/** What one start of the window gave. */
interface Window {
  /** Milliseconds. */
  activation: number;
  cold: Picture;
  warm: Picture[];
  /** First paint of a panel that has nothing to show, from the beginning of its page, in milliseconds. */
  emptyPanel: number;
  /** Bytes of the files that the panel had asked for by then. */
  loaded: number;
  /** Milliseconds: the main thread's work, and the time from one frame to the next. */
  frames: { work: number[]; gaps: number[] };
}

export const workbench: Measurement = {
  name: 'workbench',
  title:
    'VS Code with the packaged extension, in windows started anew; frames while 10,000 keys on 1,000 servers × 3 are played in 10 s',
  repetitions: 5,
  browser: true,
  async run(subject, repetitions): Promise<Figure[]> {
    const windows: Window[] = [];
    await inWorkbench(subject, async (browser, server, folder) => {
      for (let i = 0; i < repetitions; i++) windows.push(await openWindow(browser, server, folder, subject));
    });
    const of = (pick: (window: Window) => number): number[] => windows.map(pick);
    const warm = windows.flatMap((window) => window.warm);
    return [
      figure(
        'activation',
        'ms',
        of(({ activation }) => activation),
        {
          goal: { atMost: 50 },
          note: 'as VS Code has it: loading the code and activate(), in whole milliseconds',
        },
      ),
      figure(
        'Run lens to picture, cold',
        'ms',
        of(({ cold }) => cold.total),
        {
          goal: { atMost: 250 },
          note: `the first click in a window: panel, runner and compiler start; the run was announced after ${steps(windows.map(({ cold }) => cold))}`,
        },
      ),
      figure(
        'Run lens to picture, warm',
        'ms',
        warm.map(({ total }) => total),
        {
          goal: { atMost: 250 },
          note: `the panel is open; the run was announced after ${steps(warm)}`,
        },
      ),
      figure(
        'first paint of an empty panel',
        'ms',
        of(({ emptyPanel }) => emptyPanel),
        { goal: { atMost: 150 } },
      ),
      figure(
        'files that an empty panel asks for',
        'bytes',
        of(({ loaded }) => loaded),
        {
          note: 'scripts, styles and the icons’ font',
        },
      ),
      ...shares.map((share) =>
        figure(
          `ring frame, p${share * 100}`,
          'ms',
          of(({ frames: { work } }) => percentile(work, share)),
          {
            ...(share === 0.95 ? { goal: { atMost: 16 } } : {}),
            note: 'the main thread, from the beginning of a frame until it is painted',
          },
        ),
      ),
      ...shares.map((share) =>
        figure(
          `ring frame to frame, p${share * 100}`,
          'ms',
          of(({ frames: { gaps } }) => percentile(gaps, share)),
          {
            note: 'drawn by the processor too: a headless browser has no GPU',
          },
        ),
      ),
    ];
  },
};

/** The medians of a click's stages, in words. */
function steps(pictures: readonly Picture[]): string {
  const median = (pick: (picture: Picture) => number): string => percentile(pictures.map(pick), 0.5).toFixed(0);
  return `${median(({ started }) => started)} ms, its first events came after ${median(({ events }) => events)} ms`;
}

async function inWorkbench(
  { vsix }: Subject,
  use: (browser: Browser, server: Server, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-measure-'));
  await copyLabs(folder, ['consistent-hashing']);
  const server = await serve({ vsix });
  const browser = await openBrowser();
  try {
    await use(browser, server, folder);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openWindow(browser: Browser, server: Server, folder: string, { dist }: Subject): Promise<Window> {
  const file = path.join(folder, 'system-design-labs/consistent-hashing/ring.ts');
  const session = await WorkbenchSession.open(browser, server, folder, file);
  const cold = await session.clickRun();
  const warm: Picture[] = [];
  for (let i = 0; i < warmClicks; i++) warm.push(await session.clickRun());
  const frames = await session.playRing('At scale');
  const { paint, asked } = await session.openEmptyPanel();
  const sizes = await Promise.all(asked.map(async (file) => (await stat(path.join(dist, 'webview', file))).size));
  const loaded = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const activation = await session.activation();
  await session.close();
  return { activation, cold, warm, emptyPanel: paint, loaded, frames };
}
