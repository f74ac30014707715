/**
 * Three-phase commit with Skeen's termination protocol: atomic commit that does not block when a site crashes.
 *
 * Two-phase commit blocks because one participant may have committed while another knows nothing but its own
 * Yes. So a phase goes in between: after all votes, *pre-commit* tells everybody that everybody said Yes, and
 * only when that has been acknowledged comes *commit*. Now nobody can have committed while somebody is still
 * uncertain, and whoever survives can finish without the dead:
 *
 * The survivor of the highest rank collects the states of all it can reach, and decides:
 *   somebody committed, or somebody aborted: the same for all
 *   somebody pre-committed: everybody may be told so, then commit
 *   all uncertain: nobody can have committed, abort
 *
 * What it cannot do: tell a site that is dead from one behind a cut cable. In a partition both sides hold
 * themselves for the survivors, each decides by what it knows, and they may decide differently. It also pays a
 * round trip more for every commit. That is why nearly nobody uses it, and what is used (Paxos Commit,
 * consensus under two-phase commit) lets a majority decide.
 *
 * Cost: 5n messages and 3n + 2 forced writes for a commit with n participants.
 * Source: D. Skeen, "Nonblocking Commit Protocols", SIGMOD 1981; "A Quorum-Based Commit Protocol", 1982.
 */
import type { Answer, Context, Message, Nanoseconds, NodeProgram, Timer } from 'system-design-labs/engine';
import { Participant } from './participant.ts';
import type { CommitMessage, CommitProtocol, Desk, DeskRecord, Outcome, PrepareMessage, Site } from './protocol.ts';
import { openSite, type SiteState } from './stock.ts';

export class ThreePhaseCommit implements CommitProtocol {
  coordinator(desk: Desk): NodeProgram {
    return new Coordinator(desk);
  }

  participant(site: Site): NodeProgram {
    return new ThreePhaseParticipant(site);
  }
}

/** What a site answers when it is asked how far a transaction has come. */
type Phase = 'unknown' | 'under way' | 'uncertain' | 'pre-committed' | Outcome;

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
    if (type === 'state?') {
      const underWay = current?.transaction === transaction;
      const phase: Phase =
        underWay && current.phase === 'asking' ? 'pre-committed' : underWay ? 'under way' : 'unknown';
      context.reply({ type: 'state', transaction, phase: state.decided[transaction] ?? phase });
      return;
    }
    if (!current || current.transaction !== transaction) return;
    if (type === 'no') this.#finish(state, current, 'abort', context, from);
    if ((type === 'yes' && current.phase === 'voting') || (type === 'ack' && current.phase === 'pre-committing')) {
      current.missing = current.missing.filter((name) => name !== from);
      if (current.missing.length > 0) return;
      if (type === 'yes') this.#preCommit(state, current, context);
      else this.#finish(state, current, 'commit', context);
    }
    // Somebody decided without us, while we were away.
    if (type === 'state' && current.phase === 'asking' && (message.phase === 'commit' || message.phase === 'abort')) {
      this.#finish(state, current, message.phase, context);
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

/** A participant's memory, and what it hears while it finishes a transaction for the others. */
export interface SurvivorState extends SiteState {
  /** What each of the others said, by transaction. */
  heard: Record<string, { missing: number; phases: Record<string, Phase> }>;
  /** Back from a crash, it cannot know what the others did meanwhile: it asks, and leaves the lead to them. */
  recovered: boolean;
}

/** Exported so that a variant can change one of its rules. */
export class ThreePhaseParticipant extends Participant<SurvivorState> {
  initialState(): SurvivorState {
    return { ...openSite(this.site.stock), heard: {}, recovered: false };
  }

  override onRecover(state: SurvivorState, context: Context): void {
    state.recovered = true;
    super.onRecover(state, context);
  }

  onMessage(state: SurvivorState, message: CommitMessage, from: string, context: Context): void {
    const { type, transaction } = message;
    switch (type) {
      case 'prepare':
        return this.vote(state, message as PrepareMessage, context);
      case 'pre-commit':
        this.#preCommit(state, transaction, context);
        return this.#answer(from, { type: 'ack', transaction }, context);
      case 'commit':
      case 'abort':
        return this.decide(state, transaction, type, context);
      case 'state?': {
        const doubt = state.inDoubt[transaction];
        const phase: Phase = state.decided[transaction] ?? doubt?.phase ?? 'unknown';
        if (doubt) this.waitOn(state, transaction, context); // somebody leads: give it time
        return this.#answer(from, { type: 'state', transaction, phase }, context);
      }
    }
  }

  /** The survivor whose time is up first leads. Ranks wait for different times, so it is the highest one alive. */
  protected override patience(self: string): Nanoseconds {
    return this.site.timeout * (1 + this.site.participants.indexOf(self));
  }

  /** The coordinator is silent: how far have the others come? */
  protected waitedLongEnough(state: SurvivorState, transaction: string, context: Context): void {
    this.waitOn(state, transaction, context);
    const others = [...this.site.participants.filter((name) => name !== context.self), this.site.coordinator];
    state.heard[transaction] = { missing: others.length, phases: {} };
    for (const name of others) {
      const options = { timeout: this.site.timeout / 4, then: 'onState', keep: transaction };
      context.call(name, { type: 'state?', transaction }, options);
    }
  }

  /** One of the others said how far it has come, or is silent and counts as dead. */
  onState(state: SurvivorState, { from, message, keep }: Answer<StateMessage, string>, context: Context): void {
    const heard = state.heard[keep];
    if (!heard || !state.inDoubt[keep]) return;
    heard.missing--;
    if (message) heard.phases[from] = message.phase;
    if (heard.missing > 0) return;
    delete state.heard[keep];
    this.terminate(state, keep, heard.phases, context);
  }

  /** Skeen's rule. @param phases how far the others have come that could be reached */
  protected terminate(
    state: SurvivorState,
    transaction: string,
    phases: Readonly<Record<string, Phase>>,
    context: Context,
  ): void {
    const known = [state.inDoubt[transaction]!.phase, ...Object.values(phases)];
    if (known.includes('under way')) return; // the coordinator lives
    const survivors = Object.keys(phases).filter((name) => name !== this.site.coordinator);
    const decision = known.find((phase) => phase === 'commit' || phase === 'abort');
    if (decision) return this.announce(state, transaction, decision, survivors, context);
    if (state.recovered) return;
    if (!known.includes('pre-committed')) return this.announce(state, transaction, 'abort', survivors, context);
    this.#preCommit(state, transaction, context);
    const behind = survivors.filter((name) => phases[name] === 'uncertain');
    if (behind.length === 0) return this.announce(state, transaction, 'commit', survivors, context);
    for (const [i, name] of behind.entries()) {
      const keep = { transaction, survivors, isLast: i === behind.length - 1 };
      const options = { timeout: this.site.timeout / 4, then: 'onPreCommitted', keep };
      context.call(name, { type: 'pre-commit', transaction }, options);
    }
  }

  /** A survivor has been told that all said Yes, or died meanwhile. */
  onPreCommitted(state: SurvivorState, { keep }: Answer<Message, PreCommitted>, context: Context): void {
    if (keep.isLast) this.announce(state, keep.transaction, 'commit', keep.survivors, context);
  }

  protected announce(
    state: SurvivorState,
    transaction: string,
    outcome: Outcome,
    survivors: readonly string[],
    context: Context,
  ): void {
    this.decide(state, transaction, outcome, context);
    for (const name of survivors) context.send(name, { type: outcome, transaction });
  }

  #preCommit(state: SurvivorState, transaction: string, context: Context): void {
    const doubt = state.inDoubt[transaction];
    if (!doubt || doubt.phase === 'pre-committed') return;
    doubt.phase = 'pre-committed';
    context.disk.append('log', { transaction, what: 'pre-commit' });
    context.disk.sync();
    this.waitOn(state, transaction, context);
  }

  #answer(from: string, message: CommitMessage, context: Context): void {
    if (context.caller) context.reply(message);
    else context.send(from, message);
  }
}

interface StateMessage extends CommitMessage {
  readonly phase: Phase;
}

interface PreCommitted {
  readonly transaction: string;
  readonly survivors: readonly string[];
  readonly isLast: boolean;
}
