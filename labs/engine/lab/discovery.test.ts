import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findImplementations } from './discovery.ts';

const names = (text: string): string[] => findImplementations(text, 'Placement').map(({ name }) => name);

describe('findImplementations', () => {
  it('finds exported classes that implement the contract, with their lines', () => {
    const text = [
      '/** A ring. */',
      'export class Ring implements Placement {}',
      '',
      'export default class Jump<T extends { a: 1 }> extends Base<T>',
      '  implements Other, Placement {',
      '}',
    ].join('\n');
    assert.deepEqual(findImplementations(text, 'Placement'), [
      { name: 'Ring', line: 1 },
      { name: 'Jump', line: 3 },
    ]);
  });

  it('leaves alone what is not exported, does not implement it, or stands in comments and strings', () => {
    assert.deepEqual(names('class Ring implements Placement {}'), []);
    assert.deepEqual(names('export class Ring extends Placement {}'), []);
    assert.deepEqual(names('export class Ring implements PlacementPolicy {}'), []);
    assert.deepEqual(names('// export class Ring implements Placement {}'), []);
    assert.deepEqual(names('const s = `export class Ring implements Placement {}`;'), []);
    assert.deepEqual(names('export class Ring {} export class Other { x = "implements Placement" }'), []);
  });

  it('works on a file that does not compile', () => {
    assert.deepEqual(names('const = ; export class Ring implements Placement { add( '), ['Ring']);
    assert.deepEqual(names('export class Ring implements Placement'), ['Ring']);
    assert.deepEqual(names('export class'), []);
  });

  it('counts the lines of comments and templates', () => {
    const text = '/*\n\n*/ const s = `\n\n`;\nexport class Ring implements Placement {}';
    assert.equal(findImplementations(text, 'Placement')[0]?.line, 5);
  });
});
