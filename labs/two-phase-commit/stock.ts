/**
 * What a participant guards: pieces on a shelf, couriers at the door. A piece is free, reserved (locked) for a
 * transaction under way, or gone. All of it is plain data; the log of a participant is enough to build it again.
 */
import type { Nanoseconds } from 'system-design-labs/engine';
import type { Outcome, Stock } from './protocol.ts';

/** Pieces that are locked for a transaction. */
export interface Reservation {
  readonly item: string;
  readonly quantity: number;
}

/** The memory that every participant has, whatever the protocol. */
export interface SiteState {
  free: Map<string, number>;
  gone: Map<string, number>;
  /** What is locked, by transaction. */
  reserved: Record<string, Reservation & { since: Nanoseconds }>;
  /** Transactions that it voted Yes for and has not carried out. */
  inDoubt: Record<string, InDoubt>;
  /** What became of the others. */
  decided: Record<string, Outcome>;
  /** How long each lock was held that has come off since it was switched on. */
  held: Nanoseconds[];
}

export interface InDoubt {
  /**
   * uncertain: either outcome is possible. pre-committed: everybody is known to have voted Yes (three phases only).
   * commit: that is the outcome, and its record is about to be safe on disk.
   */
  phase: 'uncertain' | 'pre-committed' | 'commit';
  /** The timer that runs while it waits. */
  timer: number;
  /** It has crashed since its vote, and cannot know what it missed. */
  recovered: boolean;
}

/** A record of a participant's log. */
export type SiteRecord =
  | ({ readonly transaction: string; readonly what: 'prepared'; readonly since: Nanoseconds } & Reservation)
  | { readonly transaction: string; readonly what: 'pre-commit' | Outcome };

/** A participant that has just been opened. */
export function openSite(stock: Stock): SiteState {
  return { free: new Map(stock), gone: new Map(), reserved: {}, inDoubt: {}, decided: {}, held: [] };
}

/** Puts pieces on a shelf, or takes them off where there are fewer than none. */
export function add(shelf: Map<string, number>, { item, quantity }: Reservation): void {
  shelf.set(item, (shelf.get(item) ?? 0) + quantity);
}

/** Locks pieces for a transaction. */
export function reserve(site: SiteState, transaction: string, { item, quantity }: Reservation, now: Nanoseconds): void {
  add(site.free, { item, quantity: -quantity });
  site.reserved[transaction] = { item, quantity, since: now };
}

/** Takes a transaction's lock off, and says what was locked. The pieces are nowhere until the caller puts them somewhere. */
export function unlock(site: SiteState, transaction: string, now: Nanoseconds): Reservation | undefined {
  const reservation = site.reserved[transaction];
  if (!reservation) return undefined;
  delete site.reserved[transaction];
  site.held.push(now - reservation.since);
  return reservation;
}

/** A transaction's fate is known. */
export function settle(site: SiteState, transaction: string, outcome: Outcome): void {
  delete site.inDoubt[transaction];
  site.decided[transaction] = outcome;
}

/** Whether it does not know the outcome yet. */
export function isOpen({ phase }: InDoubt): boolean {
  return phase !== 'commit';
}

/** A participant's state in a few words. */
export function siteStatus(site: SiteState): string {
  const waiting = Object.entries(site.inDoubt).map(
    ([transaction, { phase }]) => `${phase === 'commit' ? 'carrying out' : phase} ${transaction}`,
  );
  return waiting.length > 0 ? waiting.join(', ') : 'free';
}
