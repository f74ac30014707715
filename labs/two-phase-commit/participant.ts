/** What participants of both protocols do alike: vote, lock, remember on disk, and carry a decision out. */
import type { Context, Message, Nanoseconds, NodeProgram, Timer } from 'system-design-labs/engine';
import type { CommitMessage, Outcome, PrepareMessage, Site } from './protocol.ts';
import {
  add,
  isOpen,
  reserve,
  settle,
  siteStatus,
  unlock,
  type Reservation,
  type SiteRecord,
  type SiteState,
} from './stock.ts';

export abstract class Participant<State extends SiteState = SiteState> implements NodeProgram<State> {
  protected readonly site: Site;

  constructor(site: Site) {
    this.site = site;
  }

  abstract initialState(): State;

  abstract onMessage(state: State, message: CommitMessage, from: string, context: Context): void;

  /** It has waited long enough for a transaction that it is in doubt about. */
  protected abstract waitedLongEnough(state: State, transaction: string, context: Context): void;

  onTimer(state: State, timer: Timer, context: Context): void {
    const kept = timer.keep as string | PrepareMessage;
    if (typeof kept !== 'string') return this.vote(state, kept, context);
    this.#finishCommits(state, context);
    if (state.inDoubt[kept]) this.waitedLongEnough(state, kept, context);
  }

  /** After a crash: what the log says, and doubt about what it leaves open. */
  onRecover(state: State, context: Context): void {
    for (const record of context.disk.log('log') as readonly SiteRecord[]) {
      const { transaction } = record;
      if (record.what === 'prepared') {
        reserve(state, transaction, record, record.since);
        state.inDoubt[transaction] = { phase: 'uncertain', timer: -1, recovered: true };
      } else if (record.what === 'pre-commit') {
        state.inDoubt[transaction]!.phase = 'pre-committed';
      } else {
        this.carryOut(state, transaction, record.what, context);
      }
    }
    state.held = []; // those came off before the crash
    for (const transaction of Object.keys(state.inDoubt)) this.waitedLongEnough(state, transaction, context);
  }

  status(state: State): string {
    return siteStatus(state);
  }

  /**
   * Votes. A Yes is a promise, so it is safe on disk before it is said. A No needs no promise. Whoever is asked again
   * says the same again, and nothing at all when it has carried out a commit: then its Yes has been heard.
   */
  protected vote(state: State, message: PrepareMessage, context: Context): void {
    const { transaction } = message;
    if (this.#finishCommits(state, context)) {
      // A request that waited for the disk is handled before the timer: first what was there first.
      context.setTimer(`vote on ${transaction}`, 0, message);
      return;
    }
    if (state.decided[transaction] === 'commit') return;
    if (!state.inDoubt[transaction]) {
      const wanted = state.decided[transaction] === 'abort' ? undefined : this.wanted(state, message);
      if (!wanted) {
        state.decided[transaction] = 'abort';
        context.send(this.site.coordinator, vote('no', transaction));
        return;
      }
      const since = context.clock();
      reserve(state, transaction, wanted, since);
      context.disk.append('log', { transaction, what: 'prepared', ...wanted, since });
      context.disk.sync();
      state.inDoubt[transaction] = { phase: 'uncertain', timer: -1, recovered: false };
      this.waitOn(state, transaction, context);
    }
    context.send(this.site.coordinator, vote('yes', transaction));
  }

  /** What of its stock an order would take, or nothing where there is not enough. */
  protected wanted(state: State, { item, quantity }: Reservation): Reservation | undefined {
    if (this.site.gives === 'what is ordered') {
      return this.isEnough(state.free.get(item) ?? 0, quantity) ? { item, quantity } : undefined;
    }
    const free = [...state.free].find(([, count]) => count > 0);
    return free && { item: free[0], quantity: 1 };
  }

  protected isEnough(free: number, quantity: number): boolean {
    return free >= quantity;
  }

  /** It knows what was decided. A commit is carried out when its record is safe; an abort would be presumed anyway. */
  protected decide(state: State, transaction: string, outcome: Outcome, context: Context): void {
    const doubt = state.inDoubt[transaction];
    if (!doubt || !isOpen(doubt)) return;
    context.cancelTimer(doubt.timer);
    context.disk.append('log', { transaction, what: outcome });
    if (outcome === 'abort') return this.#finish(state, transaction, outcome, context);
    context.disk.sync();
    doubt.phase = 'commit';
    // What follows a sync happens when it is done, and so does this timer.
    doubt.timer = context.setTimer(`carry out ${transaction}`, 0, transaction);
  }

  /**
   * Commits whose records are safe: no handler runs before the sync is done that the one before it asked for.
   * @returns whether there were any
   */
  #finishCommits(state: State, context: Context): boolean {
    const safe = Object.keys(state.inDoubt).filter((transaction) => !isOpen(state.inDoubt[transaction]!));
    for (const transaction of safe) this.#finish(state, transaction, 'commit', context);
    return safe.length > 0;
  }

  #finish(state: State, transaction: string, outcome: Outcome, context: Context): void {
    this.carryOut(state, transaction, outcome, context);
    context.decide(`${outcome} ${transaction}`);
  }

  /** Locks come off: the pieces are gone, or back on the shelf. */
  protected carryOut(state: State, transaction: string, outcome: Outcome, context: Context): void {
    const reservation = unlock(state, transaction, context.clock());
    if (reservation) {
      if (outcome === 'commit') add(state.gone, reservation);
      else this.giveBack(state, reservation);
    }
    settle(state, transaction, outcome);
  }

  protected giveBack(state: State, reservation: Reservation): void {
    add(state.free, reservation);
  }

  /** How long it waits for news before doing something about it. */
  protected patience(_self: string): Nanoseconds {
    return this.site.timeout;
  }

  /** Waits (again) for news of a transaction. */
  protected waitOn(state: State, transaction: string, context: Context): void {
    const doubt = state.inDoubt[transaction]!;
    context.cancelTimer(doubt.timer);
    doubt.timer = context.setTimer(`wait for ${transaction}`, this.patience(context.self), transaction);
  }
}

function vote(type: 'yes' | 'no', transaction: string): Message {
  return { type, transaction };
}
