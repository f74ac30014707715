import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOfTour } from '../../labs/engine/lab/catalogue.ts';
import type { Tour } from '../../labs/engine/lab/tour.ts';
import { answered, answerOf, beginTour, move, numberIn, type TourMove, type TourProgress } from './tour-progress.ts';

const look = { view: 'log', text: 'look' } as const;
const tour: Tour = {
  steps: [
    {
      id: 'choose',
      look,
      question: {
        kind: 'choice',
        ask: 'Which?',
        choices: [{ text: 'this' }, { text: 'that', misconception: { id: 'that-way', belief: 'b', answer: 'a' } }],
      },
      why: 'so',
    },
    { id: 'guess', look, question: { kind: 'number', ask: 'How many?', metric: 'm', within: 0.1 }, why: 'so' },
    { id: 'watch', look, why: 'so' },
  ],
};

function after(...moves: TourMove[]): TourProgress {
  return moves.reduce(move, beginTour(tour));
}

test('a wrong choice is remembered by its misconception, a right one as right', () => {
  const wrong = after({ type: 'arrived' }, { type: 'choose', choice: 1 });
  assert.equal(wrong.phase, 'explained');
  assert.deepEqual(answerOf(wrong, 'lab', 'scenario'), {
    lab: 'lab',
    scenario: 'scenario',
    step: 'choose',
    right: false,
    misconception: 'that-way',
  });
  const right = answerOf(after({ type: 'arrived' }, { type: 'choose', choice: 0 }), 'lab', 'scenario');
  assert.deepEqual(right, { lab: 'lab', scenario: 'scenario', step: 'choose', right: true });
});

test('nothing can be answered on the way to a step, nor twice', () => {
  assert.equal(after({ type: 'choose', choice: 0 }).phase, 'heading');
  const once = after({ type: 'arrived' }, { type: 'choose', choice: 1 });
  assert.equal(move(once, { type: 'choose', choice: 0 }), once);
  assert.equal(after({ type: 'arrived' }, { type: 'choose', choice: 9 }).phase, 'asking');
});

test('a number is judged by the figure of the run', () => {
  const near = after({ type: 'go', step: 1 }, { type: 'arrived' }, { type: 'guess', value: 95, measured: 100 });
  assert.deepEqual(near.said, { guess: 95, measured: 100, right: true });
  const far = after({ type: 'go', step: 1 }, { type: 'arrived' }, { type: 'guess', value: 50, measured: 100 });
  assert.equal(far.said?.right, false);
});

test('a step without a question is explained at once; beyond the last step there is none', () => {
  const last = after({ type: 'go', step: 2 }, { type: 'arrived' });
  assert.equal(last.phase, 'explained');
  assert.equal(move(last, { type: 'go', step: 3 }), last);
  assert.equal(answerOf(last, 'lab', 'scenario'), undefined);
});

test('a contrast run belongs to an answer, and is forgotten with it', () => {
  assert.equal(after({ type: 'contrast', state: 'running' }).contrast, undefined);
  const there = after({ type: 'arrived' }, { type: 'choose', choice: 1 }, { type: 'contrast', state: 'there' });
  assert.equal(there.contrast, 'there');
  assert.equal(move(there, { type: 'go', step: 1 }).contrast, undefined);
});

test('only questions of this tour count as answered', () => {
  const answers = [
    { lab: 'lab', scenario: 'scenario', step: 'guess', right: false },
    { lab: 'lab', scenario: 'other', step: 'choose', right: true },
    { lab: 'lab', scenario: 'scenario', step: 'gone', right: true },
  ];
  assert.deepEqual(answered(headOfTour(tour), 'lab', 'scenario', answers), { questions: 2, answers: 1 });
});

test('a number is read as people write it', () => {
  assert.deepEqual(['1,200', ' 0.5 ', '-3', '', 'ten', '1e3'].map(numberIn), [
    1200,
    0.5,
    -3,
    undefined,
    undefined,
    undefined,
  ]);
});
