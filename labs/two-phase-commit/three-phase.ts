/**
 * Three-phase commit with Skeen's termination protocol: atomic commit that goes on when sites crash.
 *
 * Two-phase commit blocks because one participant may have committed while another knows nothing but its own
 * Yes. So a phase goes in between: after all votes, *pre-commit* tells everybody that everybody said Yes, and
 * only when that has been acknowledged comes *commit*. Now nobody can have committed while a survivor is still
 * uncertain, and those who have not crashed can finish without the dead:
 *
 * The survivor of the highest rank collects the states of all it can reach, and decides:
 *   somebody committed, or somebody aborted: the same for all
 *   a survivor is pre-committed: all survivors are told so, then commit
 *   all survivors are uncertain: nobody can have committed, abort
 *
 * Whoever comes back from a crash cannot know what it missed, so it asks and decides nothing. If every site has
 * crashed there is no survivor, and all must be back before they may decide. Until then it blocks, too.
 *
 * What it cannot do: tell a site that is dead from one behind a cut cable, or from a slow one. It is right only
 * where no message is lost and each arrives within the time-out. In a partition both sides hold themselves for
 * the survivors, each decides by what it knows, and they may decide differently. It also pays a round trip more
 * for every commit. That is why nearly nobody uses it, and what is used (Paxos Commit, consensus under two-phase
 * commit) lets a majority decide.
 *
 * Cost: 5n messages and 3n + 2 forced writes for a commit with n participants; a lock is held for two round trips
 * and five forced writes.
 * Source: D. Skeen, "Nonblocking Commit Protocols", SIGMOD 1981; the termination protocol as in P. Bernstein,
 * V. Hadzilacos, N. Goodman, "Concurrency Control and Recovery in Database Systems", 1987, section 7.5.
 */
import type { Answer, Context, Nanoseconds, NodeProgram, Timer } from 'system-design-labs/engine';
import { Participant } from './participant.ts';
import type {
  CommitMessage,
  CommitProtocol,
  Desk,
  DeskRecord,
  LockTime,
  Outcome,
  PrepareMessage,
  Site,
} from './protocol.ts';
import { isOpen, openSite, type SiteState } from './stock.ts';

export class ThreePhaseCommit implements CommitProtocol {
  /** As in two-phase commit, and pre-commit and its acknowledgement, each of them written. */
  readonly lockTime: LockTime = { roundTrips: 2, forcedWrites: 5 };

  coordinator(desk: Desk): NodeProgram {
    return new Coordinator(desk);
  }

  participant(site: Site): NodeProgram {
    return new ThreePhaseParticipant(site);
  }
}

/** What a site answers when it is asked how far a transaction has come. */
interface Standing {
  /** under way: the coordinator has it in hand, and will say how it ends. */
  readonly phase: 'under way' | 'uncertain' | 'pre-committed' | Outcome;
  /** It has crashed meanwhile, and cannot know what it missed. */
  readonly recovered: boolean;
}

interface DeskState {
  epoch: number;
  order: number;
  current: Transaction | null;
  outcomes: Record<number, Outcome>;
  /** What became of each transaction. */
  decided: Record<string, Outcome>;
}

interface Transaction {
  transaction: string;
  phase: 'voting' | 'pre-committing' | 'asking';
  missing: string[];
  timer: number;
  operation: number;
}

class Coordinator implements NodeProgram<DeskState> {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  initialState(): DeskState {
    return { epoch: 0, order: 0, current: null, outcomes: {}, decided: {} };
  }

  onStart(state: DeskState, context: Context): void {
    this.#takeOrder(state, context);
  }

  onMessage(state: DeskState, message: CommitMessage, from: string, context: Context): void {
    const { type, transaction } = message;
    const { current } = state;
    if (type === 'state?') return context.reply({ type: 'state', transaction, ...this.#standing(state, transaction) });
    if (!current || current.transaction !== transaction) return;
    if (current.phase === 'voting') {
      if (type === 'no') this.#finish(state, current, 'abort', context, from);
      if (type === 'yes' && isLast(current, from)) this.#preCommit(state, current, context);
    } else if (current.phase === 'pre-committing') {
      if (type === 'ack' && isLast(current, from)) this.#finish(state, current, 'commit', context);
    } else if (type === 'state' && (message.phase === 'commit' || message.phase === 'abort')) {
      this.#finish(state, current, message.phase, context); // somebody decided without us, while we were away
    }
  }

  onTimer(state: DeskState, timer: Timer, context: Context): void {
    const { current } = state;
    if (!current || current.transaction !== timer.keep) return;
    if (current.phase === 'voting') this.#finish(state, current, 'abort', context);
    // Who does not answer is taken for dead. It will ask when it is back.
    if (current.phase === 'pre-committing') this.#finish(state, current, 'commit', context);
    if (current.phase === 'asking') this.#ask(current, context);
  }

  /** The survivors have gone on without it: what its log leaves open, it asks them. */
  onRecover(state: DeskState, context: Context): void {
    const log = context.disk.log('log') as readonly DeskRecord[];
    state.epoch = log.filter(({ what }) => what === 'restart').length + 1;
    for (const { transaction, what, order } of log) {
      if (what !== 'commit' && what !== 'abort') continue;
      state.outcomes[order] = what;
      state.decided[transaction] = what;
    }
    state.order = log.reduce((next, { what, order }) => (what === 'restart' ? next : Math.max(next, order + 1)), 0);
    context.disk.append('log', { transaction: '', order: state.order, what: 'restart' });
    context.disk.sync();
    const last = log.findLast(({ what }) => what !== 'restart');
    if (last?.what !== 'pre-commit') return this.#takeOrder(state, context);
    state.order = last.order;
    state.current = { transaction: last.transaction, phase: 'asking', missing: [], timer: -1, operation: -1 };
    this.#ask(state.current, context);
  }

  status({ current }: DeskState): string {
    return current ? `${current.phase} ${current.transaction}` : 'idle';
  }

  /** Of what its log does not know nobody was told a pre-commit: that is aborted. */
  #standing({ current, decided }: DeskState, transaction: string): Standing {
    const isCurrent = current?.transaction === transaction;
    if (isCurrent && current.phase === 'asking') return { phase: 'pre-committed', recovered: true };
    return { phase: decided[transaction] ?? (isCurrent ? 'under way' : 'abort'), recovered: false };
  }

  /** Phase one: as in two-phase commit. */
  #takeOrder(state: DeskState, context: Context): void {
    const order = this.#desk.orders[state.order];
    if (!order) return;
    const { item, quantity } = order;
    const transaction = `${state.order}.${state.epoch}`;
    const operation = context.invoke(`${item} × ${quantity}`);
    for (const name of this.#desk.participants) context.send(name, { type: 'prepare', transaction, item, quantity });
    const timer = context.setTimer(`votes on ${transaction}`, this.#desk.timeout, transaction);
    state.current = { transaction, phase: 'voting', missing: [...this.#desk.participants], timer, operation };
  }

  /** Phase two: everybody is to know that all said Yes, before anybody commits. */
  #preCommit(state: DeskState, current: Transaction, context: Context): void {
    const { transaction } = current;
    context.disk.append('log', { transaction, order: state.order, what: 'pre-commit' });
    context.disk.sync();
    context.mark(`pre-commit ${transaction}`);
    current.phase = 'pre-committing';
    current.missing = [...this.#desk.participants];
    for (const name of current.missing) context.send(name, { type: 'pre-commit', transaction });
    context.cancelTimer(current.timer);
    current.timer = context.setTimer(`acknowledgements of ${transaction}`, this.#desk.timeout, transaction);
  }

  /** Phase three: the decision. Nobody has to acknowledge it; who misses it asks the others. */
  #finish(state: DeskState, current: Transaction, outcome: Outcome, context: Context, refusedBy?: string): void {
    const { transaction } = current;
    context.cancelTimer(current.timer);
    state.outcomes[state.order] = outcome;
    state.decided[transaction] = outcome;
    context.disk.append('log', { transaction, order: state.order, what: outcome });
    if (outcome === 'commit') context.disk.sync();
    context.decide(`${outcome} ${transaction}`);
    for (const name of this.#desk.participants) {
      if (name !== refusedBy) context.send(name, { type: outcome, transaction });
    }
    if (current.operation >= 0) {
      if (outcome === 'commit') context.returned(current.operation);
      else context.failed(current.operation, 'aborted');
    }
    state.current = null;
    state.order++;
    this.#takeOrder(state, context);
  }

  #ask(current: Transaction, context: Context): void {
    const { transaction } = current;
    for (const name of this.#desk.participants) context.send(name, { type: 'state?', transaction });
    current.timer = context.setTimer(`news of ${transaction}`, this.#desk.timeout, transaction);
  }
}

/** Takes note of an answer, however often it comes. @returns whether it was the last one missing */
function isLast(current: Transaction, from: string): boolean {
  current.missing = current.missing.filter((name) => name !== from);
  return current.missing.length === 0;
}

/** A participant's memory, and what it hears while it finishes a transaction for the others. */
export interface SurvivorState extends SiteState {
  /** How often it has asked, for whatever transaction: an answer counts for the question that it answers. */
  asked: number;
  /** What the others have said, by transaction. */
  heard: Record<string, { question: number; missing: number; answers: Record<string, Standing> }>;
}

/** Exported so that a variant can change one of its rules. */
export class ThreePhaseParticipant extends Participant<SurvivorState> {
  initialState(): SurvivorState {
    return { ...openSite(this.site.stock), asked: 0, heard: {} };
  }

  onMessage(state: SurvivorState, message: CommitMessage, from: string, context: Context): void {
    const { type, transaction } = message;
    switch (type) {
      case 'prepare':
        return this.vote(state, message as PrepareMessage, context);
      case 'pre-commit':
        if (state.decided[transaction] === 'abort') return;
        this.#preCommit(state, transaction, context);
        return this.#answer(from, { type: 'ack', transaction }, context);
      case 'commit':
      case 'abort':
        return this.decide(state, transaction, type, context);
      case 'state?':
        if (message.leads && this.#rank(from) < this.#rank(context.self)) this.#follow(state, transaction, context);
        return this.#answer(from, { type: 'state', transaction, ...this.#standing(state, transaction) }, context);
    }
  }

  /**
   * Long enough to be sure that the coordinator is dead: it may wait for an answer itself, and its word for its way.
   * Ranks wait for different times, so that one begins and the others hear of it.
   */
  protected override patience(self: string): Nanoseconds {
    return this.site.timeout * (2 + this.#rank(self));
  }

  /** The coordinator is silent: how far have the others come? */
  protected waitedLongEnough(state: SurvivorState, transaction: string, context: Context): void {
    this.waitOn(state, transaction, context);
    const leads = !state.inDoubt[transaction]!.recovered;
    this.#ask(state, { type: 'state?', transaction, leads }, this.#others(context), 'onState', context);
  }

  /** One of the others said how far it has come, or is silent and counts as dead. */
  onState(state: SurvivorState, answer: Answer<StateMessage, Question>, context: Context): void {
    const answers = this.#heardAll(state, answer);
    if (answers) this.terminate(state, answer.keep.transaction, answers, context);
  }

  /** Skeen's rule. @param answers of all that could be reached */
  protected terminate(
    state: SurvivorState,
    transaction: string,
    answers: Readonly<Record<string, Standing>>,
    context: Context,
  ): void {
    const { phase, recovered } = state.inDoubt[transaction]!;
    const said = Object.values(answers).map((answer) => answer.phase);
    const known = said.find((one) => one === 'commit' || one === 'abort');
    if (known) return this.announce(state, transaction, known, context);
    if (said.includes('under way')) return; // the coordinator lives
    // Who was away leaves the lead to the survivors. Where there are none, all must be there: nothing is missed then.
    if (recovered && !this.#others(context).every((name) => answers[name]?.recovered)) return;
    const peers = Object.keys(answers).filter((name) => recovered || !answers[name]!.recovered);
    if (peers.some((name) => this.#rank(name) < this.#rank(context.self))) return; // it leads
    if (phase !== 'pre-committed' && !peers.some((name) => answers[name]!.phase === 'pre-committed')) {
      return this.announce(state, transaction, 'abort', context);
    }
    this.#preCommit(state, transaction, context);
    const behind = peers.filter((name) => answers[name]!.phase === 'uncertain');
    if (behind.length === 0) return this.announce(state, transaction, 'commit', context);
    this.#ask(state, { type: 'pre-commit', transaction }, behind, 'onPreCommitted', context);
  }

  /** A survivor has been told that all said Yes, or died meanwhile. */
  onPreCommitted(state: SurvivorState, answer: Answer<StateMessage, Question>, context: Context): void {
    const { transaction } = answer.keep;
    if (this.#heardAll(state, answer)) this.announce(state, transaction, 'commit', context);
  }

  /** Decides for all. Who does not hear it is dead, and asks when it is back. */
  protected announce(state: SurvivorState, transaction: string, outcome: Outcome, context: Context): void {
    this.decide(state, transaction, outcome, context);
    if (outcome === 'abort') context.disk.sync(); // no coordinator presumes what survivors have agreed on
    for (const name of this.site.participants) {
      if (name !== context.self) context.send(name, { type: outcome, transaction });
    }
  }

  /** Somebody leads: it is given time, and what was asked here does not count any more. */
  #follow(state: SurvivorState, transaction: string, context: Context): void {
    delete state.heard[transaction];
    const doubt = state.inDoubt[transaction];
    if (doubt && isOpen(doubt)) this.waitOn(state, transaction, context);
  }

  #standing(state: SurvivorState, transaction: string): Standing {
    const doubt = state.inDoubt[transaction];
    if (doubt) return { phase: doubt.phase, recovered: doubt.recovered };
    // Who has not voted will not vote Yes any more.
    return { phase: (state.decided[transaction] ??= 'abort'), recovered: false };
  }

  #preCommit(state: SurvivorState, transaction: string, context: Context): void {
    const doubt = state.inDoubt[transaction];
    if (doubt?.phase !== 'uncertain') return;
    doubt.phase = 'pre-committed';
    context.disk.append('log', { transaction, what: 'pre-commit' });
    context.disk.sync();
    this.waitOn(state, transaction, context);
  }

  #ask(
    state: SurvivorState,
    message: CommitMessage,
    whom: readonly string[],
    then: 'onState' | 'onPreCommitted',
    context: Context,
  ): void {
    const { transaction } = message;
    const question = state.asked++;
    state.heard[transaction] = { question, missing: whom.length, answers: {} };
    const keep: Question = { transaction, question };
    for (const name of whom) context.call(name, message, { timeout: this.site.timeout, then, keep });
  }

  /** Takes note of an answer. @returns all of them, when it was the last, and the transaction still is in doubt */
  #heardAll(
    state: SurvivorState,
    { from, message, keep: { transaction, question } }: Answer<StateMessage, Question>,
  ): Record<string, Standing> | undefined {
    const heard = state.heard[transaction];
    if (heard?.question !== question) return undefined;
    if (message) heard.answers[from] = message;
    heard.missing--;
    if (heard.missing > 0) return undefined;
    delete state.heard[transaction];
    const doubt = state.inDoubt[transaction];
    return doubt && isOpen(doubt) ? heard.answers : undefined;
  }

  #answer(from: string, message: CommitMessage, context: Context): void {
    if (context.caller) context.reply(message);
    else context.send(from, message);
  }

  #others({ self }: Context): string[] {
    return [...this.site.participants.filter((name) => name !== self), this.site.coordinator];
  }

  /** The lower, the earlier it leads. The coordinator is no participant, and leads nobody who asks. */
  #rank(name: string): number {
    const rank = this.site.participants.indexOf(name);
    return rank < 0 ? this.site.participants.length : rank;
  }
}

interface StateMessage extends CommitMessage, Standing {}

/** What a question is told by. */
interface Question {
  readonly transaction: string;
  readonly question: number;
  readonly [field: string]: string | number;
}
