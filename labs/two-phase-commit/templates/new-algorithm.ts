/**
 * New algorithm: say in one sentence how the services come to agree.
 *
 * Why it works: at which moment an order has happened, and how everybody gets to know.
 *
 * Use it when … Not when …
 *
 * Cost: messages and forced writes for a commit, and for an abort.
 * Source: who described it first, and where.
 *
 * As it stands it works like this, in one phase: the coordinator says *do it*, and every service does what it can. Run it
 * on *Out of stock*: the check *All or nothing* is broken, because one service carries an order out that another has to
 * refuse. A known answer to begin with: five pizzas are ordered and there are three, so nobody may do anything for that order.
 * Ask before you tell (`two-phase.ts` shows how), then make the rest your own.
 */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitMessage, CommitProtocol, Desk, PrepareMessage, Site } from '../protocol.ts';
import { add, openSite, settle, type SiteState } from '../stock.ts';

export class NewAlgorithm implements CommitProtocol {
  coordinator(desk: Desk): NodeProgram {
    return new Coordinator(desk);
  }

  participant(site: Site): NodeProgram {
    return new Participant(site);
  }
}

/** What the coordinator remembers: plain data, so that a run can be stepped back. */
interface DeskState {
  /** The order under way, by number; `transaction` is its name in messages. */
  order: number;
  transaction: string;
  /** Who has not answered yet. */
  missing: string[];
  /** The customer's operation, to be told how it ended. */
  operation: number;
  outcomes: Record<number, 'commit' | 'abort'>;
}

class Coordinator implements NodeProgram<DeskState> {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  initialState(): DeskState {
    return { order: 0, transaction: '', missing: [], operation: -1, outcomes: {} };
  }

  onStart(state: DeskState, context: Context): void {
    this.#takeOrder(state, context);
  }

  onMessage(state: DeskState, { type, transaction }: CommitMessage, from: string, context: Context): void {
    if (type !== 'done' || transaction !== state.transaction) return;
    state.missing = state.missing.filter((name) => name !== from);
    if (state.missing.length > 0) return;
    state.outcomes[state.order] = 'commit';
    context.returned(state.operation);
    state.order++;
    this.#takeOrder(state, context);
  }

  #takeOrder(state: DeskState, context: Context): void {
    const order = this.#desk.orders[state.order];
    if (!order) return;
    const { item, quantity } = order;
    state.transaction = `${state.order}.0`;
    state.missing = [...this.#desk.participants];
    state.operation = context.invoke(`${item} × ${quantity}`);
    for (const name of state.missing) {
      context.send(name, { type: 'do', transaction: state.transaction, item, quantity });
    }
  }
}

class Participant implements NodeProgram<SiteState> {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  initialState(): SiteState {
    return openSite(this.#site.stock);
  }

  onMessage(state: SiteState, message: CommitMessage, from: string, context: Context): void {
    const { transaction, item, quantity } = message as PrepareMessage;
    const [name, pieces] = this.#site.gives === 'one of any' ? [this.#free(state), 1] : [item, quantity];
    const isEnough = name !== undefined && (state.free.get(name) ?? 0) >= pieces;
    if (isEnough) {
      add(state.free, { item: name, quantity: -pieces });
      add(state.gone, { item: name, quantity: pieces });
    }
    settle(state, transaction, isEnough ? 'commit' : 'abort');
    context.send(from, { type: 'done', transaction });
  }

  /** Any of its couriers that is free. */
  #free(state: SiteState): string | undefined {
    return [...state.free.keys()].find((name) => state.free.get(name)! > 0);
  }
}
