/** What an atomic commit protocol is: a coordinator and participants that all do it, or all leave it. */
import {
  defineContract,
  namedNumbers,
  nodeProgram,
  type Message,
  type Nanoseconds,
  type NodeProgram,
  type ValueKind,
} from 'system-design-labs/engine';

/** What lets the services of a food delivery agree on an order. */
export interface CommitProtocol {
  /** The program of the order desk: it takes the orders, one after the other. */
  coordinator(desk: Desk): NodeProgram;
  /** The program of a service that has something to give. Its state is a `SiteState`, and may hold more. */
  participant(site: Site): NodeProgram;
  /** How long a participant's lock is held for a commit, where all is well. */
  readonly lockTime?: LockTime;
}

/** Ways there and back, and writes that somebody waits for, one after the other. */
export interface LockTime {
  readonly roundTrips: number;
  readonly forcedWrites: number;
}

export const contract = defineContract<CommitProtocol>({
  interface: 'CommitProtocol',
  members: {
    coordinator: { returns: nodeProgram },
    participant: { returns: nodeProgram },
    lockTime: { holds: namedNumbers as ValueKind<any>, optional: true },
  },
});

/** An order: so many pieces of one dish, and a courier to bring them. */
export interface Order {
  readonly item: string;
  readonly quantity: number;
}

/** What the coordinator knows from the start. */
export interface Desk {
  readonly orders: readonly Order[];
  /** Names of the participants. */
  readonly participants: readonly string[];
  /** How long to wait for an answer before doing something about it. */
  readonly timeout: Nanoseconds;
}

/** How many there are, by name. A Map, since a dish may be called `constructor`. */
export type Stock = ReadonlyMap<string, number>;

/** What a participant knows from the start. */
export interface Site {
  readonly coordinator: string;
  /** Names of all participants in order of rank, its own among them. */
  readonly participants: readonly string[];
  /** What there is in the beginning, by name. */
  readonly stock: Stock;
  /** Whether an order takes the dish it names, or whichever is free (a courier). */
  readonly gives: 'what is ordered' | 'one of any';
  readonly timeout: Nanoseconds;
}

export type Outcome = 'commit' | 'abort';

/** Everything that travels names its transaction: order and epoch of the coordinator, '2.0'. */
export interface CommitMessage extends Message {
  readonly transaction: string;
}

/** The request to get ready, with what the order needs. */
export interface PrepareMessage extends CommitMessage, Order {
  readonly type: 'prepare';
  readonly item: string;
  readonly quantity: number;
}

/** A record of a coordinator's log. */
export interface DeskRecord {
  readonly transaction: string;
  readonly order: number;
  /** restart: a new epoch begins. end: everybody knows, the transaction may be forgotten. */
  readonly what: 'restart' | 'pre-commit' | Outcome | 'end';
}
