/** One run of the lab: all keys are placed, servers leave, servers join, and after each change every key is looked up again. */
import { ParameterError } from 'system-design-labs/engine';
import type { Operation, Outcome, PureRun, PureSetup } from 'system-design-labs/engine';
import { hashes, type Hash } from '../hash.ts';
import type { Values } from '../parameters.ts';
import type { KeyPlacement, KeyPlacementClass } from '../placement.ts';
import { theoryOf } from '../theory/theory.ts';
import { stepCosts, type StepCosts } from './cost.ts';
import { Fleet, type Server } from './fleet.ts';
import { Judge } from './judge.ts';
import { summarize, type Loads } from './loads.ts';
import { takeawaysOf } from './takeaways.ts';
import { counted, grouped } from './wording.ts';

/** A ring of more points is not drawn: no picture could tell them apart, and they would fill the trace. */
const mostPointsDrawn = 200_000;
/** Keys that are looked up once more at the end, to see that the answer does not depend on the order of asking. */
const mostAskedAgain = 10_000;

export class PlacementRun implements PureRun {
  readonly operations: Iterable<Operation>;
  readonly totalWeight: number;
  readonly #setup: PureSetup<Values, KeyPlacementClass>;
  readonly #hash: Hash;
  readonly #placement: KeyPlacement;
  readonly #costs: StepCosts;
  readonly #fleet = new Fleet();
  readonly #judge: Judge;
  /** By key: the number of the owner, and where the key lies on the circle. Typed, for there may be a million keys. */
  readonly #owners: Int32Array;
  readonly #positions: Float64Array;
  /** Keys 0 … placed − 1 have an owner. */
  #placed = 0;
  readonly #drawsPoints: boolean;
  /** The last thing that happened to the servers. */
  #lastChange: { kind: 'leave' | 'join'; event: number } = { kind: 'join', event: -1 };
  #firstLoads: Loads | undefined;
  readonly #firstOwners: string[] = [];
  /** Numbers of the servers that the scenario made leave. */
  #leaving: number[] = [];
  /** Whether the learner made servers come or go. */
  #interfered = false;

  constructor(setup: PureSetup<Values, KeyPlacementClass>) {
    const { parameters, algorithm, algorithmId } = setup;
    const { servers, keys, remove, add, virtualNodes, epsilon } = parameters;
    if (remove >= servers) {
      const most = servers - 1;
      throw new ParameterError(
        'remove',
        `remove must leave a server: remove at most ${most} of ${servers}, or raise servers`,
      );
    }
    this.#setup = setup;
    this.#hash = hashes[parameters.hash];
    const tableSize = tableSizeFor(Math.max(servers, servers - remove + add));
    this.#placement = new algorithm({ hash: this.#hash, virtualNodes, epsilon, tableSize });
    this.#judge = new Judge(this.#fleet, epsilon);
    this.#owners = new Int32Array(keys);
    this.#positions = new Float64Array(keys);
    this.#costs = stepCosts(algorithmId, parameters, tableSize);
    this.#drawsPoints = (servers + add) * virtualNodes <= mostPointsDrawn;
    const phases = 1 + Number(remove > 0) + Number(add > 0);
    const { join, lookUp, change } = this.#costs;
    this.totalWeight = (servers + remove + add) * join + phases * (keys * lookUp + change);
    this.operations = this.#workload();
  }

  *#workload(): Generator<Operation> {
    const { servers, keys, remove, removeFrom, add } = this.#setup.parameters;
    yield phase(counted(servers, 'server', 'joins', 'join'));
    if (!this.#drawsPoints && this.#placement.pointsOf) {
      yield phase(`the points are not drawn: there are more than ${grouped(mostPointsDrawn)}`);
    }
    for (let i = 0; i < servers; i++) yield this.#changing('join', {});
    yield phase(counted(keys, 'key', 'is placed', 'are placed'));
    for (let key = 0; key < keys; key++) yield this.#lookingUp('place', key);
    if (remove > 0) {
      yield phase(counted(remove, 'server', 'leaves', 'leave'));
      for (const server of this.#chooseLeaving(remove, removeFrom)) yield this.#changing('leave', { server });
      for (let key = 0; key < keys; key++) yield this.#lookingUp('lookUp', key);
    }
    if (add > 0) {
      yield phase(counted(add, 'server', 'joins', 'join'));
      for (let i = 0; i < add; i++) yield this.#changing('join', {});
      for (let key = 0; key < keys; key++) yield this.#lookingUp('lookUp', key);
    }
  }

  #changing(action: 'join' | 'leave', given: Operation['arguments']): Operation {
    return { action, arguments: given, weight: this.#costs.join };
  }

  #lookingUp(action: 'place' | 'lookUp', key: number): Operation {
    const { lookUp, change } = this.#costs;
    return { action, arguments: { key }, weight: key === 0 ? lookUp + change : lookUp };
  }

  perform({ action, arguments: given }: Operation): void {
    switch (action) {
      case 'phase':
        this.#setup.trace.mark(String(given.title));
        return;
      case 'place':
        return this.#place(given.key as number);
      case 'lookUp':
        return this.#lookUpAgain(given.key as number);
      case 'join':
        return this.#join();
      case 'leave':
        return this.#leave(given.server);
      case 'addServer':
        this.#interfered = true;
        this.#join();
        return this.#lookUpAll();
      case 'removeServer':
        this.#interfered = true;
        this.#leave(given.server);
        return this.#lookUpAll();
      default:
        throw new ParameterError('action', `there is no action '${action}' in this lab: use removeServer or addServer`);
    }
  }

  #join(): void {
    const { trace } = this.#setup;
    const event = trace.join(this.#fleet.nextName);
    const { name } = this.#fleet.join(event);
    this.#placement.addServer(name);
    let index = 0;
    for (const position of this.#pointsOf(name)) trace.point(name, position, index++, event);
    this.#lastChange = { kind: 'join', event };
  }

  #leave(name: unknown): void {
    const server = this.#fleet.find(String(name));
    if (!server) {
      const some = this.#fleet.living()[0]!.name;
      throw new ParameterError(
        'server',
        `there is no server '${String(name)}' to remove: name one that is there, ${some} for example`,
      );
    }
    if (this.#fleet.size === 1) {
      throw new ParameterError(
        'server',
        `${server.name} is the last server and has to stay: remove fewer, or add one first`,
      );
    }
    const { trace } = this.#setup;
    const event = trace.leave(server.name);
    let index = 0;
    for (const position of this.#pointsOf(server.name)) trace.unpoint(server.name, position, index++, event);
    this.#placement.removeServer(server.name);
    this.#fleet.leave(server, event);
    this.#lastChange = { kind: 'leave', event };
  }

  /** The points of a server that are drawn. */
  #pointsOf(server: string): Iterable<number> {
    return (this.#drawsPoints && this.#placement.pointsOf?.(server)) || [];
  }

  #place(key: number): void {
    const text = `key-${key}`;
    const owner = this.#ownerOf(text);
    const position = this.#hash.position(text);
    this.#owners[key] = owner.number;
    this.#positions[key] = position;
    this.#placed = key + 1;
    if (key < 10) this.#firstOwners.push(owner.name);
    const event = this.#setup.trace.place({ prefix: 'key-', number: key }, owner.name, position);
    if (!owner.alive) this.#judge.ownedByNobody(key, owner, event);
    if (this.#placed === this.#owners.length) {
      const loads = this.#settle();
      this.#firstLoads = summarize(loads);
    }
  }

  #lookUpAgain(key: number): void {
    const before = this.#fleet.numbered(this.#owners[key]!);
    const after = this.#ownerOf(`key-${key}`);
    let event = -1;
    if (after !== before) {
      const cause = !before.alive ? before : after.isNew ? after : this.#lastChange;
      const item = { prefix: 'key-', number: key };
      event = this.#setup.trace.move(item, before.name, after.name, this.#positions[key]!, cause.event);
      this.#owners[key] = after.number;
      this.#judge.moved(key, before, after, this.#lastChange.kind, event);
    }
    if (!after.alive) this.#judge.ownedByNobody(key, after, event);
    if (key === this.#placed - 1) this.#settle();
  }

  #lookUpAll(): void {
    for (let key = 0; key < this.#placed; key++) this.#lookUpAgain(key);
  }

  /** All keys know their owner again. @returns keys of each server that is there */
  #settle(): number[] {
    this.#fleet.settle();
    const byNumber = new Int32Array(this.#fleet.everJoined);
    for (let key = 0; key < this.#placed; key++) {
      const owner = this.#owners[key]!;
      if (owner >= 0) byNumber[owner]!++;
    }
    const living = this.#fleet.living();
    const loads = living.map(({ number }) => byNumber[number]!);
    if (this.#placement.capacity !== undefined) this.#judge.bounded(living, loads, this.#placed);
    return loads;
  }

  #ownerOf(key: string): Server {
    return this.#fleet.named(String(this.#placement.ownerOf(key)));
  }

  /** Names of those that are to leave; drawn per server, so that one more or less changes no other's lot. */
  #chooseLeaving(count: number, from: Values['removeFrom']): string[] {
    const living = this.#fleet.living();
    const { random } = this.#setup;
    const lots = new Map(
      living.map((server) => [server, from === 'random' ? random.stream('leaving', server.name).uniform() : 0]),
    );
    if (from === 'last') living.reverse();
    // The sort is stable: where all lots are equal, the order of the numbers stays.
    const leaving = living.sort((one, other) => lots.get(one)! - lots.get(other)!).slice(0, count);
    this.#leaving = leaving.map(({ number }) => number).sort((one, other) => one - other);
    return leaving.map(({ name }) => name);
  }

  finish(): Outcome {
    const { parameters, algorithmId } = this.#setup;
    for (let key = Math.min(this.#placed, mostAskedAgain) - 1; key >= 0; key--) {
      const known = this.#fleet.numbered(this.#owners[key]!);
      const asked = this.#ownerOf(`key-${key}`);
      if (asked !== known) this.#judge.ownedByTwo(key, known, asked);
    }
    const loads = this.#firstLoads!;
    const moved = this.#judge.moves;
    const metrics = {
      loadMean: loads.mean,
      loadStdDev: loads.standardDeviation,
      loadMin: loads.min,
      loadMax: loads.max,
      emptyServers: loads.empty,
      movedOnRemove: moved.onRemove,
      movedOnAdd: moved.onAdd,
      movedBetweenSurvivors: moved.betweenSurvivors,
    };
    const theory = theoryOf({
      algorithm: algorithmId,
      parameters,
      leaving: this.#leaving,
      interfered: this.#interfered,
      metrics,
    });
    return {
      metrics,
      theory,
      checks: this.#judge.verdicts(this.#setup.random.seed),
      result: { owners: this.#firstOwners, inherited: this.#judge.inherited() },
      takeaways: takeawaysOf({ algorithm: algorithmId, parameters, metrics, interfered: this.#interfered }),
    };
  }
}

function phase(title: string): Operation {
  return { action: 'phase', arguments: { title }, weight: 0 };
}

/** Entries of Maglev's table: the two sizes of the paper; a hundred entries a server as long as there are 6,553 or fewer. */
function tableSizeFor(servers: number): number {
  return servers <= 655 ? 65_537 : 655_373;
}
