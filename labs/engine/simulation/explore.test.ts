import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from './explore.ts';
import type { Context, NodeProgram, Timer } from './node.ts';
import type { NodeDefinition, WorldView } from './system.ts';

/*
 * Gray & Lamport, "Consensus on Transaction Commit", TODS 31(1), 2006: the abstract two-phase commit of
 * their appendix. A step that a process may take at any time is a timer that may fire at any time.
 */

type Vote = { readonly type: 'prepared' } | { readonly type: 'commit' } | { readonly type: 'abort' };

interface Manager {
  decided: string;
  prepared: string[];
  /** The steps it may take, while it has not decided. */
  timers: number[];
}

interface Resource {
  phase: string;
  timers: number[];
}

class TransactionManager implements NodeProgram<Manager, Vote> {
  readonly participants: readonly string[];

  constructor(participants: readonly string[]) {
    this.participants = participants;
  }

  initialState(): Manager {
    return { decided: '', prepared: [], timers: [] };
  }

  onStart(state: Manager, context: Context<Vote>) {
    state.timers = [context.setTimer('abort', 0)];
  }

  onMessage(state: Manager, _message: Vote, from: string, context: Context<Vote>) {
    if (state.decided !== '' || state.prepared.includes(from)) return;
    state.prepared = [...state.prepared, from].sort();
    if (state.prepared.length === this.participants.length) state.timers.push(context.setTimer('commit', 0));
  }

  onTimer(state: Manager, timer: Timer, context: Context<Vote>) {
    state.decided = timer.name;
    for (const other of state.timers) context.cancelTimer(other);
    state.timers = [];
    for (const participant of this.participants) {
      context.send(participant, { type: timer.name === 'commit' ? 'commit' : 'abort' });
    }
  }
}

class ResourceManager implements NodeProgram<Resource, Vote> {
  initialState(): Resource {
    return { phase: 'working', timers: [] };
  }

  onStart(state: Resource, context: Context<Vote>) {
    state.timers = [context.setTimer('prepare', 0), context.setTimer('choose to abort', 0)];
  }

  onTimer(state: Resource, timer: Timer, context: Context<Vote>) {
    this.#leave(state, context, timer.name === 'prepare' ? 'prepared' : 'aborted');
    if (timer.name === 'prepare') context.send('manager', { type: 'prepared' });
  }

  onMessage(state: Resource, message: Vote, _from: string, context: Context<Vote>) {
    this.#leave(state, context, message.type === 'commit' ? 'committed' : 'aborted');
  }

  #leave(state: Resource, context: Context<Vote>, phase: string) {
    state.phase = phase;
    for (const timer of state.timers) context.cancelTimer(timer);
    state.timers = [];
  }
}

function abstractCommit(participants: number): { nodes: NodeDefinition[]; names: string[] } {
  const names = Array.from({ length: participants }, (_, i) => `rm${i}`);
  return {
    names,
    nodes: [
      { name: 'manager', program: new TransactionManager(names) },
      ...names.map((name) => ({ name, program: new ResourceManager() })),
    ],
  };
}

for (const [participants, states] of [12, 56, 288, 1568].entries()) {
  test(`two-phase commit with ${participants + 1} participants has ${states} states, all of them consistent`, () => {
    const { nodes, names } = abstractCommit(participants + 1);
    const atomic = (view: WorldView) => {
      const phases = names.map((name) => view.state(name).phase as string);
      return phases.includes('committed') && phases.includes('aborted') ? { detail: phases.join() } : undefined;
    };
    const found = explore({ nodes, until: 1 }, { messages: 'stays', maxStates: 10_000, invariant: atomic });
    assert.deepEqual(found, { states });
  });
}

test('a search finds the shortest way to a violation', () => {
  const { nodes } = abstractCommit(2);
  const invariant = (view: WorldView) =>
    view.state('rm0').phase === 'committed' ? { detail: 'rm0 committed', node: 'rm0' } : undefined;
  const { violation } = explore({ nodes, until: 1 }, { messages: 'stays', maxStates: 10_000, invariant });
  assert.equal(violation?.violation.node, 'rm0');
  assert.equal(violation?.steps.length, 7); // start, two prepare, two votes arrive, the decision, its arrival
  assert.equal(violation?.steps.at(-1), 'rm0 receives commit from manager');
});

test('a search that grows beyond its limit says so', () => {
  const { nodes } = abstractCommit(3);
  assert.throws(() => explore({ nodes, until: 1 }, { messages: 'stays', maxStates: 100 }), /more than 100 states/);
});
