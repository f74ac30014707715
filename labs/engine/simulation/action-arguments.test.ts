import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { requireAction } from './action-arguments.ts';

const nodes = new Map([['a', true]]);
const refusal = (action: string, name: string): string => {
  try {
    requireAction(nodes, action, { [name]: 'a' });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('every action takes the arguments that its line of the table names, and no other', () => {
  const text = readFileSync(new URL('actions.ts', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^ \* \| ([a-z-]+(?:, [a-z-]+)?) +\| ([^|]+) \|/gm)].slice(1);
  assert.equal(rows.length, 16);
  const all = [
    'node',
    'for',
    'factor',
    'offset',
    'drift',
    'write',
    'from',
    'to',
    'oneWay',
    'of',
    'share',
    'message',
    'by',
  ];
  for (const [, actions, given] of rows) {
    for (const action of actions!.split(', ')) {
      const taken = all.filter((name) => !refusal(action, name).includes(`has no argument '${name}'`));
      // Where a link has two ends one may mean one way alone.
      const named = all.filter((name) => new RegExp(`\\b${name === 'oneWay' ? 'from' : name}\\b`).test(given!));
      assert.deepEqual(taken, named, action);
    }
  }
});
