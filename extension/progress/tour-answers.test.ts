import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersIn, toursTaken, withAnswer, type KeptAnswers } from './tour-answers.ts';

const scenarios = [{ id: 'with', tour: { steps: 2, questions: ['one'] } }, { id: 'without' }];
const wrong = { lab: 'lab', scenario: 'with', step: 'one', right: false, misconception: 'belief' };

test('answers come back as they were given, the last one at each step', () => {
  const kept = withAnswer({}, wrong);
  assert.deepEqual(answersIn(kept), [wrong]);
  const right = { lab: 'lab', scenario: 'with', step: 'one', right: true };
  assert.deepEqual(answersIn(withAnswer(kept, right)), [right]);
  const number = { lab: 'lab', scenario: 'with', step: 'one', right: false };
  assert.deepEqual(answersIn(withAnswer(kept, number)), [number]);
});

test('what is not understood is left out', () => {
  assert.deepEqual(answersIn({ 'lab/scenario': true, '': false } as KeptAnswers), []);
});

test('a tour is taken when each of its questions has an answer, right or wrong', () => {
  assert.equal(toursTaken({}, { id: 'lab' }, scenarios), 0);
  assert.equal(toursTaken(withAnswer({}, wrong), { id: 'lab' }, scenarios), 1);
  assert.equal(toursTaken(withAnswer({}, wrong), { id: 'other' }, scenarios), 0);
  assert.equal(toursTaken(withAnswer({}, wrong), { id: 'other', formerly: ['lab'] }, scenarios), 1);
});
