import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headOf } from '../../labs/engine/lab/catalogue.ts';
import type { OpenMessage } from '../../labs/engine/protocol/panel.ts';
import { handMadeTrace } from '../../labs/engine/scene/hand-made.ts';
import { overviewOf } from '../../labs/engine/scene/overview.ts';
import { events, ids, lab, opening, report, start, summaryOf } from './testing/panel-without-page.ts';

describe('the view', () => {
  const other = { ...lab, id: 'other', views: ['sequence', 'log'] } as const;
  const both: OpenMessage = { ...opening, catalogue: [lab, other].map(headOf), labs: [lab, other] };

  it('stays from run to run of a lab, and is the first of another lab, whatever both have', () => {
    const { playground, tell } = start();
    tell(both);
    playground.views.look('log');
    tell({ type: 'runStarted', run: summaryOf(ids[0]) });
    assert.equal(playground.views.active.value, 'log');
    tell({ type: 'runStarted', run: summaryOf(ids[1], { lab: 'other', state: 'running' }) });
    assert.equal(playground.views.active.value, 'sequence');
  });

  it('is the first of another lab that is chosen before anything has run', () => {
    const { playground, tell } = start();
    tell(both);
    playground.views.look('log');
    tell({ type: 'choose', lab: 'other', algorithm: 'ring' });
    tell({ type: 'runStarted', run: summaryOf(ids[0], { lab: 'other', state: 'running' }) });
    assert.equal(playground.views.active.value, 'sequence');
  });

  it('is offered until all events of a run have come, and then where there is something for it among them', () => {
    const { playground, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    assert.deepEqual(playground.views.offered.value, ['ring', 'log']);
    answer(ids[0], events);
    assert.deepEqual(playground.views.offered.value, ['log'], 'nothing was put on a ring');
    assert.equal(playground.views.active.value, 'log');
    assert.match(playground.views.nothing.value, /^Ring has nothing to draw/);
  });

  it('is offered of a run that is too long to be held where there is something for it anywhere in it', () => {
    const { playground, sent, tell } = start();
    const long = summaryOf(ids[0], { events: 2_000_000 });
    tell({ ...opening, runs: [long], state: { version: 1, run: long.id } });
    assert.deepEqual(playground.views.offered.value, ['ring', 'log']);
    const asked = sent.find((message) => message.type === 'overview');
    assert.ok(asked?.type === 'overview');
    const overview = overviewOf(handMadeTrace(events), false, 10);
    tell({ type: 'overview', request: asked.request, run: long.id, overview });
    assert.deepEqual(playground.views.offered.value, ['log']);
  });
});

describe('a run', () => {
  it('is fetched, acknowledged and played from the first thing that shows', () => {
    const { playground, sent, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.ok(sent.some((message) => message.type === 'acknowledge' && message.frame === 5));
    assert.equal(playground.trace.value.length, 5);
    assert.equal(playground.player.playing.value, true);
    assert.equal(playground.player.cursor.value, 1, 'a mark comes first, and shows nothing');
    assert.ok(playground.complete);
  });

  it('stands at its end at once where motion is unwelcome', () => {
    const { playground, tell, answer } = start();
    playground.reducedMotion.value = true;
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.equal(playground.player.playing.value, false);
    assert.equal(playground.player.cursor.value, 4);
  });

  it('is restored from what was kept without running anything', () => {
    const { playground, sent, tell, answer } = start();
    tell({ ...opening, runs: [summaryOf(ids[0], { events: 5 })], state: { version: 1, run: ids[0], cursor: 2 } });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.equal(playground.player.cursor.value, 2);
    assert.ok(sent.some((message) => message.type === 'show'));
    assert.ok(!sent.some(({ type }) => type === 'run'));
  });

  it('jumps from mark to mark', () => {
    const { playground, tell, answer } = start();
    playground.reducedMotion.value = true;
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    playground.command('previousMark');
    assert.equal(playground.player.cursor.value, 3);
    playground.command('previousMark');
    playground.command('previousMark');
    assert.equal(playground.player.cursor.value, 0);
    playground.command('nextMark');
    assert.equal(playground.player.cursor.value, 3);
    playground.command('step');
    playground.command('stepBack');
    assert.equal(playground.player.cursor.value, 3);
  });

  it('branches at the cursor when the learner interferes', () => {
    const { playground, sent, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    playground.player.seek(2);
    playground.interfere({ action: lab.actions[0]!, target: { node: 'a' } });
    const run = sent.findLast((message) => message.type === 'run');
    assert.ok(run?.type === 'run');
    assert.equal(run.choice.parent, ids[0]);
    assert.deepEqual(run.choice.interventions, [{ anchor: '#2', action: 'removeServer', arguments: { server: 'a' } }]);
    // The branch stays where its parent stood until the intervention is there.
    tell({ type: 'runStarted', run: summaryOf(ids[1], { state: 'running', parent: ids[0] }) });
    tell({ type: 'runFinished', run: summaryOf(ids[1], { events: 5, parent: ids[0] }), report });
    answer(ids[1], [...events.slice(0, 3), { kind: 'intervention', label: 'removeServer', node: 'a' }, events[4]!]);
    assert.equal(playground.player.cursor.value, 3);
  });

  it('runs the other half of a contrast pair on the same seed and sets it beside', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { scenario: 'two', algorithm: 'modulo', seed: 9 }) });
    playground.runBeside();
    const run = sent.findLast((message) => message.type === 'run');
    assert.ok(run?.type === 'run');
    assert.deepEqual([run.choice.algorithm, run.choice.seed], ['ring', 9]);
    assert.equal(playground.compared.value, ids[0]);
  });

  it('that failed says so and keeps what happened until then', () => {
    const { playground, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    const failure = { reason: 'threw' as const, message: 'boom' };
    tell({ type: 'runFailed', run: summaryOf(ids[0], { state: 'failed' }), failure });
    assert.equal(playground.run.value?.failure?.message, 'boom');
    assert.equal(playground.notice.value, 'boom');
  });

  it('that the host no longer has is let go of', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    const window = sent.findLast((message) => message.type === 'window');
    assert.ok(window?.type === 'window');
    tell({ type: 'refused', request: window.request, message: 'gone' });
    assert.ok(playground.complete);
    assert.equal(playground.notice.value, 'gone');
  });
});

describe('what is said of the panel itself', () => {
  it('says what keeps it from being filled, until it is', () => {
    const { playground, sent, tell } = start();
    tell({ type: 'unready', message: 'the disk is full' });
    assert.equal(playground.opened.value, false);
    assert.equal(playground.trouble.value, 'the disk is full');
    playground.errands.tryAgain();
    assert.deepEqual(sent.at(-1), { type: 'ready', version: 1 });
    tell(opening);
    assert.equal(playground.trouble.value, '');
  });

  it('says when the host belongs to another version', () => {
    const { playground, tell } = start();
    tell({ ...opening, version: 2 });
    assert.equal(playground.opened.value, false);
    assert.match(playground.trouble.value, /another version.*[Rr]eload/);
  });

  it('notices that its host has gone, and that it is back', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    for (let i = 0; i < 4; i++) playground.pulse.beat();
    assert.equal(sent.filter(({ type }) => type === 'there').length, 4);
    assert.equal(playground.pulse.gone.value, true);
    tell({ type: 'here' });
    assert.equal(playground.pulse.gone.value, false);
  });

  it('knows whose text it runs of the lab in its form, and keeps it', async () => {
    const { playground, sent, tell } = start();
    const copy = { root: '/home/ada/copy', label: 'copy' };
    tell({ ...opening, texts: [{ lab: 'demo', copy, gone: true }] });
    assert.deepEqual(playground.text.value, { lab: 'demo', copy, gone: true });
    playground.errands.chooseText('bundled');
    assert.deepEqual(sent.at(-1), { type: 'chooseText', lab: 'demo', text: 'bundled' });
    while (!sent.some(({ type }) => type === 'state')) await new Promise((resolve) => setImmediate(resolve));
    const kept = sent.find((message) => message.type === 'state');
    assert.deepEqual(kept?.state.copy, copy);
  });
});
