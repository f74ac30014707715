/** Messages of a panel with something done to them, by luck from a seed. */
import assert from 'node:assert/strict';
import { randomSource, type Random } from '../../random/random.ts';
import type { FuzzExtent } from '../../testing/fuzz-extent.ts';
import { panelMessage, readFromPanel, type PanelMessage, type RunChoice } from '../panel.ts';

const run = '6f1b2c3d-0000-4000-8000-000000000001';

export const goodChoice: RunChoice = {
  lab: 'load-balancing',
  algorithm: 'random',
  scenario: 'luck-or-choice',
  seed: 7,
  parameters: { servers: 5, failures: 'A down 1s..2s' },
  interventions: [{ anchor: 'A#3', action: 'crash', arguments: { node: 'A', for: 90 } }],
  parent: run,
};

/** One of each kind in which there is something to get wrong. */
export const goodMessages: readonly PanelMessage[] = [
  { type: 'ready', version: 1 },
  { type: 'state', state: { version: 1, lab: 'counting', seed: 7, parameters: { count: 10 }, run, cursor: 3 } },
  { type: 'run', choice: goodChoice },
  { type: 'stop', run },
  { type: 'window', request: 1, run, from: 0, to: 100 },
  { type: 'overview', request: 2, run, pixels: 800 },
  { type: 'openSource', run, lab: 'counting', file: 'plain.ts', line: 3 },
  { type: 'tourAnswer', answer: { lab: 'counting', scenario: 'few', step: 'how-many', right: true } },
  {
    type: 'sweep',
    sweep: {
      choice: goodChoice,
      parameter: 'servers',
      values: [1, 2, 3],
      algorithms: ['random'],
      seeds: 5,
      curveAt: [1, 1.5, 2],
    },
  },
  { type: 'lab', lab: 'counting' },
  { type: 'tour', lab: 'counting', scenario: 'few' },
  { type: 'saveText', name: 'picture.svg', text: '<svg/>' },
];

/**
 * Reads damaged messages.
 * @returns how many
 * @throws AssertionError where one is neither refused in words nor read as what it is; its message names the seed
 */
export function fuzzMessages(seed: number, { most = Infinity, until = Infinity }: FuzzExtent): number {
  const random = randomSource(seed).stream('panel messages');
  let done = 0;
  for (; done < most && performance.now() < until; done++) {
    const where = `message ${done} of seed ${seed}`;
    let message: unknown = structuredClone(goodMessages[random.integer(goodMessages.length)]!);
    for (let left = 1 + random.integer(3); left > 0; left--) message = changed(random, message);
    const read = readFromPanel(panelMessage, message);
    if ('fault' in read) {
      assert.ok(read.fault.length < 500, where);
    } else {
      assert.deepEqual(readFromPanel(panelMessage, read.said), read, where);
      assert.deepEqual(JSON.parse(JSON.stringify(read.said)), read.said, where);
    }
  }
  return done;
}

/** The same with one thing in it replaced, left out or added, at any depth. */
function changed(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.integer(6) === 0) return oddValue(random);
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  const names = Object.keys(copy);
  const name = names[random.integer(names.length + 1)] ?? oddName(random);
  if (random.integer(8) === 0) delete copy[name];
  else copy[name] = name in copy ? changed(random, copy[name]) : oddValue(random);
  return copy;
}

function oddName(random: Random): string {
  return ['constructor', 'toString', '', 'x'.repeat(300), '0', 'type', 'arguments'][random.integer(7)]!;
}

function oddValue(random: Random): unknown {
  const size = 10 ** random.integer(5);
  switch (random.integer(12)) {
    case 0:
      return nested(size);
    case 1:
      return Array.from({ length: size }, () => 0);
    case 2:
      return Object.fromEntries(Array.from({ length: size }, (_, n) => [`p${n}`, n]));
    case 3:
      return 'x'.repeat(size * 100);
    case 4:
      return NaN;
    case 5:
      return -1;
    case 6:
      return 2 ** 60;
    case 7:
      return null;
    case 8:
      return undefined;
    case 9:
      return '\ud800';
    case 10:
      return goodMessages[random.integer(goodMessages.length)];
    default:
      return random.integer(2) === 0;
  }
}

/** Lists, or objects, in one another. */
export function nested(depth: number, innermost: unknown = 0): unknown {
  let value = innermost;
  for (let left = depth; left > 0; left--) value = left % 2 === 0 ? [value] : { in: value };
  return value;
}
