/** A run of ten million events in a real VS Code: the panel while it streams in, and afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openBrowser } from '../../test/host/browser.ts';
import { serve } from '../../test/host/serve.ts';
import { copyLabs } from '../start/learner-copy.ts';
import { figure, percentile, type Figure } from './figure.ts';
import type { Measurement, Subject } from './measurement.ts';
import { WorkbenchSession } from './workbench-session.ts';

/** Requests through a balancer: four events each. */
const requests = 2_500_000;
/** How often a window of 2,000 events is asked for. */
const windows = 20;
/** The longest that the run may take, in milliseconds. */
const patience = 180_000;

interface Course {
  events: number;
  seconds: number;
  /** Milliseconds. */
  work: number[];
  gaps: number[];
  windows: number[];
  overview: number;
  jumps: number[];
  /** Bytes of the page's JavaScript heap. */
  heap: number;
}

export const longRun: Measurement = {
  name: 'long-run',
  title: 'a run of ten million events in VS Code: the panel while it streams in and is played, then all of it at hand',
  repetitions: 1,
  browser: true,
  async run(subject, repetitions): Promise<Figure[]> {
    const courses: Course[] = [];
    for (let i = 0; i < repetitions; i++) courses.push(await course(subject));
    const of = (pick: (course: Course) => number): number[] => courses.map(pick);
    const all = (pick: (course: Course) => number[]): number[] => courses.flatMap(pick);
    return [
      figure(
        'events a second, as they came',
        'events/s',
        of(({ events, seconds }) => events / seconds),
        { note: 'the simulation itself; the panel is told of them while it plays the first' },
      ),
      figure(
        'frame while it streams, p95',
        'ms',
        of(({ work }) => percentile(work, 0.95)),
        { goal: { atMost: 16 }, note: 'the main thread of the panel' },
      ),
      figure(
        'frame to frame while it streams, p95',
        'ms',
        of(({ gaps }) => percentile(gaps, 0.95)),
        { note: 'with the simulation and the browser on the same cores' },
      ),
      figure(
        'a window of 2,000 events, asked for and drawn',
        'ms',
        all((course) => course.windows),
        { goal: { atMost: 30 } },
      ),
      figure(
        'the whole run summed up',
        'ms',
        of(({ overview }) => overview),
        { note: 'after its end, in a thread beside the host' },
      ),
      figure(
        'to another part of the run',
        'ms',
        all(({ jumps }) => jumps),
        { note: 'how things stood there, and 100,000 events around it' },
      ),
      figure(
        'JavaScript heap of the panel',
        'bytes',
        of(({ heap }) => heap),
        { note: 'with the run open; its events at hand are 4 MB beside it' },
      ),
    ];
  },
};

async function course({ vsix }: Subject): Promise<Course> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-measure-'));
  await copyLabs(folder, ['load-balancing']);
  const server = await serve({
    vsix,
    settings: { 'systemDesignLabs.runDeadline': 300, 'systemDesignLabs.tours': false },
  });
  const browser = await openBrowser();
  try {
    const file = path.join(folder, 'system-design-labs/load-balancing/round-robin.ts');
    const session = await WorkbenchSession.open(browser, server, folder, file);
    return await watch(session);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watch(session: WorkbenchSession): Promise<Course> {
  await session.openPanel();
  const panel = session.panel();
  await panel.locator('summary', { hasText: 'Parameters' }).click();
  await panel.locator('vscode-text-field[aria-label="requests" i] input').fill(String(requests));
  const frame = await session.panelFrame();
  await record(frame, true);
  const began = Date.now();
  await panel.locator('.run-buttons vscode-button').first().click();
  await panel.locator('.facts').waitFor({ timeout: patience });
  const seconds = (Date.now() - began) / 1000;
  await record(frame, false);
  const told = await panel.locator('.facts').innerText();
  const events = Number(/([\d,]+) events/.exec(told)![1]!.replaceAll(',', ''));
  const { frames, run } = await frame.evaluate(() => {
    const { frames, run } = (globalThis as unknown as Probe).measured;
    return { frames, run };
  });
  const before = Date.now();
  await panel.locator('.whole-strip svg').waitFor({ timeout: patience });
  const overview = Date.now() - before;
  const jumps: number[] = [];
  for (const share of [1, 0.5, 0.1, 0.9]) {
    jumps.push(await frame.evaluate((share) => (globalThis as unknown as Probe).measured.jumpTo(share), share));
  }
  const taken: number[] = [];
  for (let i = 0; i < windows; i++) {
    taken.push(
      await frame.evaluate(
        ({ run, from }) => (globalThis as unknown as Probe).measured.askForWindow(run, from, from + 2000),
        { run, from: 1000 + 50_000 * i },
      ),
    );
  }
  const heap = await frame.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  const gaps = frames.slice(1).map(({ at }, i) => at - frames[i]!.at);
  return { events, seconds, work: frames.map(({ took }) => took), gaps, windows: taken, overview, jumps, heap };
}

interface Probe {
  measured: {
    recording: boolean;
    run: string;
    frames: { at: number; took: number }[];
    askForWindow(run: string, from: number, to: number): Promise<number>;
    jumpTo(share: number): Promise<number>;
  };
}

function record(frame: Frame, recording: boolean): Promise<void> {
  return frame.evaluate((recording) => {
    (globalThis as unknown as Probe).measured.recording = recording;
  }, recording);
}
