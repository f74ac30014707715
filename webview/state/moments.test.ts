import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { RunMoment } from '../../labs/engine/protocol/moment.ts';
import type { PanelMessage } from '../../labs/engine/protocol/panel.ts';
import { Moments } from './moments.ts';

const run = '00000000-0000-4000-8000-000000000001';
const moment = (event: number): RunMoment => ({ event, handler: 'onMessage', did: [], nodes: [], omitted: 0 });

describe('moments', () => {
  let posted: PanelMessage[];
  let moments: Moments;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    posted = [];
    moments = new Moments((message) => posted.push(message));
  });
  afterEach(() => mock.timers.reset());

  const types = (): string[] =>
    posted.map((message) => (message.type === 'moment' ? `moment ${message.event}` : message.type));
  const answer = (event: number): void => moments.receive({ type: 'moment', request: 0, run, moment: moment(event) });

  it('are asked for once the cursor has come to rest, and kept', () => {
    for (let event = 0; event < 5; event++) {
      moments.look(run, event);
      mock.timers.tick(50);
    }
    assert.deepEqual(types(), []);
    mock.timers.tick(150);
    assert.deepEqual(types(), ['moment 4']);
    answer(4);
    assert.equal(moments.shown.value!.state, 'known');
    moments.look(run, 5);
    moments.look(run, 4);
    mock.timers.tick(1000);
    assert.deepEqual(types(), ['moment 4']);
    assert.equal(moments.shown.value!.state, 'known');
  });

  it('that nobody waits for any more are called off; an answer that comes all the same is kept and not shown', () => {
    moments.look(run, 1);
    mock.timers.tick(200);
    moments.look(run, 2);
    assert.deepEqual(types(), ['moment 1', 'cancelMoment']);
    answer(1);
    assert.deepEqual(moments.shown.value, { run, event: 2, state: 'asked' });
    moments.look(run, 1);
    assert.equal(moments.shown.value!.state, 'known');
  });

  it('that are refused say why, and only where they were asked for', () => {
    moments.look(run, 1);
    mock.timers.tick(200);
    const [asked] = posted as Extract<PanelMessage, { type: 'moment' }>[];
    assert.equal(moments.refused(3, 'a window'), false);
    assert.equal(moments.refused(asked!.request, 'not kept'), true);
    assert.deepEqual(moments.shown.value, { run, event: 1, state: 'refused', why: 'not kept' });
    moments.look(run, 1); // trust may have been given meanwhile
    mock.timers.tick(200);
    assert.deepEqual(types(), ['moment 1', 'moment 1']);
    assert.equal(moments.refused(asked!.request, 'late'), true);
    assert.equal(moments.shown.value!.state, 'asked');
  });

  it('are asked for again where the host has begun anew, and are few', () => {
    moments.look(run, 1);
    mock.timers.tick(200);
    moments.reset();
    mock.timers.tick(200);
    assert.deepEqual(types(), ['moment 1', 'cancelMoment', 'moment 1']);
    for (let event = 0; event < 100; event++) answer(event);
    posted.length = 0;
    moments.look(run, 0);
    mock.timers.tick(200);
    moments.leave();
    assert.deepEqual(types(), ['moment 0', 'cancelMoment']);
  });
});
