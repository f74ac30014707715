import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handMadeTrace } from '../../labs/engine/scene/hand-made.ts';
import { arriveAt } from './arrival.ts';

const trace = handMadeTrace([
  { kind: 'mark', label: 'begin', time: 0 },
  { kind: 'join', node: 'a', time: 0 },
  { kind: 'join', node: 'b', time: 5 },
  { kind: 'intervention', label: 'crash', node: 'b', time: 7 },
  { kind: 'crash', node: 'b', time: 7 },
]);
const still = { arrived: true, complete: true, reducedMotion: true, cursor: 0 };
const moving = { arrived: true, complete: true, reducedMotion: false, cursor: 1 };

describe('the cursor of a run that is shown', () => {
  it('plays from the first thing that shows, at its end where motion is unwelcome', () => {
    assert.deepEqual(arriveAt('play', trace, { ...moving, arrived: false, complete: false }), { row: 1, play: true });
    assert.deepEqual(arriveAt('play', trace, still), 'end');
  });

  it('stands at an event as soon as that is there, at the last one where it never comes', () => {
    assert.deepEqual(arriveAt(2, trace, { ...still, arrived: false, complete: false }), { row: 2, play: false });
    assert.equal(arriveAt(9, trace, { ...still, arrived: false, complete: false }), undefined);
    assert.deepEqual(arriveAt(9, trace, still), 'end');
  });

  it('stands at a moment as soon as nothing can come before it any more', () => {
    assert.deepEqual(arriveAt({ place: 6 }, trace, { ...still, arrived: false, complete: false }), {
      row: 2,
      play: false,
    });
    assert.equal(arriveAt({ place: 7 }, trace, { ...still, arrived: false, complete: false }), undefined);
    assert.deepEqual(arriveAt({ place: 7 }, trace, still), { row: 3, play: false });
    assert.deepEqual(arriveAt({ place: 99 }, trace, still), { row: 4, play: false });
  });

  it('plays a branch from where it parts', () => {
    assert.equal(arriveAt('branch', trace, { ...moving, arrived: false, complete: false }), undefined);
    assert.deepEqual(arriveAt('branch', trace, moving), { row: 3, play: true });
    assert.deepEqual(arriveAt('branch', trace, { ...moving, cursor: 4 }), 'end');
  });

  it('waits while there is nothing', () => {
    assert.equal(arriveAt('end', handMadeTrace([]), still), undefined);
  });
});
