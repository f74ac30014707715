/**
 * Two-phase commit, with presumed abort: all participants of a transaction do it, or none does.
 *
 * Phase one: the coordinator asks everybody to get ready (*prepare*). Who says Yes has locked what the
 * transaction needs, has written so to its disk, and has given its right to decide out of its hands. Phase two:
 * if all said Yes, the coordinator writes *commit* to its own disk, and that is the moment in which the
 * transaction happens. Then it tells the others. At a No, or when an answer is missing, it is *abort*.
 *
 * Presumed abort makes aborts cheap: a coordinator that is asked about a transaction of which its log knows
 * nothing says abort. So aborts need no forced write and no acknowledgement. Commits need both: a participant
 * that has not acknowledged may ask again, and the record must still be there.
 *
 * What it cannot do: who has said Yes must wait. If the coordinator dies at that point, the participants keep
 * their locks until it is back, however long that takes; and to decide by time-out instead is wrong.
 *
 * Cost: 4n messages and 2n + 1 forced writes for a commit with n participants; 3n − 1 messages for an abort after
 * a No. A lock is held for one round trip and three forced writes.
 * Use it where all participants are near and come back soon: shards of one database, a queue and a table.
 * Source: J. N. Gray, "Notes on Data Base Operating Systems", 1978; presumed abort: C. Mohan, B. Lindsay,
 * R. Obermarck, "Transaction Management in the R* Distributed Database Management System", TODS 11(4), 1986.
 */
import type { Context, NodeProgram, Timer } from 'system-design-labs/engine';
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
import { openSite, type SiteState } from './stock.ts';

export class TwoPhaseCommit implements CommitProtocol {
  /** From *prepare* to a *commit* that is safe: Yes and commit travel; prepared, commit and commit are written. */
  readonly lockTime: LockTime = { roundTrips: 1, forcedWrites: 3 };

  coordinator(desk: Desk): NodeProgram {
    return new TwoPhaseCoordinator(desk);
  }

  participant(site: Site): NodeProgram {
    return new TwoPhaseParticipant(site);
  }
}

/** The coordinator's memory. */
export interface DeskState {
  /** How often it has been restarted: keeps a second try of an order apart from the first. */
  epoch: number;
  /** The order that is next, or under way. */
  order: number;
  current: Transaction | null;
  outcomes: Record<number, Outcome>;
}

export interface Transaction {
  transaction: string;
  phase: 'voting' | 'committing';
  /** Who has not answered yet. */
  missing: string[];
  timer: number;
  /** The customer's operation, −1 after a restart. */
  operation: number;
}

/** Exported so that a variant can change one of its rules. */
export class TwoPhaseCoordinator implements NodeProgram<DeskState> {
  protected readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  initialState(): DeskState {
    return { epoch: 0, order: 0, current: null, outcomes: {} };
  }

  onStart(state: DeskState, context: Context): void {
    this.#takeOrder(state, context);
  }

  onMessage(state: DeskState, { type, transaction }: CommitMessage, from: string, context: Context): void {
    const { current } = state;
    const isCurrent = current?.transaction === transaction;
    if (type === 'inquire') {
      if (isCurrent && current.phase === 'voting') return; // it will hear
      // Who has acknowledged does not ask. So a commit that somebody may ask about is still under way, and
      // about everything else the presumption is right.
      context.send(from, { type: isCurrent ? 'commit' : 'abort', transaction });
      return;
    }
    if (!current || !isCurrent) return; // an answer that comes after the end
    if (current.phase === 'voting') {
      if (type === 'no') this.#abort(state, current, context, from);
      if (type === 'yes' && isLast(current, from)) this.commit(state, current, context);
    } else if (type === 'ack' && isLast(current, from)) {
      this.#finish(state, current, 'commit', context);
    }
  }

  onTimer(state: DeskState, timer: Timer, context: Context): void {
    const { current } = state;
    if (!current || current.transaction !== timer.keep) return;
    if (current.phase === 'voting') this.#abort(state, current, context);
    else this.tellCommit(current, context);
  }

  /** Only commits are sure to be in the log: tell them again. An order without one is tried again under a new name. */
  onRecover(state: DeskState, context: Context): void {
    const log = context.disk.log('log') as readonly DeskRecord[];
    state.epoch = log.filter(({ what }) => what === 'restart').length + 1;
    for (const { what, order } of log) if (what === 'commit' || what === 'abort') state.outcomes[order] = what;
    state.order = log.reduce((next, { what, order }) => (what === 'restart' ? next : Math.max(next, order + 1)), 0);
    context.disk.append('log', { transaction: '', order: state.order, what: 'restart' });
    context.disk.sync();
    const last = log.findLast(({ what }) => what !== 'restart');
    if (last?.what !== 'commit') return this.#takeOrder(state, context);
    state.order = last.order;
    state.current = {
      transaction: last.transaction,
      phase: 'committing',
      missing: [...this.desk.participants],
      timer: -1,
      operation: -1,
    };
    this.tellCommit(state.current, context);
  }

  status({ current }: DeskState): string {
    return current ? `${current.phase} ${current.transaction}` : 'idle';
  }

  /** Phase one. */
  #takeOrder(state: DeskState, context: Context): void {
    const order = this.desk.orders[state.order];
    if (!order) return;
    const { item, quantity } = order;
    const transaction = `${state.order}.${state.epoch}`;
    const operation = context.invoke(`${item} × ${quantity}`);
    for (const name of this.desk.participants) context.send(name, { type: 'prepare', transaction, item, quantity });
    const timer = context.setTimer(`votes on ${transaction}`, this.desk.timeout, transaction);
    state.current = { transaction, phase: 'voting', missing: [...this.desk.participants], timer, operation };
  }

  /** All said Yes. From the sync on, the transaction has happened. */
  protected commit(state: DeskState, current: Transaction, context: Context): void {
    this.remember(state, current, 'commit', context);
    context.disk.sync();
    context.decide(`commit ${current.transaction}`);
    current.phase = 'committing';
    current.missing = [...this.desk.participants];
    this.tellCommit(current, context);
  }

  protected tellCommit(current: Transaction, context: Context): void {
    const { transaction } = current;
    for (const name of current.missing) context.send(name, { type: 'commit', transaction });
    context.cancelTimer(current.timer);
    current.timer = context.setTimer(`acknowledgements of ${transaction}`, this.desk.timeout, transaction);
  }

  /** Neither forced nor acknowledged. Who said No knows already. */
  #abort(state: DeskState, current: Transaction, context: Context, refusedBy?: string): void {
    const { transaction } = current;
    this.remember(state, current, 'abort', context);
    context.decide(`abort ${transaction}`);
    for (const name of this.desk.participants) {
      if (name !== refusedBy) context.send(name, { type: 'abort', transaction });
    }
    this.#finish(state, current, 'abort', context);
  }

  protected remember(state: DeskState, { transaction }: Transaction, outcome: Outcome, context: Context): void {
    state.outcomes[state.order] = outcome;
    context.disk.append('log', { transaction, order: state.order, what: outcome });
  }

  /** Everybody who has to know does. The next customer, please. */
  #finish(state: DeskState, current: Transaction, outcome: Outcome, context: Context): void {
    context.cancelTimer(current.timer);
    if (outcome === 'commit') {
      context.disk.append('log', { transaction: current.transaction, order: state.order, what: 'end' });
    }
    if (current.operation >= 0) {
      if (outcome === 'commit') context.returned(current.operation);
      else context.failed(current.operation, 'aborted');
    }
    state.current = null;
    state.order++;
    this.#takeOrder(state, context);
  }
}

/** Takes note of an answer, however often it comes. @returns whether it was the last one missing */
function isLast(current: Transaction, from: string): boolean {
  current.missing = current.missing.filter((name) => name !== from);
  return current.missing.length === 0;
}

/** Exported so that a variant can change one of its rules. */
export class TwoPhaseParticipant extends Participant {
  initialState(): SiteState {
    return openSite(this.site.stock);
  }

  onMessage(state: SiteState, message: CommitMessage, _from: string, context: Context): void {
    const { type, transaction } = message;
    if (type === 'prepare') this.vote(state, message as PrepareMessage, context);
    if (type === 'abort') this.decide(state, transaction, 'abort', context);
    if (type === 'commit') {
      this.decide(state, transaction, 'commit', context);
      context.send(this.site.coordinator, { type: 'ack', transaction });
    }
  }

  /** After a Yes nobody decides by time-out: all it may do is ask. */
  protected waitedLongEnough(state: SiteState, transaction: string, context: Context): void {
    context.send(this.site.coordinator, { type: 'inquire', transaction });
    this.waitOn(state, transaction, context);
  }
}
