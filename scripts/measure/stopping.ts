/** How long Stop takes, whatever the code does: from the call until the run is over. */
import { once } from 'node:events';
import type { Run } from '../../extension/run/run-service.ts';
import { figure, type Figure } from './figure.ts';
import type { Measurement } from './measurement.ts';
import { burden, onService } from './service.ts';

const kinds = {
  loop: 'for (;;);',
  sort: 'a native sort of 20 million numbers',
  spawnSync: "spawnSync('sleep')",
} as const;
type Kind = keyof typeof kinds;

export const stopping: Measurement = {
  name: 'stopping',
  title: 'Stop: from the click until the run is over',
  repetitions: 10,
  browser: false,
  async run({ dist }, repetitions): Promise<Figure[]> {
    const figures: Figure[] = [];
    for (const kind of Object.keys(kinds) as Kind[]) {
      const samples: number[] = [];
      for (let i = 0; i < repetitions; i++) samples.push(await stop(dist, kind));
      figures.push(figure(`stop of ${kinds[kind]}`, 'ms', samples, { goal: { atMost: 500 } }));
    }
    return figures;
  },
};

async function stop(dist: string, kind: Kind): Promise<number> {
  return onService(dist, async (service) => {
    const run = service.start(burden({ kind }));
    await untilItPrints(run);
    const before = performance.now();
    await run.stop();
    return performance.now() - before;
  });
}

/** The code prints a line right before it gets stuck. @throws Error when the run ends without it */
async function untilItPrints(run: Run): Promise<void> {
  const changes = new EventTarget();
  const subscription = run.onDidChange(() => changes.dispatchEvent(new Event('change')));
  while (run.console.length === 0 && run.state === 'running') await once(changes, 'change');
  subscription.dispose();
  if (run.state !== 'running') throw new Error(`the run ended before it was stopped: ${run.failure?.message}`);
}
