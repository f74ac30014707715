import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Rounds } from './rounds.ts';

let now: number;
beforeEach(() => {
  now = 0;
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(performance, 'now', () => now);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Lets time pass. */
function pass(milliseconds: number): void {
  now += milliseconds;
  mock.timers.tick(milliseconds);
}

test('many news make one round, when none has come for a moment', async () => {
  let done = 0;
  const rounds = new Rounds(async () => void done++, assert.fail);
  for (let i = 0; i < 40; i++) rounds.soon();
  assert.equal(done, 0);
  pass(100);
  await rounds.now();
  assert.equal(done, 2);
});

test('news that do not end make a round every half second', async () => {
  let done = 0;
  const rounds = new Rounds(async () => void done++, assert.fail);
  for (let i = 0; i < 100; i++) {
    rounds.soon();
    pass(20);
    await Promise.resolve();
  }
  assert.ok(done >= 3 && done <= 5, String(done));
});

test('rounds follow one another, also after one that failed', async () => {
  const said: string[] = [];
  let first = true;
  const rounds = new Rounds(
    async () => {
      said.push('begins');
      await Promise.resolve();
      if (first) {
        first = false;
        throw new Error('fails');
      }
      said.push('ends');
    },
    ({ message }) => said.push(message),
  );
  await Promise.all([rounds.now(), rounds.now()]);
  assert.deepEqual(said, ['begins', 'fails', 'begins', 'ends']);
});
