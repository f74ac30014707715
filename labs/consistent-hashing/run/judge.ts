/** Watches keys move, counts, and says at the end whether the placement kept its promises. */
import type { Outcome } from 'system-design-labs/engine';
import type { Fleet, Server } from './fleet.ts';
import { counted, grouped } from './wording.ts';

type Verdict = Outcome['checks'][number];

/** What went wrong first, as the report will say it. */
interface Fault {
  detail: string;
  event?: number;
  node?: string;
}

export class Judge {
  /** Keys that changed their owner. */
  readonly moves = { onRemove: 0, onAdd: 0, betweenSurvivors: 0 };
  /** Keys that went on from a server that had left, by who got them. */
  readonly #inherited = new Map<Server, number>();
  readonly #fleet: Fleet;
  readonly #epsilon: number;
  #survivorsDisturbed: Fault | undefined;
  #badOwners = 0;
  #badOwner: Fault | undefined;
  /** The fullest that any server ever was, beside the bound; undefined while nobody set one. */
  #fullest: { load: number; bound: number } | undefined;
  #aboveBound: Fault | undefined;

  constructor(fleet: Fleet, epsilon: number) {
    this.#fleet = fleet;
    this.#epsilon = epsilon;
  }

  /** A key has another owner than before. @param kind the last thing that happened to the servers */
  moved(key: number, before: Server, after: Server, kind: 'leave' | 'join', event: number): void {
    if (kind === 'leave' || !before.alive) this.moves.onRemove++;
    else this.moves.onAdd++;
    if (!before.alive) this.#inherited.set(after, (this.#inherited.get(after) ?? 0) + 1);
    if (before.alive && after.alive && !after.isNew) {
      this.moves.betweenSurvivors++;
      this.#survivorsDisturbed ??= {
        detail: `key-${key} moved from ${before.name} to ${after.name}, and both of them stayed`,
        event,
        node: after.name,
      };
    }
  }

  /** What went on from servers that had left, and the three who got most of it. */
  inherited(): { keys: number; heirs: number; most: { server: string; keys: number }[] } {
    const heirs = [...this.#inherited].map(([{ name: server }, keys]) => ({ server, keys }));
    heirs.sort((one, other) => other.keys - one.keys);
    return { keys: heirs.reduce((sum, { keys }) => sum + keys, 0), heirs: heirs.length, most: heirs.slice(0, 3) };
  }

  /** The owner of a key is gone, or never was. */
  ownedByNobody(key: number, owner: Server, event: number): void {
    const why = owner.number >= 0 ? `${owner.name}, which has left` : `'${owner.name}', which is no server`;
    this.#faultyOwner({ detail: `key-${key} belongs to ${why}`, ...(event >= 0 ? { event, node: owner.name } : {}) });
  }

  /** A key has one owner when it is asked for in its turn, another when it is asked for later. */
  ownedByTwo(key: number, first: Server, second: Server): void {
    this.#faultyOwner({
      detail: `key-${key} belongs to ${first.name}, and when asked again, with no change in between, to ${second.name}`,
      node: second.name,
    });
  }

  #faultyOwner(fault: Fault): void {
    this.#badOwners++;
    this.#badOwner ??= fault;
  }

  /** Every key has been looked up. @param loads keys of each of the servers */
  bounded(servers: readonly Server[], loads: readonly number[], keys: number): void {
    // A hair less before rounding up, since ε is not exact in binary.
    const bound = Math.ceil(((1 + this.#epsilon) * keys) / servers.length - 1e-9);
    for (let i = 0; i < loads.length; i++) {
      const load = loads[i]!;
      if (this.#fullest && load - bound <= this.#fullest.load - this.#fullest.bound) continue;
      this.#fullest = { load, bound };
      if (load <= bound) continue;
      const { name } = servers[i]!;
      this.#aboveBound ??= {
        detail: `${name} holds ${counted(load, 'key')}; with ${counted(keys, 'key')} on ${counted(servers.length, 'server')} the bound is ${grouped(bound)}`,
        node: name,
      };
    }
  }

  /** @param seed named where something broke, so that it can be seen again */
  verdicts(seed: number): Verdict[] {
    const { onRemove, onAdd, betweenSurvivors } = this.moves;
    const verdicts = [
      verdict('monotonicity', this.#survivorsDisturbed, seed, {
        held: `${counted(onRemove + onAdd, 'key')} moved, and only from a server that left or to one that joined`,
        broken: `${counted(betweenSurvivors, 'key')} moved like that`,
      }),
      verdict('ownership', this.#badOwner, seed, {
        held: `at every moment each key belonged to one server that was there, ${counted(this.#fleet.size, 'server')} at the end`,
        broken: `${counted(this.#badOwners, 'answer')} of that kind`,
      }),
    ];
    if (this.#fullest) {
      const { load, bound } = this.#fullest;
      verdicts.push(
        verdict('loadBound', this.#aboveBound, seed, {
          held: `no server held more than ${counted(load, 'key')} where ${grouped(bound)} were allowed`,
          broken: `nobody may hold more than (1 + ε) · keys / servers, rounded up`,
        }),
      );
    }
    return verdicts;
  }
}

function verdict(
  name: string,
  fault: Fault | undefined,
  seed: number,
  words: { held: string; broken: string },
): Verdict {
  if (!fault) return { name, verdict: 'held', detail: words.held };
  return { name, verdict: 'broken', ...fault, detail: `${fault.detail} (seed ${seed}); ${words.broken}` };
}
