/**
 * Stands in for the extension host: runs labs for real (in this process, without a worker), keeps their traces,
 * answers windows in frames as the host does.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { engineVersion } from '../../../labs/engine/record/engine-version.ts';
import { describeLab, headOf, withoutTours, type WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import type { RunFailure } from '../../../labs/engine/protocol/failure.ts';
import type {
  HostMessage,
  KeptBenchmark,
  OpenMessage,
  PanelMessage,
  PanelState,
  RunChoice,
  RunSummary,
  TourAnswer,
} from '../../../labs/engine/protocol/panel.ts';
import { outlineOfRun } from '../../../labs/engine/scene/outline.ts';
import { placeOfStack } from '../../../extension/run/program/locate.ts';
import { momentText } from '../../../extension/run/runner/moment-text.ts';
import { executeRun, momentOfRun } from '../../../labs/engine/run.ts';
import { overviewOf } from '../../../labs/engine/scene/overview.ts';
import { TraceStore } from '../../../labs/engine/trace/store.ts';
import { MockSweep } from './mock-sweep.ts';
import { FrameSender } from '../../../extension/panel/frames.ts';
import { restated } from '../../../extension/panel/restating.ts';

export interface StoredRun {
  summary: RunSummary;
  store: TraceStore;
  report?: RunReport;
  failure?: RunFailure;
}

/** As the build finds out. */
function hasPlan(lab: string): boolean {
  return existsSync(path.join(import.meta.dirname, `../../../labs/${lab}/benchmark/plan.ts`));
}

export class MockHost {
  readonly received: PanelMessage[] = [];
  readonly runs: StoredRun[] = [];
  /** What the panel last asked to have kept. */
  state: PanelState = { version: 1 };
  place: OpenMessage['place'] = 'editor';
  /** Whose text the panel runs, where that is not the bundled one. */
  texts: OpenMessage['texts'] = [];
  /** Whether it answers nothing at all, as if the extensions had been restarted. */
  silent = false;
  toursOffered = true;
  /** Earlier benchmarks, of whatever algorithm is asked about. */
  benchmarks: KeptBenchmark[] = [];
  /** What was answered in tours. */
  readonly answers: TourAnswer[] = [];
  /** Why no moment can be had, where none can. */
  refusesMoments = '';
  /** Most frames that were in flight at once. */
  mostInFlight = 0;

  readonly #labs: readonly Lab[];
  readonly #send: (message: HostMessage) => void;
  readonly #frames: FrameSender;
  readonly #inFlight = new Set<number>();
  readonly #sweep: MockSweep;

  constructor(labs: readonly Lab[], send: (message: HostMessage) => void) {
    this.#labs = labs;
    this.#send = send;
    this.#sweep = new MockSweep(labs, send);
    this.#frames = new FrameSender((frame) => {
      this.#inFlight.add(frame.frame);
      this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight.size);
      send(frame);
    });
  }

  receive(message: PanelMessage): void {
    if (this.silent) return;
    if (message.type === 'there') return this.#send({ type: 'here' }); // of which tests have nothing to say
    this.received.push(message);
    switch (message.type) {
      case 'ready':
        this.#frames.reset();
        this.#inFlight.clear();
        return this.#send(this.openMessage());
      case 'state':
        this.state = message.state;
        return;
      case 'pickLab': {
        const next = this.#labs[(this.#labs.findIndex(({ id }) => id === this.state.lab) + 1) % this.#labs.length];
        return this.#send({ type: 'choose', lab: next!.id });
      }
      case 'lab':
        return this.#send({ type: 'lab', lab: withoutTours(this.#described(message.lab)) });
      case 'tour': {
        const { lab, scenario } = message;
        return this.#send({ type: 'tour', lab, scenario, tour: this.#described(lab).tours[scenario]! });
      }
      case 'tourAnswer':
        this.answers.push(message.answer);
        return;
      case 'benchmarkHistory': {
        const { lab, algorithm } = message;
        return this.#send({ type: 'benchmarkHistory', lab, algorithm, kept: this.benchmarks, limit: 50 });
      }
      case 'chooseText':
        this.texts = [{ lab: message.lab, copied: true }];
        return this.#send(this.openMessage());
      case 'run':
        return this.#refusesRun(message.choice) ? this.#refuse(message.choice) : this.run(message.choice);
      case 'sweep':
        return void this.#sweep.run(message.sweep);
      case 'stopSweep':
        return this.#sweep.stop();
      case 'show':
        return this.#show(message.run);
      case 'window':
      case 'restate':
      case 'overview':
        return void this.#answer(message);
      case 'outline': {
        const run = this.runs.find(({ summary }) => summary.id === message.run);
        const outline = run && outlineOfRun(run.store, run.summary);
        return this.#send({ type: 'outline', run: message.run, ...(outline ? { outline } : {}) });
      }
      case 'moment':
        return this.#moment(message);
      case 'acknowledge':
        this.#inFlight.delete(message.frame);
        return this.#frames.acknowledge(message.frame);
    }
  }

  openMessage(): OpenMessage {
    const shown = this.runs.find(({ summary }) => summary.id === this.state.run)?.summary.lab;
    const labs = new Set([this.state.lab ?? this.#labs[0]?.id, shown].filter((id) => id !== undefined));
    return {
      type: 'open',
      version: 1,
      catalogue: this.#labs.map((lab) => headOf(describeLab(lab))),
      labs: [...labs].map((id) => withoutTours(this.#described(id))),
      state: this.state,
      runs: this.runs.map(({ summary }) => summary),
      texts: this.texts,
      trusted: true,
      defaultSeed: 7,
      tours: { offered: this.toursOffered, answers: this.answers },
      place: this.place,
    };
  }

  #described(id: string): WholeLabEntry {
    const lab = this.#labs.find((lab) => lab.id === id);
    if (!lab) throw new Error(`the harness has no lab '${id}'`);
    return { ...describeLab(lab), benchmarked: hasPlan(id) };
  }

  send(message: HostMessage): void {
    this.#send(message);
  }

  run(choice: RunChoice): void {
    const lab = this.#labs.find(({ id }) => id === choice.lab);
    if (!lab) throw new Error(`the harness has no lab '${choice.lab}'`);
    const summary: RunSummary = {
      id: randomUUID(),
      lab: choice.lab,
      algorithm: choice.algorithm,
      scenario: choice.scenario ?? lab.defaultScenario,
      seed: choice.seed,
      parameters: choice.parameters,
      interventions: choice.interventions ?? [],
      ...(choice.parent === undefined ? {} : { parent: choice.parent }),
      startedAt: Date.UTC(2026, 0, 1, 12) + this.runs.length * 60_000,
      state: 'running',
      edited: false,
      engineVersion,
      events: 0,
      dropped: 0,
    };
    const store = new TraceStore({ maxEvents: 2_000_000 });
    const run: StoredRun = { summary, store };
    this.runs.unshift(run);
    this.#send({ type: 'runStarted', run: { ...summary }, ...(choice.aside ? { aside: true } : {}) });
    const { scenario, aside: _, ...rest } = choice;
    const request = { ...rest, ...(scenario === undefined ? {} : { scenario }) };
    try {
      const report = executeRun(
        lab,
        { ...request, interventions: (choice.interventions ?? []) as RunReport['unapplied'] },
        { maxEvents: 2_000_000 },
        {
          begins: (nature) => Object.assign(summary, { nature }),
          sink: { batch: (first, columns, strings) => store.append(first, columns, strings) },
        },
      );
      Object.assign(summary, { state: 'finished', events: store.length, hash: report.trace.hash });
      run.report = report;
    } catch (error) {
      run.failure = {
        reason: 'threw',
        message: (error as Error).message,
        location: { file: `/labs/${lab.id}/ring.ts`, line: 42, column: 7 },
      };
      Object.assign(summary, { state: 'failed', events: store.length });
    }
    this.#show(summary.id);
  }

  /** A copy that is gone is refused, and nothing runs in its place. */
  #refusesRun({ lab }: RunChoice): boolean {
    return this.texts.some((text) => text.lab === lab && text.gone);
  }

  #refuse(choice: RunChoice): void {
    const failure = { reason: 'gone', message: 'Your copy in /home/ada/copy is not there any more.' } as const;
    const { lab, algorithm, scenario = '', seed, parameters } = choice;
    const { copy } = this.texts.find((text) => text.lab === lab)!;
    const run: StoredRun = {
      summary: {
        ...{ id: randomUUID(), lab, algorithm, scenario, seed, parameters, interventions: [], startedAt: Date.now() },
        ...{ state: 'failed', edited: true, ...(copy ? { copy } : {}), events: 0, dropped: 0, failure: failure.reason },
      },
      store: new TraceStore({ maxEvents: 0 }),
      failure,
    };
    this.runs.unshift(run);
    this.#send({ type: 'runStarted', run: { ...run.summary } });
    this.#show(run.summary.id);
  }

  /** Puts a finished trace in as if it had been run: for pictures of labs that are still to be written. */
  store(summary: RunSummary, store: TraceStore, report: RunReport): void {
    this.runs.unshift({ summary, store, report });
  }

  #show(id: string): void {
    const run = this.runs.find(({ summary }) => summary.id === id);
    if (run?.report) this.#send({ type: 'runFinished', run: { ...run.summary }, report: run.report });
    else if (run?.failure) this.#send({ type: 'runFailed', run: { ...run.summary }, failure: run.failure });
  }

  /** Runs the lab again as far as the event, as the host does in a runner. */
  #moment({ request, run: id, event }: Extract<PanelMessage, { type: 'moment' }>): void {
    const { summary } = this.runs.find((run) => run.summary.id === id)!;
    const lab = this.#labs.find((one) => one.id === summary.lab)!;
    if (this.refusesMoments !== '') return this.#send({ type: 'refused', request, message: this.refusesMoments });
    const interventions = summary.interventions as RunReport['unapplied'];
    const { callSite, did, ...moment } = momentText(
      momentOfRun(lab, { ...summary, interventions }, event, () => undefined),
    );
    const placed = (stack = '') => {
      const file = new RegExp(`/[^ (]*labs/${lab.id}/[^:]*`).exec(stack)?.[0];
      const location = file && placeOfStack(stack, { files: [{ file, text: '' }] } as never);
      return location ? { location } : {};
    };
    const asked = did.map(({ index, callSite }) => ({ event: index, ...placed(callSite) }));
    this.#send({ type: 'moment', request, run: id, moment: { ...moment, ...placed(callSite), did: asked } });
  }

  async #answer(message: Extract<PanelMessage, { type: 'window' | 'restate' | 'overview' }>): Promise<void> {
    const { request, run: id } = message;
    const run = this.runs.find(({ summary }) => summary.id === id);
    if (!run) return this.#send({ type: 'refused', request, message: 'That run is not stored any more.' });
    const { store } = run;
    if (message.type === 'window') return this.#frames.send(message, store);
    if (message.type === 'restate') {
      return this.#frames.sendRestated(request, id, store, await restated(store, message.before));
    }
    const trace = { length: store.length, columns: store.window(0, store.length), strings: store.strings };
    const timed = run.summary.nature?.clock !== 'operations';
    this.#send({ type: 'overview', request, run: id, overview: overviewOf(trace, timed, message.pixels) });
  }
}
