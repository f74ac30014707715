/**
 * Leads through a tour on the panel's screen: sees to it that the right run is there, plays to each step's
 * event, and shows the run that refutes a wrong choice.
 */
import { batch, computed, effect, signal } from '@preact/signals';
import type { LabEntry, ScenarioEntry, TourHead } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { EventPattern } from '../../labs/engine/lab/tour.ts';
import { figure, withFigures } from '../../labs/engine/lab/tour-text.ts';
import { hasView } from '../../labs/engine/lab/views.ts';
import { findEvent } from '../../labs/engine/scene/find-event.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Playground } from '../state/playground.ts';
import { answerOf, beginTour, move, stepOf, type TourMove, type TourProgress } from './tour-progress.ts';
import { contrastChoice, isAsDeclared } from './tour-run.ts';

/** A scenario with its tour. */
export interface Offer {
  lab: LabEntry;
  scenario: ScenarioEntry;
  tour: TourHead;
}

export class Guide {
  readonly progress = signal<TourProgress | undefined>(undefined);
  /** The tour under way; otherwise that of the scenario on the screen, or of the one in the form. */
  readonly offer = computed<Offer | undefined>(() => this.#taken.value ?? this.#offered.value);
  /** The id of the scenario whose tour was closed. */
  readonly closed = signal('');
  /** The run that the tour takes place in, once it is there. */
  readonly run = computed(() => this.#playground.runs.find(this.#run.value));
  readonly contrast = computed(() => this.#playground.runs.find(this.#contrast.value));
  /** Another run than the tour's is on the screen. */
  readonly isElsewhere = computed(() => {
    const shown = this.#playground.shown.value;
    return this.#run.value !== undefined && shown !== this.#run.value && shown !== this.#contrast.value && !this.#waits;
  });

  readonly #playground: Playground;
  readonly #taken = signal<Offer | undefined>(undefined);
  readonly #run = signal<string | undefined>(undefined);
  readonly #contrast = signal<string | undefined>(undefined);
  readonly #offered = computed<Offer | undefined>(() => {
    const { run, lab: shown, form } = this.#playground;
    const lab = shown.value;
    const id = run.value?.summary.scenario ?? form.scenario.value;
    const scenario = byId(lab?.scenarios ?? [], id);
    return lab && scenario?.tour ? { lab, scenario, tour: scenario.tour } : undefined;
  });
  /** The run that was asked for and is not there yet: none of those that were there before. */
  #expected: { not: ReadonlySet<string>; is: (run: RunSummary) => boolean } | undefined;
  /** The event that a step plays to, once it is known. */
  #goal: { progress: TourProgress; event: number } | undefined;
  /** How many events of which run had come when they were last searched in vain. */
  #searched = { run: '', length: 0 };

  constructor(playground: Playground) {
    this.#playground = playground;
    effect(() => this.#follow());
  }

  /** Begins the tour that is offered; runs its scenario first where that is not what is on the screen. */
  begin(): void {
    const offer = this.offer.value;
    if (!offer) return;
    const { lab, scenario } = offer;
    const { run, form } = this.#playground;
    const shown = run.value;
    batch(() => {
      this.#taken.value = offer;
      this.#contrast.value = undefined;
      if (shown && isAsDeclared(shown.summary, lab, scenario) && !shown.failure) {
        this.#run.value = shown.id;
        this.#playground.player.pause();
        this.#playground.player.seek(0);
      } else {
        this.#run.value = undefined;
        this.#expectRun((run) => isAsDeclared(run, lab, scenario));
        form.choose({ lab: lab.id, scenario: scenario.id });
        this.#playground.start();
      }
      this.#playground.labs.wantTour(lab.id, scenario.id);
    });
  }

  /** Does not wait until it has been played. */
  skip(): void {
    if (this.#goal) this.#playground.player.seek(this.#goal.event);
  }

  /** Ends the tour, or takes its offer away. */
  close(): void {
    batch(() => {
      this.closed.value = this.offer.value?.scenario.id ?? '';
      this.progress.value = undefined;
      this.#taken.value = undefined;
      this.#run.value = undefined;
      this.#contrast.value = undefined;
      this.#expected = undefined;
    });
  }

  /** Offers a tour again that was closed. */
  reopen(): void {
    this.closed.value = '';
  }

  choose(choice: number): void {
    this.#answer({ type: 'choose', choice });
  }

  guess(value: number): void {
    const progress = this.progress.value;
    const question = progress && stepOf(progress).question;
    if (question?.kind !== 'number') return;
    this.#answer({ type: 'guess', value, measured: this.run.value?.report?.metrics[question.metric] ?? NaN });
  }

  /** Shows what refutes the choice that was made: in another run, or at an event of this one. */
  refute(): void {
    const misconception = this.#misconception;
    const { offer, run } = this;
    if (!misconception || !offer.value || !run.value) return;
    if (!misconception.contrast) return this.#point(misconception.shownBy);
    const known = this.contrast.value;
    if (known) return this.#playground.open(known.id);
    const choice = contrastChoice(run.value.summary, offer.value.lab, misconception.contrast);
    this.#expectRun(({ algorithm, scenario }) => algorithm === choice.algorithm && scenario === choice.scenario);
    this.#move({ type: 'contrast', state: 'running' });
    this.#playground.request(choice);
  }

  /** Goes to another step, back in the tour's own run. */
  go(step: number): void {
    batch(() => {
      this.#contrast.value = undefined;
      this.#move({ type: 'go', step });
      this.return();
    });
  }

  /** Puts the tour's own run on the screen again. */
  return(): void {
    const { run } = this;
    if (!run.value || this.#playground.shown.value === run.value.id) return;
    this.#playground.open(run.value.id, this.#goal?.event ?? 0);
  }

  openCode(): void {
    const progress = this.progress.value;
    const code = progress && stepOf(progress).code;
    if (code) this.#playground.errands.openPassage(code.file, code.text);
  }

  /** A text of the tour with the figures of its run. */
  text(text: string): string {
    return withFigures(text, this.run.value?.report?.metrics ?? {});
  }

  /** Both figures of a comparison, once both runs are there. */
  comparison(): { title: string; here: string; there: string } | undefined {
    const { compare } = this.#misconception ?? {};
    const there = this.contrast.value?.report?.metrics;
    if (!compare || !there) return undefined;
    const title = this.offer.value?.lab.metrics[compare.metric]?.title ?? compare.metric;
    return { title, here: this.text(`{${compare.metric}}`), there: figure(there[compare.metric]) };
  }

  get #misconception() {
    const said = this.progress.value?.said;
    return said && 'choice' in said ? said.misconception : undefined;
  }

  get #waits(): boolean {
    return this.#expected !== undefined;
  }

  #answer(action: TourMove): void {
    const { lab, scenario } = this.offer.value ?? {};
    this.#move(action);
    const answer = lab && scenario && this.progress.value && answerOf(this.progress.value, lab.id, scenario.id);
    if (answer) this.#playground.remember(answer);
  }

  #move(action: TourMove): void {
    if (this.progress.value) this.progress.value = move(this.progress.value, action);
  }

  #expectRun(is: (run: RunSummary) => boolean): void {
    this.#expected = { not: new Set(this.#playground.runs.list.value.map(({ id }) => id)), is };
  }

  /** The run that was asked for, if it is on the screen now. */
  #expectedRun(): string | undefined {
    const { run } = this.#playground;
    if (!this.#expected || !run.value || this.#expected.not.has(run.value.id)) return undefined;
    if (!this.#expected.is(run.value.summary)) return undefined;
    this.#expected = undefined;
    return run.value.id;
  }

  /** Called whenever the screen, the runs or the tour change: takes the step that has become possible. */
  #follow(): void {
    const progress = this.progress.value ?? this.#begun();
    const { shown, player } = this.#playground;
    // Read all that this waits for, so that it is called again.
    const [cursor, , id] = [player.cursor.value, player.length.value, shown.value];
    if (!progress || id === undefined) return;
    batch(() => {
      if (this.#run.value === undefined) this.#run.value = this.#expectedRun();
      else if (progress.contrast === 'running' && this.#contrast.value === undefined) {
        this.#contrast.value = this.#expectedRun();
      }
      if (progress.phase === 'heading' && id === this.#run.value) this.#head(progress, cursor);
      if (progress.contrast === 'running' && id === this.#contrast.value) this.#showContrast();
    });
  }

  /** The beginning of the tour that is taken, once it is here. */
  #begun(): TourProgress | undefined {
    const { lab, scenario } = this.#taken.value ?? {};
    const tour = lab && scenario && this.#playground.labs.tour(lab.id, scenario.id);
    if (tour) this.progress.value = beginTour(tour);
    return this.progress.value;
  }

  #head(progress: TourProgress, cursor: number): void {
    const { until, look } = stepOf(progress);
    const { player, selection, notice, reducedMotion, lab, views } = this.#playground;
    if (this.#goal?.progress !== progress) {
      const event = this.#find(until);
      if (event < 0) return;
      this.#goal = { progress, event };
      // Once only: a learner who stops it on the way means it.
      if (cursor < event && !reducedMotion.value) return player.playTo(event);
      player.seek(event);
    } else if (cursor < this.#goal.event) return;
    player.pause();
    player.seek(this.#goal.event);
    if (lab.value && hasView(lab.value, look.view)) views.look(look.view);
    if (look.node !== undefined) selection.value = { type: 'node', name: look.node };
    this.#move({ type: 'arrived' });
    const { ask } = stepOf(progress).question ?? {};
    notice.value = `Step ${progress.step + 1} of ${progress.tour.steps.length}. ${this.text(ask ?? look.text)}`;
  }

  #showContrast(): void {
    const known = this.contrast.value;
    if (known?.failure) return this.#move({ type: 'contrast', state: 'failed' });
    const pattern = this.#misconception?.shownBy;
    const event = this.#find(pattern);
    if (event < 0) return;
    this.#move({ type: 'contrast', state: 'there' });
    this.#jump(event, pattern !== undefined);
    const { title, here, there } = this.comparison() ?? {};
    this.#playground.notice.value =
      title === undefined ? 'Here is the other run.' : `${title}: ${here} in the tour, ${there} in this run.`;
  }

  #point(pattern: EventPattern | undefined): void {
    const event = this.#find(pattern);
    if (event >= 0) this.#jump(event, true);
  }

  #jump(event: number, select: boolean): void {
    const { player, selection } = this.#playground;
    player.pause();
    player.seek(event);
    if (select) selection.value = { type: 'event', event };
  }

  /**
   * The event on the screen's run that a pattern describes, its last one where there is no pattern; −1 as long as
   * it has not come, or the run is not over: a tour quotes its figures.
   */
  #find(pattern: EventPattern | undefined): number {
    const { run, trace, complete } = this.#playground;
    const known = run.value;
    const { length } = trace.value;
    if (!known?.report || length === 0) return -1;
    if (complete) return pattern ? findEvent(trace.value, pattern) : length - 1;
    // A long trace comes in many pieces: it is not searched anew at each. And what stands last is known at the end.
    if (!pattern || pattern.nth === -1 || this.#playground.reducedMotion.value) return -1;
    if (this.#searched.run === known.id && length < 2 * this.#searched.length) return -1;
    this.#searched = { run: known.id, length };
    return findEvent(trace.value, pattern);
  }
}
