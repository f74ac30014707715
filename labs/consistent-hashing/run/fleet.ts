/** The servers of a run, those that are there and those that are gone. */

/** A server, from when it joins to the end of the run. */
export interface Server {
  readonly name: string;
  /** shard-7 is 7. A number is given once. Names that an algorithm made up have negative ones. */
  readonly number: number;
  alive: boolean;
  /** The event by which it joined, or left. */
  event: number;
  /** Whether it joined since the keys were last looked up. */
  isNew: boolean;
}

/** What the server of that number is called. */
export function nameOfServer(number: number): string {
  return `shard-${number}`;
}

export class Fleet {
  readonly #servers: Server[] = [];
  readonly #strangers: Server[] = [];
  readonly #byName = new Map<string, Server>();
  #size = 0;

  /** How many there are now. */
  get size(): number {
    return this.#size;
  }

  /** How many there ever were. */
  get everJoined(): number {
    return this.#servers.length;
  }

  /** The name that the next one will have. */
  get nextName(): string {
    return nameOfServer(this.#servers.length);
  }

  /** Takes in the next server. @param event its join in the trace */
  join(event: number): Server {
    const { nextName: name } = this;
    const server: Server = { name, number: this.#servers.length, alive: true, event, isNew: true };
    this.#servers.push(server);
    this.#byName.set(name, server);
    this.#size++;
    return server;
  }

  /** Lets a server go. @param event its leaving in the trace */
  leave(server: Server, event: number): void {
    server.alive = false;
    server.event = event;
    this.#size--;
  }

  /** Nobody is new any longer: the keys have been looked up. */
  settle(): void {
    for (const server of this.#servers) server.isNew = false;
  }

  /** Those that are there now, in the order of their numbers. */
  living(): Server[] {
    return this.#servers.filter(({ alive }) => alive);
  }

  /** The server of that name, if it is there now. */
  find(name: string): Server | undefined {
    const server = this.#byName.get(name);
    return server?.alive ? server : undefined;
  }

  /** What an algorithm named as an owner; a name that never joined becomes a server that was never alive. */
  named(name: string): Server {
    let server = this.#byName.get(name);
    if (!server) {
      server = { name, number: -1 - this.#strangers.length, alive: false, event: -1, isNew: false };
      this.#strangers.push(server);
      this.#byName.set(name, server);
    }
    return server;
  }

  /** The server with a number, given or made up. */
  numbered(number: number): Server {
    return number >= 0 ? this.#servers[number]! : this.#strangers[-1 - number]!;
  }
}
