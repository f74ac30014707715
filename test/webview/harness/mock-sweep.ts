/** Sweeps as the extension host runs them, in this process: one run after the other, stopped between two. */
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import type { HostMessage, SweepMessage, SweepRequest, SweepRun } from '../../../labs/engine/protocol/panel.ts';
import { executeRun, expectationsOf } from '../../../labs/engine/run.ts';

export class MockSweep {
  readonly #labs: readonly Lab[];
  readonly #send: (message: HostMessage) => void;
  #stopped = false;

  constructor(labs: readonly Lab[], send: (message: HostMessage) => void) {
    this.#labs = labs;
    this.#send = send;
  }

  stop(): void {
    this.#stopped = true;
  }

  async run(request: SweepRequest): Promise<void> {
    this.#stopped = false;
    const { choice, parameter, values, algorithms, seeds, curveAt } = request;
    const lab = this.#labs.find(({ id }) => id === choice.lab)!;
    const asked = {
      lab: lab.id,
      parameters: choice.parameters,
      ...(choice.scenario ? { scenario: choice.scenario } : {}),
    };
    const variants = curveAt.map((value) => ({ [parameter]: value }));
    const expectations = algorithms.map((algorithm) =>
      expectationsOf(lab, { ...asked, algorithm, seed: choice.seed }, variants),
    );
    const of = values.length * algorithms.length * seeds;
    let done = 0;
    const tell = (state: SweepMessage['state'], runs: SweepRun[]): void => {
      const first = done;
      done += runs.length;
      this.#send({ type: 'sweep', request, state, done, of, first, runs, ...(first === 0 ? { expectations } : {}) });
    };
    tell('running', []);
    for (let seed = choice.seed; seed < choice.seed + seeds; seed++) {
      for (const value of values) {
        for (const algorithm of algorithms) {
          // Lets the page, and its wish to stop, come in between.
          await new Promise((resolve) => setTimeout(resolve, 20));
          if (this.#stopped) return tell('stopped', []);
          const parameters = { ...choice.parameters, [parameter]: value };
          const { metrics, theory, trace } = executeRun(
            lab,
            { ...asked, algorithm, seed, parameters },
            { maxEvents: 0 },
          );
          tell('running', [{ algorithm, value, seed, metrics, theory, hash: trace.hash }]);
        }
      }
    }
    tell('finished', []);
  }
}
