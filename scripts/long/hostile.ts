/** Programs of the worst kind, and run files that somebody has made: each ends as it is promised. */
import { hostileFiles, tryFile } from '../../extension/run/testing/hostile-files.ts';
import { hostilePrograms } from '../../extension/run/testing/hostile-programs.ts';
import { Trial } from '../../extension/run/testing/hostile-run.ts';
import { takeDown } from '../../extension/run/testing/fixture.ts';
import { beforeEnd } from '../lifetime.ts';
import type { LongJob } from './job.ts';

const atOnce = 3;

export const hostile: LongJob = {
  name: 'hostile',
  title: 'programs and run files that mean no good; all of them, however long it takes',
  async run() {
    beforeEnd(takeDown);
    const broken: string[] = [];
    const note = (error: Error): void => {
      broken.push(error.message);
      console.log(`hostile: ${error.message}`);
    };
    const strays: unknown[] = [];
    process.on('uncaughtException', (error) => strays.push(error));
    process.on('unhandledRejection', (error) => strays.push(error));
    const files = hostileFiles();
    for (const file of files) await tryFile(file).catch(note);
    const programs = hostilePrograms();
    const trial = await Trial.begin();
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < programs.length) {
        const n = next++;
        await trial.run(programs[n]!, n).catch(note);
        if (n % 25 === 24) console.log(`hostile: ${n + 1} of ${programs.length} programs`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await trial.end();
    await takeDown();
    broken.push(...strays.map((error) => `the host: ${String((error as Error)?.stack ?? error)}`));
    if (broken.length > 0) throw new Error(`${broken.length} promises were broken:\n${broken.join('\n')}`);
    const stops = `${trial.stops} times Stop, at most ${Math.round(trial.slowestStop)} ms`;
    return `${programs.length} programs (${stops}) and ${files.length} run files: every promise was kept`;
  },
};
