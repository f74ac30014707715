/**
 * The state of a panel, and everything that can happen to it: messages from the host on one side, what the
 * learner does on the other. Components read its signals; nothing in here touches the DOM.
 */
import { batch, computed, signal } from '@preact/signals';
import type { ScenarioEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { RunNature } from '../../labs/engine/lab/worlds.ts';
import type {
  FrameMessage,
  HostMessage,
  LabText,
  OpenMessage,
  RunChoice,
  RunSummary,
  SweepRun,
  TourAnswer,
} from '../../labs/engine/protocol/panel.ts';
import { placeOf, clockOf } from '../../labs/engine/scene/axis.ts';
import type { PanelHost } from '../host.ts';
import { firstRowOf, indexOf, rowOf } from '../../labs/engine/scene/trace-view.ts';
import { arriveAt, type Destination } from './arrival.ts';
import { Benchmarks } from './benchmarks.ts';
import { branchAt, type Deed } from './branch.ts';
import { ChoiceForm } from './choice-form.ts';
import { isOther, otherHalf } from './choices.ts';
import { Errands, version } from './errands.ts';
import { FoundMarks } from './found-marks.ts';
import { Holding } from './holding.ts';
import { keepState } from './kept-state.ts';
import { Labs } from './labs.ts';
import { Moments } from './moments.ts';
import { Player } from './player.ts';
import { Pulse } from './pulse.ts';
import { keptEvents, Runs } from './runs.ts';
import type { Selection } from './selection.ts';
import { Stack } from './stack.ts';
import { Sweep } from './sweep.ts';
import { Views } from './views.ts';

/** What can be done where there is no run, and no scenario that one could be of. */
const none: RunNature = { clock: 'operations', branches: false, moments: 'recorded', repeats: true };

export class Playground {
  readonly labs: Labs;
  readonly form: ChoiceForm;
  readonly player = new Player();
  readonly runs = new Runs();
  readonly benchmarks: Benchmarks;
  readonly sweep: Sweep;
  readonly stack: Stack;
  readonly moments: Moments;
  readonly errands: Errands;
  /** Whether the host has opened the panel yet. */
  readonly opened = signal(false);
  readonly place = signal<OpenMessage['place']>('editor');
  readonly trusted = signal(true);
  /** Whose text is run, of the labs of which it need not be the bundled one. */
  readonly texts = signal<readonly LabText[]>([]);
  /** Whose text is run of the lab in the form; undefined where it can be none but the bundled one. */
  readonly text = computed(() => this.texts.value.find(({ lab }) => lab === this.form.lab.value));
  /** Whether the host is still there. */
  readonly pulse: Pulse;
  /** Why the host could not say what is to be shown, '' if nothing. */
  readonly trouble = signal('');
  /** Id of the run on the screen. */
  readonly shown = signal<string | undefined>(undefined);
  /** Id of the run it is compared with. */
  readonly compared = signal<string | undefined>(undefined);
  readonly selection = signal<Selection | undefined>(undefined);
  /** A sentence for the live region and, where it is a complaint, for the eye. */
  readonly notice = signal<string>('');
  /** Whether tours are offered, and what was answered in them. */
  readonly tours = signal<NonNullable<OpenMessage['tours']>>({ offered: true, answers: [] });
  /** Motion is to be replaced by steps. */
  readonly reducedMotion = signal(false);

  readonly run = computed(() => this.runs.list.value.find(({ id }) => id === this.shown.value));
  /** Where the cursor is to stand, while the event for that has not come yet. */
  readonly destination = computed(() => this.#arrival.value?.to);
  /** The lab of the run on the screen; of the form, when there is none. */
  readonly lab = computed(() => this.labs.known(this.run.value?.summary.lab ?? this.form.lab.value));
  /** What the run on the screen can do; the scenario in the form, when there is none. */
  readonly nature = computed((): RunNature => {
    const run = this.run.value?.summary;
    return (
      run?.nature ?? byId(this.lab.value?.scenarios ?? [], run?.scenario ?? this.form.scenario.value)?.nature ?? none
    );
  });
  readonly views: Views;
  /** Which events of the runs are here. */
  readonly holding: Holding;
  /** The trace of the run on the screen, or the stretch of it that is at hand. */
  readonly trace = computed(() => this.holding.trace.value);
  /** The trace of the run that is compared, if there is one. */
  readonly comparedTrace = computed(() => this.holding.compared.value);
  readonly #found = new FoundMarks();
  readonly marks = this.#found.marks;
  /** Whether what is in the form differs from the run on the screen. */
  readonly changed = computed(() => {
    const run = this.run.value?.summary;
    const choice = this.form.toRun();
    return run !== undefined && choice !== undefined && isOther(choice, run);
  });

  readonly #host: PanelHost;
  /** The event that the learner goes to, until it is at hand; by its index in the run. */
  #visited: { index: number; metric: string | undefined } | undefined;
  /** Where the cursor goes in which run, while that cannot be told yet. */
  readonly #arrival = signal<{ run: string; to: Destination } | undefined>(undefined);

  constructor(host: PanelHost) {
    this.#host = host;
    this.labs = new Labs((message) => host.post(message));
    this.form = new ChoiceForm(this.labs);
    this.errands = new Errands(host, {
      form: this.form,
      run: () => this.run.value,
      say: (notice) => (this.notice.value = notice),
    });
    this.pulse = new Pulse(() => host.post({ type: 'there' }));
    this.benchmarks = new Benchmarks(this.form, host);
    this.sweep = new Sweep(this.form, host);
    this.stack = new Stack({
      runs: this.runs,
      run: () => this.run.value,
      lab: () => this.lab.value,
      request: (choice) => this.request(choice),
    });
    this.holding = new Holding({
      runs: this.runs,
      player: this.player,
      shown: this.shown,
      compared: this.compared,
      below: this.stack.runs,
      post: (message) => host.post(message),
    });
    this.views = new Views({
      run: () => this.run.value,
      lab: () => this.lab.value,
      kinds: () => this.holding.kinds,
    });
    this.moments = new Moments((message) => host.post(message));
    keepState(this, host);
    host.listen((message) => this.receive(message));
  }

  receive(message: HostMessage): void {
    batch(() => {
      this.pulse.heard();
      switch (message.type) {
        case 'open':
          return this.#open(message);
        case 'lab':
          this.labs.receive(message);
          this.trouble.value = '';
          return this.form.labCame();
        case 'tour':
          return this.labs.receiveTour(message);
        case 'choose':
          return this.#choose(message);
        case 'runStarted':
          this.runs.update(message.run, { share: 0 });
          if (message.aside) return;
          // At the side the panel follows what is run elsewhere: its form is about the run that it shows.
          if (this.place.value === 'side') this.form.choose(message.run);
          // What became of it is what a branch is made for.
          if (this.runs.find(message.run.parent)) this.compare(message.run.parent);
          return this.#show(message.run, message.run.parent === undefined ? 'play' : 'branch');
        case 'progress':
          this.runs.progress(message.run, message.share, message.events, message.dropped);
          return this.#follow(message.run);
        case 'runFinished':
          this.runs.update(message.run, { report: message.report, share: 1 });
          this.notice.value = `Run finished: ${message.run.events.toLocaleString('en-US')} events.`;
          return this.#settle(message.run);
        case 'runFailed':
          this.runs.update(message.run, { failure: message.failure, share: 1 });
          this.notice.value = message.failure.message;
          return this.#settle(message.run);
        case 'frame':
          return this.#receive(message);
        case 'overview':
          return this.holding.overviews.receive(message);
        case 'outline':
          if (message.outline) this.runs.outline(message.run, message.outline);
          return;
        case 'moment':
          return this.moments.receive(message);
        case 'refused':
          if (this.moments.refused(message.request, message.message)) return; // told where it was asked
          this.holding.refused(message.request);
          this.notice.value = message.message;
          return;
        case 'unready':
          this.trouble.value = message.message;
          return;
        case 'here':
          return; // nothing but that
        case 'benchmark':
          this.benchmarks.latest.value = message;
          return;
        case 'sweep':
          this.notice.value = this.sweep.receive(message) ?? this.notice.value;
          return;
        case 'benchmarkHistory':
          this.benchmarks.earlier.value = message;
          return;
        case 'command':
          return this.command(message.command);
        default:
          throw new RangeError('there is no such message');
      }
    });
  }

  /** What a contributed command, a key or a button of that name does. */
  command(command: Extract<HostMessage, { type: 'command' }>['command']): void {
    switch (command) {
      case 'run':
        return this.start();
      case 'stop':
        return this.stop();
      case 'play':
        return this.player.toggle();
      case 'step':
        return this.player.step(1);
      case 'stepBack':
        return this.player.step(-1);
      case 'nextMark':
        return this.jump(1);
      case 'previousMark':
        return this.jump(-1);
    }
  }

  /** Runs what is in the form; says what is wrong with it where something is. */
  start(more: Partial<RunChoice> = {}): void {
    const choice = this.form.toRun();
    if (choice) this.request({ ...choice, ...more });
    else {
      const [wrong] = [this.form.seedError.value, ...Object.values(this.form.errors.value)].filter(
        (text) => text !== '',
      );
      this.notice.value = wrong ?? 'There is no lab to run.';
    }
  }

  /** Asks the host for a run. */
  request(choice: RunChoice): void {
    this.#host.post({ type: 'run', choice });
  }

  /** Runs the other half of the scenario's contrast pair on the same seed, and sets this run beside it. */
  runBeside(): void {
    const run = this.run.value;
    const beside = this.#scenarioOf(run?.summary)?.beside;
    if (!run || !beside) return;
    const choice = otherHalf(run.summary, beside);
    this.compared.value = run.id;
    this.form.choose(choice);
    this.request(choice);
  }

  #scenarioOf(run: RunSummary | undefined): ScenarioEntry | undefined {
    return byId(this.labs.known(run?.lab)?.scenarios ?? [], run?.scenario);
  }

  stop(): void {
    const run = this.run.value;
    if (run?.summary.state === 'running') this.#host.post({ type: 'stop', run: run.id });
  }

  /** Does something to the run at the cursor: asks for a branch. */
  interfere(deed: Deed): void {
    const run = this.run.value;
    const trace = this.trace.value;
    const lab = this.lab.value;
    if (!run || !lab || trace.length === 0) return;
    this.player.pause();
    this.request(branchAt(run.summary, trace, this.player.cursor.value, this.nature.value.clock, deed));
    this.notice.value = `${deed.action.title}: a branch begins here.`;
  }

  /** Moves to the next or the previous mark. */
  jump(direction: 1 | -1): void {
    const { cursor } = this.player;
    const marks = this.marks.value;
    const mark =
      direction > 0
        ? marks.find(({ event }) => event > cursor.value)
        : marks.findLast(({ event }) => event < cursor.value);
    batch(() => {
      this.player.pause();
      if (mark) this.player.seek(mark.event);
      const reached = mark ?? this.holding.goToMark(direction);
      if (reached) this.notice.value = reached.text;
    });
  }

  /** Puts the cursor on an event of the run on the screen, at hand or not. @param index in the run */
  goTo(index: number): void {
    this.holding.goTo(index);
  }

  /** Shows a stored run, from its end, at an event or at a moment; the host sends what became of it. */
  open(id: string, at: Destination = 'end'): void {
    const known = this.runs.find(id);
    if (!known) return;
    batch(() => {
      this.#show(known.summary, at);
      this.form.choose(known.summary);
    });
    if (!known.report && !known.failure) this.#host.post({ type: 'show', run: id });
  }

  /** Opens a run of a sweep: its events were not kept, so it is run again, unless it was already. */
  openPoint(point: SweepRun): void {
    const choice = this.sweep.choiceOf(point);
    if (!choice) return;
    const known = this.runs.list.value.find(({ summary }) => point.hash !== '' && summary.hash === point.hash);
    if (known) return this.open(known.id);
    this.form.choose(choice);
    this.request(choice);
  }

  /** Asks for the course of a run that is not on the screen. */
  askOutline(id: string): void {
    this.#host.post({ type: 'outline', run: id });
  }

  /** Sets another run beside the one on the screen, or none. */
  compare(id: string | undefined): void {
    this.compared.value = id;
    this.holding.fetch();
    const known = this.runs.find(id);
    if (known && !known.report && !known.failure) this.#host.post({ type: 'show', run: known.id });
  }

  /** Puts the cursor on an event and selects it. @param index in the run @param metric the figure behind which it was found */
  visit(index: number, metric?: string): void {
    batch(() => {
      this.#visited = { index, metric };
      this.goTo(index);
      this.#selectVisited();
    });
  }

  /** Selects the event that was gone to, once it is at hand. */
  #selectVisited(): void {
    if (!this.#visited) return;
    const { index, metric } = this.#visited;
    const event = rowOf(this.trace.value, index);
    if (event < firstRowOf(this.trace.value)) return;
    this.#visited = undefined;
    this.selection.value = { type: 'event', event, ...(metric === undefined ? {} : { metric }) };
  }

  /** Lets the two runs that are compared change places, at the same moment. */
  compareOther(): void {
    const [mine, other] = [this.shown.value, this.compared.value];
    if (other === undefined) return;
    this.open(other, { place: placeOf(clockOf(this.trace.value), this.player.cursor.value) });
    this.compare(mine);
  }

  /** Notes an answer, here and at the host. */
  remember(answer: TourAnswer): void {
    const { offered, answers } = this.tours.value;
    const others = answers.filter(
      ({ lab, scenario, step }) => lab !== answer.lab || scenario !== answer.scenario || step !== answer.step,
    );
    this.tours.value = { offered, answers: [...others, answer] };
    this.#host.post({ type: 'tourAnswer', answer });
  }

  /** A lens or the tree was clicked: within a lab the algorithm changes, and what else was chosen stays. */
  #choose(message: Extract<HostMessage, { type: 'choose' }>): void {
    const { form } = this;
    const known = form.entry.value?.algorithms.some(({ id }) => id === message.algorithm);
    if (message.lab !== form.lab.value || message.scenario !== undefined || !known) form.choose(message);
    else form.algorithm.value = message.algorithm!;
  }

  #open(message: OpenMessage): void {
    const { state } = message;
    if (message.version !== version) {
      this.trouble.value = 'it belongs to another version of System Design Labs. Reload the window.';
      return;
    }
    this.labs.reset(message);
    this.place.value = message.place;
    this.trusted.value = message.trusted;
    this.texts.value = message.texts;
    this.trouble.value = '';
    if (message.tours) this.tours.value = message.tours;
    this.runs.reset(message.runs);
    this.moments.reset();
    if (!this.opened.value) this.form.seedText.value = String(message.defaultSeed);
    this.form.choose(state);
    this.opened.value = true;
    const run = this.runs.find(state.run);
    if (run && this.shown.value !== run.id) {
      this.#show(run.summary, state.cursor ?? 'end');
      this.#host.post({ type: 'show', run: run.id });
    }
    this.views.look(state.view);
  }

  #show(summary: RunSummary, to: Destination): void {
    const cursor = indexOf(this.trace.value, this.player.cursor.value);
    this.labs.want(summary.lab);
    this.shown.value = summary.id;
    this.selection.value = undefined;
    if (this.compared.value === summary.id) this.compared.value = undefined;
    this.#arrival.value = { run: summary.id, to };
    this.player.pause();
    // A branch goes on where its parent stood.
    const at = to === 'branch' ? cursor : to === 'end' ? Infinity : typeof to === 'number' ? to : 0;
    this.holding.begin(typeof to === 'object' ? this.holding.indexNear(to.place) : at);
    const trace = this.trace.value;
    this.player.seek(to === 'branch' ? rowOf(trace, cursor) : 0);
    this.#follow(summary.id);
  }

  /** A run is over: its last events are fetched, and the cursor goes where it was meant to go. */
  #settle(summary: RunSummary): void {
    if (this.shown.value === undefined) this.#show(summary, 'end');
    this.#follow(summary.id);
  }

  #follow(id: string): void {
    this.holding.fetch();
    if (id === this.shown.value) this.#arrived(id);
  }

  #receive(frame: FrameMessage): void {
    const before = this.trace.value;
    this.holding.receive(frame);
    if (this.trace.value !== before) {
      // A selected event is a row of the stretch that was at hand.
      if (this.selection.value?.type === 'event') this.selection.value = undefined;
      this.#selectVisited();
      this.#visited = undefined;
    }
    this.#arrived(frame.run);
  }

  #arrived(id: string): void {
    if (id !== this.shown.value) return;
    const trace = this.trace.value;
    this.player.setLength(trace.length, firstRowOf(trace));
    this.#found.add(trace);
    const arrival = this.#arrival.value;
    if (arrival?.run !== id) return;
    const { complete, player, holding } = this;
    const arrived = arriveAt(arrival.to, trace, {
      arrived: holding.hasArrived(id),
      complete,
      reducedMotion: this.reducedMotion.value,
      cursor: player.cursor.value,
    });
    if (!arrived) return;
    this.#arrival.value = undefined;
    if (arrived === 'end') return this.goTo(keptEvents(this.run.value!.summary) - 1);
    player.seek(arrived.row);
    if (arrived.play) player.play();
  }

  /** Whether every event of the run on the screen that follows those at hand is here. */
  get complete(): boolean {
    return this.holding.isComplete;
  }
}
