import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choice, integer, number, ParameterError, resolveParameters, text } from './parameter.ts';

const declared = {
  servers: integer({ default: 10, min: 1, max: 100, unit: 'servers' }),
  load: number({ default: 0.5, min: 0, max: 1 }),
  hash: choice({ default: 'md5', options: ['md5', 'fnv1a'] }),
  weights: text({
    default: '1,1',
    max: 20,
    validate: (given) => (/^\d+(,\d+)*$/.test(given) ? undefined : 'write whole numbers with commas between them'),
  }),
};

describe('resolveParameters', () => {
  it('gives the defaults where nothing is said', () => {
    assert.deepEqual(resolveParameters(declared), { servers: 10, load: 0.5, hash: 'md5', weights: '1,1' });
  });

  it('takes numbers as a person types them', () => {
    assert.deepEqual(resolveParameters(declared, { servers: ' 25 ', load: '0.25' }).servers, 25);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      'an unknown name, listing the known ones',
      { server: 3 },
      /no parameter 'server': use servers, load, hash, weights/,
    ],
    ['a fraction for a whole number', { servers: 1.5 }, /servers must be a whole number from 1 to 100, not '1.5'/],
    ['a value above the range', { servers: 101 }, /servers must be a whole number from 1 to 100/],
    ['a value below the range', { load: -0.1 }, /load must be a number from 0 to 1/],
    ['not a number', { load: Number.NaN }, /load must be a number/],
    ['an empty text for a number', { servers: '' }, /servers must be a whole number/],
    ['a word that is not an option', { hash: 'sha1' }, /hash must be one of md5, fnv1a, not 'sha1'/],
    ['a text its validator refuses', { weights: '1;2' }, /weights: write whole numbers/],
    ['a text that is too long', { weights: '1,'.repeat(30) }, /at most 20 characters/],
    ['a name from the prototype', { toString: 1 }, /no parameter 'toString'/],
  ];
  for (const [what, given, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => resolveParameters(declared, given),
        (error) => error instanceof ParameterError && message.test(error.message) && !error.message.includes('\n'),
      );
    });
  }
});
