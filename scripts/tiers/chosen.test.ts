import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenTiers } from './chosen.ts';
import { labsInTree } from './one-lab.ts';

const labs = ['hashing', 'queues'];
const namesOf = (...args: string[]): string[] => chosenTiers(args, labs).map(({ name }) => name);

test('all tiers, or those that are named, in their own order', () => {
  assert.deepEqual(namesOf(), ['lint', 'unit', 'floor', 'host', 'browser']);
  assert.deepEqual(namesOf('unit', 'lint'), ['lint', 'unit']);
});

test('one lab is a tier of its own', () => {
  assert.deepEqual(namesOf('--lab', 'queues'), ['lab']);
  assert.match(chosenTiers(['--lab=queues'], labs)[0]!.title, /labs\/queues/);
});

test('what makes no sense is refused with what there is', () => {
  const refused: [args: string[], message: RegExp][] = [
    [['units'], /no tier 'units'\. The tiers are: lint, unit, floor, host, browser/],
    [['--lab', 'queue'], /no lab 'queue'\. The labs are: hashing, queues\./],
    [['--lab', 'engine'], /no lab 'engine'/],
    [['--lab', ''], /no lab ''/],
    [['--lab'], /'--lab <value>' argument missing/],
    [['--lab', 'queues', 'unit'], /leave out unit/],
    [['--labs', 'queues'], /Unknown option '--labs'/],
  ];
  for (const [args, message] of refused) assert.throws(() => chosenTiers(args, labs), message, args.join(' '));
});

test('the labs are the folders that declare one', async () => {
  const found = await labsInTree();
  assert.ok(found.includes('consistent-hashing'));
  assert.ok(!found.includes('engine') && !found.includes('all-labs'));
});
