/** What every run of an atomic commit protocol must satisfy, whatever crashes. */
import type { CheckDeclaration, CheckDefinition, Violation, WorldView } from 'system-design-labs/engine';
import type { DeskRecord, Order, Outcome, Stock } from './protocol.ts';
import type { SiteRecord, SiteState } from './stock.ts';

export const checks: Readonly<Record<string, CheckDeclaration>> = {
  atomicity: {
    title: 'All or nothing',
    help: 'Never has one site committed a transaction that another one has aborted.',
  },
  noLockLeaked: {
    title: 'No lock leaked',
    help: 'Who knows the outcome of a transaction holds nothing for it any more.',
  },
  stockConserved: {
    title: 'Stock conserved',
    help: 'Free, locked and gone pieces together are always as many as there were.',
  },
  noneRefusedInVain: {
    title: 'None refused in vain',
    help: 'While nothing fails, no service says No to an order for which there is enough.',
  },
};

/** What each participant knows of the transactions: from memory, or from its disk while it is down. */
export function outcomesAt(view: WorldView, participant: string): Record<string, Outcome> {
  const state = view.state(participant) as SiteState | undefined;
  if (state) return state.decided;
  const outcomes: Record<string, Outcome> = {};
  for (const { transaction, what } of view.safeLog(participant, 'log') as readonly SiteRecord[]) {
    if (what === 'commit' || what === 'abort') outcomes[transaction] = what;
  }
  return outcomes;
}

/** What the coordinator has made safe. */
function outcomesAtDesk(view: WorldView, coordinator: string): Record<string, Outcome> {
  const outcomes: Record<string, Outcome> = {};
  for (const { transaction, what } of view.safeLog(coordinator, 'log') as readonly DeskRecord[]) {
    if (what === 'commit' || what === 'abort') outcomes[transaction] = what;
  }
  return outcomes;
}

/** Who has decided what, by transaction. */
export function decisions(
  view: WorldView,
  coordinator: string,
  participants: readonly string[],
): Map<string, { site: string; outcome: Outcome }[]> {
  const byTransaction = new Map<string, { site: string; outcome: Outcome }[]>();
  for (const site of [coordinator, ...participants]) {
    const outcomes = site === coordinator ? outcomesAtDesk(view, coordinator) : outcomesAt(view, site);
    for (const [transaction, outcome] of Object.entries(outcomes)) {
      const known = byTransaction.get(transaction);
      if (known) known.push({ site, outcome });
      else byTransaction.set(transaction, [{ site, outcome }]);
    }
  }
  return byTransaction;
}

/** The checks for these sites with this stock and these orders. @param isLossy whether the network may lose messages */
export function checkDefinitions(
  coordinator: string,
  stocks: Readonly<Record<string, Stock>>,
  orders: readonly Order[],
  isLossy: boolean,
): CheckDefinition[] {
  const participants = Object.keys(stocks);
  const inVain = (view: WorldView) =>
    isLossy || view.faults > 0 ? undefined : refusedInVain(view, Object.values(stocks), participants, orders);
  return [
    { name: 'atomicity', when: 'always', violation: (view) => split(view, coordinator, participants) },
    { name: 'noLockLeaked', when: 'atEnd', violation: (view) => leak(view, participants) },
    { name: 'stockConserved', when: 'always', violation: (view) => lostPieces(view, stocks) },
    { name: 'noneRefusedInVain', when: 'atEnd', violation: inVain },
  ];
}

function split(view: WorldView, coordinator: string, participants: readonly string[]): Violation | undefined {
  for (const [transaction, [first, ...others]] of decisions(view, coordinator, participants)) {
    const other = others.find(({ outcome }) => outcome !== first!.outcome);
    if (!other) continue;
    const said = ({ outcome }: { outcome: Outcome }) => (outcome === 'commit' ? 'committed' : 'aborted');
    const detail = `${first!.site} ${said(first!)} transaction ${transaction}, ${other.site} ${said(other)} it`;
    return { detail, node: other.site };
  }
  return undefined;
}

function leak(view: WorldView, participants: readonly string[]): Violation | undefined {
  for (const node of participants) {
    const state = view.state(node) as SiteState | undefined;
    const leaked = Object.keys(state?.reserved ?? {}).find((transaction) => !state!.inDoubt[transaction]);
    if (leaked !== undefined) return { detail: `${node} still holds a lock for transaction ${leaked}`, node };
  }
  return undefined;
}

function lostPieces(view: WorldView, stocks: Readonly<Record<string, Stock>>): Violation | undefined {
  for (const [node, stock] of Object.entries(stocks)) {
    const state = view.state(node) as SiteState | undefined;
    if (!state) continue;
    for (const [item, there] of stock) {
      let locked = 0;
      for (const reservation of Object.values(state.reserved))
        if (reservation.item === item) locked += reservation.quantity;
      const [free, gone] = [state.free.get(item) ?? 0, state.gone.get(item) ?? 0];
      if (free + locked + gone !== there) {
        const detail = `${node} had ${there} of ${item}: now ${free} are free, ${locked} locked, ${gone} gone`;
        return { detail, node };
      }
    }
  }
  return undefined;
}

/** Works the orders off by hand, one after the other, and looks for a No where there was enough. */
function refusedInVain(
  view: WorldView,
  [dishes, couriers]: readonly Stock[],
  participants: readonly string[],
  orders: readonly Order[],
): Violation | undefined {
  const left = new Map(dishes);
  let free = [...couriers!.values()].reduce((sum, count) => sum + count, 0);
  for (const [number, { item, quantity }] of orders.entries()) {
    const transaction = `${number}.0`;
    const there = left.get(item) ?? 0;
    const refusing = participants.find((node) => hasRefused(view, node, transaction));
    if (refusing !== undefined && there >= quantity && free > 0) {
      return { detail: `order ${number} (${item} × ${quantity}) was refused, and there was enough`, node: refusing };
    }
    if (participants.some((node) => outcomesAt(view, node)[transaction] === 'commit')) {
      left.set(item, there - quantity);
      free--;
    }
  }
  return undefined;
}

/** Whether it said No: a participant that was told to abort has promised something before, and written that down. */
function hasRefused(view: WorldView, node: string, transaction: string): boolean {
  const log = view.safeLog(node, 'log') as readonly SiteRecord[];
  return outcomesAt(view, node)[transaction] === 'abort' && !log.some((record) => record.transaction === transaction);
}
