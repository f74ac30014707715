/** The extension's end of one panel: answers its messages, keeps its state, and tells it of the runs it follows. */
import * as vscode from 'vscode';
import { withoutTours, type LabHead, type WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import {
  panelMessage,
  panelProtocolVersion,
  panelState,
  readFromPanel,
  type HostMessage,
  type LabText,
  type OpenMessage,
  type PanelMessage,
  type PanelState,
  type RunSummary,
} from '../../labs/engine/protocol/panel.ts';
import type { RunNature } from '../../labs/engine/lab/worlds.ts';
import { command } from '../ids.ts';
import { outlineOfRun } from '../../labs/engine/scene/outline.ts';
import { problemHtml } from '../run-files/problem-html.ts';
import type { KeptRun } from '../runs/kept-run.ts';
import type { StartedRun } from '../runs/runs.ts';
import { FrameSender } from './frames.ts';
import { panelHtml, webviewRoot } from './html.ts';
import { Outstanding } from './outstanding.ts';
import type { Overviews } from './overviews.ts';
import { restated } from './restating.ts';

/** What a panel needs of the window around it. */
export interface PanelSurroundings {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  /** All labs that there are. */
  heads(): readonly LabHead[];
  /** A lab as a panel runs it, the learner's own algorithms among those that ship. */
  lab(id: string, panel: PanelHost): Promise<WholeLabEntry | undefined>;
  runs(): Promise<RunSummary[]>;
  openRun(id: string): Promise<KeptRun | undefined>;
  /** A run that is too long for a panel, summed up. */
  overview: Overviews['of'];
  /** A run that this window has started. */
  startedRun(id: string): StartedRun | undefined;
  /** Whose text a panel runs, of the labs of which it need not be the bundled one. */
  texts(panel: PanelHost): LabText[];
  /** The run that goes on in this window, the newest if there are several: a new panel shows it. */
  goingOn(): StartedRun | undefined;
  defaultSeed(): number;
  /** Whether tours are offered, and what was answered in them. */
  tours(): NonNullable<OpenMessage['tours']>;
  /** The panel shows everything anew, or is gone: what it was told of sweeps must be told again, or forgotten. */
  began(panel: PanelHost): void;
  gone(panel: PanelHost): void;
  /** What the learner wants: everything but what concerns the panel alone. */
  act(message: PanelAction, panel: PanelHost): Promise<void>;
}

/** Messages that mean something outside of the panel. */
export type PanelAction = Extract<
  PanelMessage,
  {
    type:
      | 'run'
      | 'stop'
      | 'moment'
      | 'openSource'
      | 'openAlgorithm'
      | 'pickLab'
      | 'chooseText'
      | 'openLab'
      | 'tourAnswer'
      | 'focus'
      | 'benchmark'
      | 'cancelBenchmark'
      | 'sweep'
      | 'stopSweep'
      | 'benchmarkHistory'
      | 'compareBenchmarks'
      | 'copyText'
      | 'saveText';
  }
>;

/** A command by which the learner gets a panel anew whose host has gone. */
export type WayBack = typeof command.openPlayground | 'workbench.action.reloadWindow';

export class PanelHost implements vscode.Disposable {
  readonly place: OpenMessage['place'];
  readonly #webview: vscode.Webview;
  readonly #around: PanelSurroundings;
  readonly #frames: FrameSender;
  readonly #outstanding = new Outstanding();
  readonly #subscriptions: vscode.Disposable[] = [];
  /** Runs that the panel is told about, with what ends the telling. */
  readonly #followed = new Map<string, { dispose(): void }>();
  /** Windows that will be sent when the run has got there. */
  readonly #waiting = new Set<{ dispose(): void }>();
  #state: PanelState;
  #ready = false;
  /** Ends the look at the moment that the panel asked for last. */
  #look = new AbortController();

  /**
   * @param state what the panel showed before, in whatever form it was kept: one that is not understood
   *   gives a panel on the run that goes on, an empty one if none does
   * @param wayBack from a panel that has lost its host; a link in it
   */
  constructor(
    webview: vscode.Webview,
    place: OpenMessage['place'],
    around: PanelSurroundings,
    state: unknown,
    wayBack: WayBack = 'workbench.action.reloadWindow',
  ) {
    this.place = place;
    this.#webview = webview;
    this.#around = around;
    const kept = readFromPanel(panelState, state);
    const going = around.goingOn();
    const fresh: PanelState = going ? stateOf(going.run.summary) : { version: panelProtocolVersion };
    this.#state = 'said' in kept ? kept.said : fresh;
    this.#frames = new FrameSender((frame) => this.post(frame));
    webview.options = {
      enableScripts: true,
      // Links to these work when nobody is left to answer a message.
      enableCommandUris: [wayBack, command.showOutput],
      localResourceRoots: [webviewRoot(around.extensionUri)],
    };
    this.#subscriptions.push(webview.onDidReceiveMessage((message) => void this.#receive(message)));
    const title = place === 'editor' ? 'Playground' : 'Visualization';
    try {
      webview.html = panelHtml(webview, around.extensionUri, title, wayBack);
    } catch (error) {
      around.log.error(error as Error);
      const advice = 'Reload the window; if that does not help, install System Design Labs anew.';
      webview.html = problemHtml(`The ${title}`, (error as Error).message, advice);
    }
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Sends a message; one to a panel that is hidden or still loading is not missed, `open` brings it up to date. */
  post(message: HostMessage): void {
    if (this.#ready) void this.#webview.postMessage(message);
  }

  /** Puts an algorithm, or a lab as it begins, into the panel's form, as if the learner had chosen it. */
  choose(lab: string, algorithm?: string): void {
    const { seed } = this.#state;
    const chosen = { lab, ...(algorithm === undefined ? {} : { algorithm }) };
    const fresh = { version: panelProtocolVersion, ...chosen, ...(seed === undefined ? {} : { seed }) } as const;
    this.#state = this.#state.lab === lab ? { ...this.#state, ...chosen } : fresh;
    this.post({ type: 'choose', ...chosen });
  }

  /** Shows a run, from its end. */
  async show(run: KeptRun): Promise<void> {
    this.#take(run.summary);
    if (this.#ready) await this.open();
  }

  /** Tells the panel of a run from its start on, and makes it the one on the screen. */
  follow(started: StartedRun): void {
    const { summary } = started.run;
    this.#take(summary);
    this.post({ type: 'runStarted', run: summary });
    this.#tell(started);
  }

  /** A run is on the screen now, in the view that was looked at before where it is of the same lab. */
  #take(summary: RunSummary): void {
    const { lab, view } = this.#state;
    this.#state = { ...stateOf(summary), ...(lab === summary.lab && view !== undefined ? { view } : {}) };
  }

  /** Tells the panel of a run that stands beside the one on the screen. */
  followAside(started: StartedRun): void {
    this.post({ type: 'runStarted', run: started.run.summary, aside: true });
    this.#tell(started);
  }

  /**
   * Sends all that the panel is to show: at its start, and whenever labs, copies or trust have changed. What goes wrong
   * with that is said in the panel.
   */
  async open(): Promise<void> {
    try {
      this.post(await this.#opening());
    } catch (error) {
      this.#around.log.error(error as Error);
      this.post({ type: 'unready', message: (error as Error).message });
    }
  }

  async #opening(): Promise<OpenMessage> {
    const around = this.#around;
    const heads = around.heads();
    const runs = await around.runs();
    // Of the form, which falls back to the first, and of the run on the screen.
    const lab = byId(heads, this.#state.lab) ?? heads[0];
    const shown = runs.find(({ id }) => id === this.#state.run);
    const labs = [...new Set([lab?.id, byId(heads, shown?.lab)?.id])].filter((id) => id !== undefined);
    return {
      type: 'open',
      version: panelProtocolVersion,
      catalogue: heads,
      labs: await Promise.all(labs.map(async (id) => withoutTours(await this.#lab(id)))),
      state: this.#state,
      runs,
      texts: around.texts(this),
      trusted: vscode.workspace.isTrusted,
      defaultSeed: around.defaultSeed(),
      tours: around.tours(),
      place: this.place,
    };
  }

  async #receive(raw: unknown): Promise<void> {
    const { log } = this.#around;
    const read = readFromPanel(panelMessage, raw);
    if ('fault' in read) {
      log.warn(`The panel said something that is not understood: ${read.fault}`);
      return;
    }
    const message = read.said;
    try {
      await this.#outstanding.answer(message, () => this.#answer(message));
    } catch (error) {
      // A moment that cannot be had is no mistake: the inspector says why.
      if (message.type === 'moment') log.info((error as Error).message);
      else log.error(error as Error);
      if (message.type === 'lab' || message.type === 'tour') {
        this.post({ type: 'unready', message: (error as Error).message });
      }
      if ('request' in message) {
        this.post({ type: 'refused', request: message.request, message: (error as Error).message });
      }
    }
  }

  async #answer(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#begin(message.version);
      case 'there':
        return this.post({ type: 'here' });
      case 'state':
        this.#state = message.state;
        return;
      case 'lab':
        return this.post({ type: 'lab', lab: withoutTours(await this.#lab(message.lab)) });
      case 'tour': {
        const { lab, scenario } = message;
        const tour = (await this.#lab(lab)).tours[scenario];
        if (!tour) throw new Error(`Scenario '${scenario}' of ${lab} has no tour.`);
        return this.post({ type: 'tour', lab, scenario, tour });
      }
      case 'show': {
        const run = await this.#around.openRun(message.run);
        if (run) this.#present(run);
        return;
      }
      case 'window': {
        const run = await this.#keptRun(message.run);
        await this.#eventsFrom(run, message.from);
        return this.#frames.send(message, run.trace);
      }
      case 'restate': {
        const { trace } = await this.#keptRun(message.run);
        const rows = await restated(trace, message.before);
        return this.#frames.sendRestated(message.request, message.run, trace, rows);
      }
      case 'overview': {
        const { summary, trace } = await this.#keptRun(message.run);
        const nature = summary.nature ?? (await this.#natureOf(summary));
        const overview = await this.#around.overview(trace, nature?.clock !== 'operations', message.pixels);
        this.post({ type: 'overview', request: message.request, run: message.run, overview });
        return;
      }
      case 'outline': {
        const { run: id } = message;
        const run = await this.#around.openRun(id);
        this.post({ type: 'outline', run: id, ...(run ? { outline: outlineOfRun(run.trace, run.summary) } : {}) });
        return;
      }
      case 'acknowledge':
        return this.#frames.acknowledge(message.frame);
      case 'cancelMoment':
        this.#look.abort();
        return;
      case 'problem':
        this.#around.log.error(`Panel: ${message.message}`);
        return;
      default:
        return this.#around.act(message, this);
    }
  }

  async #lab(id: string): Promise<WholeLabEntry> {
    const lab = await this.#around.lab(id, this);
    if (!lab) throw new Error(`There is no lab '${id}'.`);
    return lab;
  }

  async #natureOf({ lab, scenario }: RunSummary): Promise<RunNature | undefined> {
    return byId((await this.#around.lab(lab, this))?.scenarios ?? [], scenario)?.nature;
  }

  async #keptRun(id: string): Promise<KeptRun> {
    const run = await this.#around.openRun(id);
    if (!run) throw new Error('This run is no longer kept.');
    return run;
  }

  async #begin(version: number): Promise<void> {
    // It sees by what it is sent, and says, that it must be reloaded.
    if (version !== panelProtocolVersion)
      this.#around.log.warn('A panel belongs to another version: reload the window.');
    this.#ready = true;
    this.#frames.reset();
    this.#outstanding.forget();
    this.#forgetWaiting();
    await this.open();
    this.#around.began(this);
  }

  /** Resolves when a run has an event of that number, or is over; never, if the panel has gone or started anew by then. */
  #eventsFrom({ summary, trace }: KeptRun, from: number): Promise<void> {
    const live = this.#around.startedRun(summary.id)?.live;
    if (!live || live.state !== 'running' || trace.length > from) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = live.onDidChange(() => {
        if (live.state === 'running' && trace.length <= from) return;
        waiting.dispose();
        this.#waiting.delete(waiting);
        resolve();
      });
      this.#waiting.add(waiting);
    });
  }

  /** Nobody waits for events any more. */
  #forgetWaiting(): void {
    for (const waiting of this.#waiting) waiting.dispose();
    this.#waiting.clear();
  }

  /** Tells the panel how a run came out, or goes on telling it while it runs. */
  #present(run: KeptRun): void {
    const started = this.#around.startedRun(run.summary.id);
    if (started?.live?.state === 'running') this.#tell(started);
    else this.#tellEnd(run);
  }

  #tell({ run, live }: StartedRun): void {
    const { id } = run.summary;
    if (!live) return this.#tellEnd(run);
    if (this.#followed.has(id)) return;
    const tell = (): void => {
      if (live.state !== 'running') {
        this.#followed.get(id)?.dispose();
        this.#followed.delete(id);
        this.#tellEnd(run);
        return;
      }
      const { events, dropped } = run.summary;
      this.post({ type: 'progress', run: id, share: run.share, events, dropped });
    };
    this.#followed.set(id, live.onDidChange(tell));
    tell();
  }

  #tellEnd({ summary, report, failure }: KeptRun): void {
    if (report) this.post({ type: 'runFinished', run: summary, report });
    else if (failure) this.post({ type: 'runFailed', run: summary, failure });
  }

  /** The panel looks at another moment: what it looked at before is given up. */
  lookAnew(): AbortSignal {
    this.#look.abort();
    this.#look = new AbortController();
    return this.#look.signal;
  }

  /** The panel was hidden or is gone: it cannot say any more that it has no focus. */
  loseFocus(): void {
    void this.#around.act({ type: 'focus', focused: false }, this);
  }

  dispose(): void {
    this.#ready = false; // what is still being answered is for nobody
    this.loseFocus();
    this.#forgetWaiting();
    this.#around.gone(this);
    this.#look.abort();
    for (const subscription of [...this.#subscriptions, ...this.#followed.values()]) subscription.dispose();
  }
}

/** A panel that shows a run, with its choice in the form. */
function stateOf({ id, lab, algorithm, scenario, seed, parameters }: RunSummary): PanelState {
  const named = scenario === '' ? {} : { scenario };
  return { version: panelProtocolVersion, lab, algorithm, ...named, seed, parameters, run: id };
}
