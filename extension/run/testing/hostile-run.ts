/** Runs hostile programs and looks whether what is promised of them is kept. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunService } from '../run-service.ts';
import type { Run } from '../run.ts';
import { counting, learnersCopy, runService } from './fixture.ts';
import { markOf, type HostileProgram } from './hostile-programs.ts';
import { gone, processesWith } from './processes.ts';

/** Nothing shown may hold one. */
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const longestMessage = 5000;
/** The promise is half a second; a machine that does ten other things may take longer. */
const stopCeiling = 5000; // ms

/** Services for both kinds of programs, and what was seen so far. */
export class Trial {
  readonly #services: Readonly<Record<'bundled' | 'asItIs', RunService>>;
  /** The longest time from Stop to the end, in milliseconds. */
  slowestStop = 0;
  stops = 0;

  private constructor(bundled: RunService, asItIs: RunService) {
    this.#services = { bundled, asItIs };
  }

  static async begin(): Promise<Trial> {
    const limits = () => ({ deadline: 60_000, memory: 256, maxEvents: 100_000 });
    return new Trial(await runService({ limits }), await runService({ limits, bundler: false }));
  }

  /** @param n its place in the list @throws AssertionError that names the promise that it broke */
  async run({ name, files, bundler, ending }: HostileProgram, n: number): Promise<void> {
    const service = bundler ? this.#services.bundled : this.#services.asItIs;
    const request = counting({ source: await learnersCopy(files), scenario: 'few' });
    const run = service.start(request);
    try {
      if (ending.kind === 'stuck') await this.#stop(run);
      await run.finished;
      this.#check(run, ending);
      // Each has a runner of its own, which is gone with it.
      for (const pid of await processesWith(markOf(n))) await within(gone(pid), `process ${pid} is left`);
    } catch (error) {
      const said = JSON.stringify(run.failure)?.slice(0, 1500);
      throw new Error(`program ${n}, ${name}: ${(error as Error).message}; ${said}`, { cause: error });
    } finally {
      await run.stop();
    }
  }

  async #stop(run: Run): Promise<void> {
    const printed = (async () => {
      while (run.console.length === 0 && run.state === 'running') await wait(5);
    })();
    await within(printed, 'it neither printed nor ended');
    assert.equal(run.state, 'running', 'it ended by itself');
    const asked = performance.now();
    await run.stop();
    const took = performance.now() - asked;
    this.stops++;
    this.slowestStop = Math.max(this.slowestStop, took);
    assert.ok(took < stopCeiling, `Stop took ${Math.round(took)} ms`);
  }

  #check({ failure, console, report, state }: Run, ending: HostileProgram['ending']): void {
    assert.doesNotMatch(console.join(''), controlCharacter, 'control characters are printed');
    if (state === 'finished') {
      assert.ok(report, 'it finished without a report');
      assert.equal(ending.kind, 'ends', 'it ended well');
      return;
    }
    const { reason, message, location } = failure!;
    assert.notEqual(reason, 'internal', 'a mistake of ours');
    assert.ok(message.length > 0 && message.length < longestMessage, `a message of ${message.length} characters`);
    assert.doesNotMatch(message, controlCharacter, 'control characters in its message');
    if (ending.kind === 'stuck') assert.equal(reason, 'stopped', 'it ended otherwise');
    if (ending.kind !== 'throws') return;
    assert.notEqual(reason, 'crash', 'its process crashed');
    const place = location && `${path.basename(location.file)}:${location.line}`;
    assert.equal(place, `${ending.file}:${ending.line}`, `it names ${place}, not ${ending.file}:${ending.line}`);
  }

  /** After all of them: the next run is well, and nothing is left. @throws AssertionError */
  async end(): Promise<void> {
    for (const service of Object.values(this.#services)) {
      const run = await service.start(counting({ source: await learnersCopy() })).finished;
      assert.equal(run.state, 'finished', run.failure?.message);
      const runners = service.runners;
      await service.dispose();
      for (const pid of runners) await within(gone(pid), `runner ${pid} is left`);
    }
  }
}

async function within(work: Promise<unknown>, otherwise: string): Promise<void> {
  const timeout = new AbortController();
  const late = wait(60_000, true, { signal: timeout.signal, ref: false }).catch(() => false);
  const isLate = await Promise.race([work.then(() => false), late]);
  timeout.abort();
  assert.ok(!isLate, otherwise);
}
