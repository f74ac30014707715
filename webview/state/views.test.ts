import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { batch, effect, signal } from '@preact/signals';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { EventKind, type EventKindName } from '../../labs/engine/trace/event.ts';
import type { KnownKinds } from './holding.ts';
import type { KnownRun } from './runs.ts';
import { Views } from './views.ts';

/** A lab of both kinds of world: in some of its scenarios nothing is sent, in others there is no ring. */
const lab = {
  id: 'mixed',
  views: ['sequence', 'ring', 'state', 'log'],
  diagrams: [],
  parameters: [],
} as unknown as LabEntry;

const run = signal<KnownRun | undefined>(undefined);
const shown = signal<LabEntry | undefined>(lab);
const held = signal<KnownKinds>({ kinds: new Set(), all: false });
let views: Views;

/** What is known of the events on the screen. */
function holds(kinds: readonly EventKindName[], all: boolean): void {
  held.value = { kinds: new Set(kinds.map((kind) => EventKind[kind])), all };
}

/** Puts a run on the screen, of which nothing has come yet. */
function begin(id: string, scenario: string): void {
  batch(() => {
    run.value = { id, share: 0, summary: { lab: 'mixed', algorithm: 'one', scenario } } as unknown as KnownRun;
    holds([], false);
  });
}

beforeEach(() => {
  run.value = undefined;
  shown.value = lab;
  holds([], false);
  views = new Views({ run: () => run.value, lab: () => shown.value, kinds: () => held.value });
});

const every = ['sequence', 'ring', 'state', 'log', 'diagram'];

describe('the views that are offered', () => {
  it('are all that the lab has before anything is run, and while nobody knows what a run comes to', () => {
    assert.deepEqual(views.offered.value, every);
    begin('1', 'on-a-ring');
    assert.deepEqual(views.offered.value, every);
    holds(['join', 'place'], false);
    assert.deepEqual(views.offered.value, every);
    assert.equal(views.nothing.value, '');
  });

  it('are those that a run can fill once all of it has been looked through', () => {
    begin('1', 'on-a-ring');
    holds(['join', 'place'], true);
    assert.deepEqual(views.offered.value, ['ring', 'state', 'log']);
    assert.equal(views.draws('ring'), true);
    assert.equal(views.draws('sequence'), false);
    begin('2', 'by-messages');
    holds(['join', 'send'], true);
    assert.deepEqual(views.offered.value, ['sequence', 'state', 'log', 'diagram']);
  });

  it('stay as they are while the scenario is run again, and grow with what it has more', () => {
    begin('1', 'on-a-ring');
    holds(['join', 'place'], true);
    begin('2', 'on-a-ring');
    assert.deepEqual(views.offered.value, ['ring', 'state', 'log']);
    holds(['join', 'send'], false);
    assert.deepEqual(views.offered.value, every);
    holds(['join', 'send'], true);
    assert.deepEqual(views.offered.value, ['sequence', 'state', 'log', 'diagram']);
    // Another scenario has not been seen yet.
    begin('3', 'another');
    assert.deepEqual(views.offered.value, every);
  });

  it('change when one comes or goes, and not with every frame of events', () => {
    let changes = -1;
    begin('1', 'on-a-ring');
    const forget = effect(() => {
      void views.offered.value;
      changes++;
    });
    for (let i = 0; i < 5; i++) holds(['join', 'place'], false);
    assert.equal(changes, 0);
    holds(['join', 'place'], true);
    assert.equal(changes, 1);
    forget();
  });
});

describe('the view that is looked at', () => {
  it('is the first that is offered; where that is not the lab’s first it is said why', () => {
    assert.equal(views.active.value, 'sequence');
    begin('1', 'on-a-ring');
    holds(['join', 'place'], true);
    assert.equal(views.active.value, 'ring');
    assert.equal(views.nothing.value, 'Sequence has nothing to draw: no message was sent in this run.');
  });

  it('keeps its tab where it was chosen, and says why it shows nothing', () => {
    views.look('sequence');
    begin('1', 'on-a-ring');
    holds(['join', 'place'], true);
    assert.equal(views.active.value, 'sequence');
    assert.deepEqual(views.offered.value, ['sequence', 'ring', 'state', 'log']);
    assert.equal(views.draws('sequence'), false);
    assert.match(views.nothing.value, /^Sequence has nothing to draw/);
    views.look('state');
    assert.deepEqual(views.offered.value, ['ring', 'state', 'log']);
    assert.equal(views.nothing.value, '');
  });

  it('is not one that the lab has not, nor one that was chosen of another lab', () => {
    views.look('timeline');
    assert.equal(views.active.value, 'sequence');
    assert.equal(views.chosen.value, undefined);
    views.look('state');
    shown.value = { ...lab, id: 'another' };
    assert.equal(views.active.value, 'sequence');
  });

  it('is the log of a run whose lab is gone', () => {
    begin('1', 'on-a-ring');
    shown.value = undefined;
    assert.deepEqual(views.offered.value, ['log']);
    assert.equal(views.active.value, 'log');
    assert.equal(views.draws('log'), true);
    assert.equal(views.nothing.value, '');
  });
});
