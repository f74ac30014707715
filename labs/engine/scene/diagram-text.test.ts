import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagramsFor, requireSound, type Architecture, type StateMachine } from '../lab/diagram.ts';
import { clusterSceneAt } from './cluster-scene.ts';
import { architectureText, stateMachineText } from './diagram-text.ts';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';
import { safe } from './mermaid.ts';
import { nodesInStates } from './node-states.ts';

const site: StateMachine = {
  kind: 'states',
  id: 'site',
  title: 'Site',
  algorithms: ['two-phase'],
  nodes: '^site',
  initial: 'free',
  states: [
    { id: 'free', title: 'free', status: 'free' },
    { id: 'sure', title: 'said Yes; waits', status: 'uncertain' },
    { id: 'done', title: 'done', status: 'done' },
  ],
  transitions: [{ from: 'free', to: 'sure', label: 'prepare / Yes' }],
};

const health: StateMachine = {
  ...site,
  id: 'health',
  algorithms: [],
  initial: 'in',
  states: [
    { id: 'in', title: 'in', marks: ['{node} is back'] },
    { id: 'out', title: 'out', marks: ['{node} is taken for down'] },
  ],
  transitions: [],
};

function statesAt(machine: StateMachine, events: readonly HandMadeEvent[], cursor = events.length - 1) {
  const trace = handMadeTrace(events);
  return nodesInStates(machine, trace, clusterSceneAt(trace, cursor)).map(({ name, states }) => [name, ...states]);
}

describe('the states of nodes', () => {
  const events: HandMadeEvent[] = [
    { kind: 'join', node: 'site-1' },
    { kind: 'join', node: 'other' },
    { kind: 'state', node: 'site-1', label: 'uncertain 0.0, done 1.0' },
    { kind: 'crash', node: 'site-1' },
    { kind: 'restart', node: 'site-1' },
  ];

  it('are the words of what a node shows, several where it does several things', () => {
    assert.deepEqual(statesAt(site, events, 1), [['site-1', 'free']]);
    assert.deepEqual(statesAt(site, events, 2), [['site-1', 'sure', 'done']]);
  });

  it('are gone with its memory', () => {
    assert.deepEqual(statesAt(site, events, 3), [['site-1']]);
    assert.deepEqual(statesAt(site, events, 4), [['site-1', 'free']]);
  });

  it('or what the last mark says of it, which a crash does not change', () => {
    const watched: HandMadeEvent[] = [
      { kind: 'join', node: 'site-1' },
      { kind: 'join', node: 'site-2' },
      { kind: 'mark', node: 'balancer', label: 'site-2 is taken for down' },
      { kind: 'crash', node: 'site-2' },
      { kind: 'mark', node: 'balancer', label: 'site-2 is back' },
    ];
    assert.deepEqual(statesAt(health, watched, 3), [['site-1', 'in'], ['site-2', 'out']]); // prettier-ignore
    assert.deepEqual(statesAt(health, watched, 4), [['site-1', 'in'], ['site-2', 'in']]); // prettier-ignore
  });
});

describe('a lab’s diagram in Mermaid', () => {
  it('has a state machine with the states that are taken', () => {
    const nodes = [{ name: 'site-1', states: ['sure'], status: 'uncertain', condition: 'up' as const }];
    assert.equal(
      stateMachineText(site, nodes),
      [
        'stateDiagram-v2',
        '    state "free" as s0',
        '    state "said Yes  waits" as s1',
        '    state "done" as s2',
        '    [*] --> s0',
        '    s0 --> s1: prepare / Yes',
        '    classDef current stroke-width:3px,font-weight:bold',
        '    class s1 current',
      ].join('\n'),
    );
  });

  const architecture: Architecture = {
    kind: 'architecture',
    id: 'architecture',
    title: 'Architecture',
    parts: [
      { id: 'clients', title: 'clients', shape: 'user' },
      { id: 'servers', title: 'server', nodes: '^s' },
      { id: 'disk', title: 'disk', shape: 'store' },
    ],
    links: [
      { from: 'clients', to: 'servers', label: 'asks' },
      { from: 'servers', to: 'disk' },
    ],
  };

  it('has a box for each node, what is not there dashed, where it happened bold', () => {
    const nodes = [
      { name: 's1', condition: 'up' as const },
      { name: 's2', condition: 'down' as const },
    ];
    assert.equal(
      architectureText(architecture, nodes, 's1'),
      [
        'flowchart LR',
        '    p0(["clients"])',
        '    p1x0["server s1"]',
        '    p1x1["server s2, down"]',
        '    p2[("disk")]',
        '    p0 -- "asks" --> p1x0',
        '    p0 --> p1x1',
        '    p1x0 --> p2',
        '    p1x1 --> p2',
        '    classDef current stroke-width:3px,font-weight:bold',
        '    class p1x0 current',
        '    classDef down stroke-dasharray:4 3',
        '    class p1x1 down',
      ].join('\n'),
    );
  });

  it('counts nodes beyond the sixth', () => {
    const nodes = Array.from({ length: 100 }, (_, i) => ({ name: `s${i}`, condition: 'up' as const }));
    assert.match(architectureText(architecture, nodes, 's99'), /p1x5\["server, 95 more"\]/);
  });
});

describe('the declaration of a diagram', () => {
  it('belongs to the algorithms that it names, and one that none names may have all', () => {
    assert.deepEqual(diagramsFor([site, health], 'two-phase'), [site]);
    assert.deepEqual(diagramsFor([site, health], 'mine'), [site, health]);
  });

  it('is refused with the place', () => {
    const stray = { ...site, transitions: [{ from: 'free', to: 'nowhere', label: '' }] };
    assert.throws(() => requireSound('lab', stray), /lab: diagram 'site' names 'nowhere', which is not in it/);
    assert.throws(() => requireSound('lab', { ...site, nodes: '(' }), /no regular expression/);
  });
});

describe('a text in a diagram', () => {
  it('is never a formula, and closes no block', () => {
    assert.equal(safe('a $$x$$ b $1'), 'a $\u200b$x$\u200b$ b $1');
    assert.equal(safe('the end'), 'the End\u200b');
  });
});
