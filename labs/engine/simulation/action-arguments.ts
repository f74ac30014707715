/** What an action takes, checked before a run begins and read while it goes on. Times are in milliseconds. */
import type { Json } from '../lab/report.ts';
import { ScenarioError } from './refusal.ts';
import type { Simulation } from './simulation.ts';

export type Arguments = Readonly<Record<string, Json>>;

/** What is done to links, and what a link can be healed of. */
const linkTroubles: readonly string[] = ['cut', 'lose', 'delay', 'duplicate'];

const links = ['from', 'to', 'oneWay'] as const;

/** The arguments that each takes, as the table in `actions.ts` says. */
const argumentsOf = {
  crash: ['node', 'for'],
  restart: ['node'],
  pause: ['node', 'for'],
  resume: ['node'],
  slow: ['node', 'factor'],
  skew: ['node', 'offset', 'drift'],
  'lose-write': ['node', 'write'],
  'tear-write': ['node', 'write'],
  join: ['node'],
  leave: ['node'],
  cut: [...links, 'node', 'for'],
  heal: [...links, 'node', 'of'],
  lose: [...links, 'node', 'share'],
  delay: ['message', ...links, 'node', 'by'],
  duplicate: ['message', ...links, 'node', 'share'],
  drop: ['message'],
  'deliver-now': ['message'],
} as const satisfies Record<string, readonly string[]>;

export type ActionName = keyof typeof argumentsOf;

/** Names of all actions. */
const actionNames = Object.keys(argumentsOf) as readonly ActionName[];

/**
 * Checks an action before the run begins.
 * @param nodes by name
 * @throws ScenarioError for an unknown action, node or argument
 */
export function requireAction(nodes: ReadonlyMap<string, unknown>, action: string, given: Arguments): void {
  if (!isAction(action)) {
    throw new ScenarioError(`there is no action '${action}': use ${actionNames.join(', ')}`);
  }
  const takes: readonly string[] = argumentsOf[action];
  const stranger = Object.keys(given).find((name) => !takes.includes(name));
  if (stranger !== undefined) {
    throw new ScenarioError(`'${action}' has no argument '${stranger}': it takes ${takes.join(', ')}`);
  }
  for (const name of ['node', 'from', 'to'])
    if (given[name] !== undefined && !nodes.has(String(given[name]))) throw noNode(given[name], nodes);
  const needs: Record<string, string[]> = { slow: ['node', 'factor'], delay: ['by'] };
  const ofNode = ['crash', 'restart', 'pause', 'resume', 'skew', 'join', 'leave', 'lose-write', 'tear-write'].includes(
    action,
  );
  for (const name of needs[action] ?? (ofNode ? ['node'] : [])) {
    if (given[name] === undefined) throw new ScenarioError(`'${action}' needs the argument '${name}'`);
  }
  if (given.message !== undefined) {
    const [, sender, counter] = /^(.*)#(\d+)$/.exec(String(given.message)) ?? [];
    if (counter === undefined)
      throw new ScenarioError(`'${String(given.message)}' is no message: write 'sender#n' for its n-th, from 0`);
    if (!nodes.has(sender!)) throw noNode(sender, nodes);
  }
  if (action === 'heal' && given.of !== undefined && !linkTroubles.includes(String(given.of))) {
    throw new ScenarioError(`a link is healed of ${linkTroubles.join(', ')}, not of '${String(given.of)}'`);
  }
  const isLink = given.node !== undefined || (given.from !== undefined && given.to !== undefined);
  if ((action === 'cut' || action === 'lose') && !isLink) {
    throw new ScenarioError(`'${action}' needs the arguments 'from' and 'to', or a 'node' for all its links`);
  }
}

function isAction(name: string): name is ActionName {
  return Object.hasOwn(argumentsOf, name);
}

/** Whether an action is meant for links rather than for one message. */
export function isOfLinks(given: Arguments): boolean {
  return given.message === undefined && (given.node !== undefined || given.from !== undefined);
}

/** The index of the node that is named. @throws ScenarioError when there is none */
export function nodeIndex(simulation: Simulation, name: Json | undefined): number {
  const index = simulation.nodeIndex.get(String(name));
  if (index === undefined) throw noNode(name, simulation.nodeIndex);
  return index;
}

function noNode(name: Json | undefined, nodes: ReadonlyMap<string, unknown>): ScenarioError {
  return new ScenarioError(`there is no node '${String(name)}': use ${[...nodes.keys()].slice(0, 10).join(', ')}`);
}

/** The number that an argument holds. @param least the smallest that makes sense @throws ScenarioError when it is none */
export function amount(given: Arguments, name: string, least: number): number {
  const value = given[name];
  if (typeof value !== 'number' || !(value >= least)) {
    throw new ScenarioError(
      `'${name}' must be a number${least > -Infinity ? ` from ${least} on` : ''}, not ${String(value)}`,
    );
  }
  return value;
}
