import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsPerSecond, Player, speedInWords, speeds } from './player.ts';

function playerOf(length: number): Player {
  const player = new Player();
  player.setLength(length);
  return player;
}

describe('Player', () => {
  it('never leaves the run', () => {
    const player = playerOf(5);
    player.seek(99);
    assert.equal(player.cursor.value, 4);
    player.step(-99);
    assert.equal(player.cursor.value, 0);
    player.setLength(0);
    assert.equal(player.cursor.value, 0);
  });

  it('loses no event to rounding, however the time is cut', () => {
    const player = playerOf(1000);
    player.speed.value = 'walk';
    player.play();
    for (let i = 0; i < 600; i++) player.tick(1000 / 60, false);
    assert.equal(player.cursor.value, 200);
  });

  it('stops at the end, and starts over when it is played again', () => {
    const player = playerOf(10);
    player.speed.value = 'instant';
    player.play();
    player.tick(16, false);
    assert.deepEqual([player.cursor.value, player.playing.value], [9, false]);
    player.play();
    assert.deepEqual([player.cursor.value, player.playing.value], [0, true]);
  });

  it('waits at the end of a run that still grows', () => {
    const player = playerOf(10);
    player.speed.value = 'instant';
    player.play();
    player.tick(16, true);
    assert.equal(player.playing.value, true);
    player.setLength(20);
    player.tick(16, false);
    assert.equal(player.cursor.value, 19);
  });

  it('stops playing when it is stepped', () => {
    const player = playerOf(10);
    player.play();
    player.step(1);
    assert.deepEqual([player.cursor.value, player.playing.value], [1, false]);
  });

  it('gets through any run in the time that its speed says', () => {
    assert.equal(eventsPerSecond('whole', 15_000), 1500);
    assert.equal(eventsPerSecond('fast', 15_000), 7500);
    for (const { id } of speeds) assert.ok(eventsPerSecond(id, 1) > 0, id);
  });

  it('can be slower than one event a second, and then moves between them', () => {
    const player = playerOf(10);
    player.speed.value = 'creep';
    player.play();
    player.tick(500, false);
    assert.deepEqual([player.cursor.value, player.phase.value], [0, 0.25]);
    player.tick(1600, false);
    assert.equal(player.cursor.value, 1);
    assert.ok(Math.abs(player.phase.value - 0.05) < 1e-9);
    player.pause();
    assert.ok(player.phase.value > 0, 'it stops where it is');
    player.step(1);
    assert.deepEqual([player.cursor.value, player.phase.value], [2, 0]);
  });

  it('has nothing between events where they come faster than one can see', () => {
    const player = playerOf(100);
    player.speed.value = 'walk';
    player.play();
    player.tick(70, false);
    assert.deepEqual([player.cursor.value, player.phase.value], [1, 0]);
  });

  it('says what a speed means', () => {
    assert.equal(speedInWords('crawl', 50), 'an event every 5 seconds');
    assert.equal(speedInWords('step', 50), 'an event a second');
    assert.equal(speedInWords('walk', 50), '20 events/s');
    assert.equal(speedInWords('whole', 15_234), '1,500 events/s');
    assert.equal(speedInWords('instant', 50), 'everything at once');
  });

  it('plays to an event and stops there, within three seconds however far that is', () => {
    const player = playerOf(10_000);
    player.playTo(9000);
    for (let frame = 0; frame < 190; frame++) player.tick(16, false);
    assert.equal(player.cursor.value, 9000);
    assert.equal(player.playing.value, false);
    player.play();
    player.tick(16, false);
    assert.ok(player.cursor.value > 9000, 'what comes after is played as ever');
  });
});
