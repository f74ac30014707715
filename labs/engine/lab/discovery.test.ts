import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findImplementations, findNearMisses } from './discovery.ts';

const names = (text: string): string[] => findImplementations(text, ['Placement']).map(({ name }) => name);
/** Name, name for importers, line. */
const found = (text: string): unknown[] =>
  findImplementations(text, ['Placement'], new Map([['Ring', 'Placement']])).map(({ name, exported, line }) => [
    name,
    exported,
    line,
  ]);
const missed = (text: string): string[] =>
  findNearMisses(text, ['Placement'], new Map([['Ring', 'Placement']])).map(({ name, why }) => `${name}: ${why}`);

describe('findNearMisses', () => {
  it('says why a class is not found', () => {
    assert.deepEqual(missed('class Mine implements Placement {}'), [
      'Mine: To be run it must be exported: export class Mine',
    ]);
    assert.deepEqual(missed('export abstract class Mine implements Placement {}'), [
      'Mine: Abstract: a class that extends it can be run',
    ]);
    assert.deepEqual(missed("import { Own } from './own.ts';\nexport class Mine extends Own {}"), [
      "Mine: To be run it must say 'implements Placement': what Own implements is not known here",
    ]);
  });

  it('says nothing of what is found, nor of what is no algorithm', () => {
    assert.deepEqual(missed('export class Mine implements Placement {}'), []);
    assert.deepEqual(missed('class Base implements Placement {} export class Mine extends Base {}'), []);
    assert.deepEqual(missed('class Node implements Other {} export class Tree extends Array {}'), []);
    const helped = "import { Own } from './own.ts'; export class Help extends Own {} export class Mine extends Ring {}";
    assert.deepEqual(missed(helped), []);
  });
});

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
    assert.deepEqual(findImplementations(text, ['Placement']), [
      { name: 'Ring', exported: 'Ring', line: 1, contract: 'Placement' },
      { name: 'Jump', exported: 'default', line: 3, contract: 'Placement' },
    ]);
  });

  it('finds a class however it is exported', () => {
    assert.deepEqual(found('export default class implements Placement {}'), [['default', 'default', 0]]);
    assert.deepEqual(found('class Mine implements Placement {}\nexport { Mine };'), [['Mine', 'Mine', 0]]);
    assert.deepEqual(found('export { Mine as Other };\nclass Mine implements Placement {}'), [['Mine', 'Other', 1]]);
    assert.deepEqual(found('class Mine implements Placement {}\nexport default Mine;'), [['Mine', 'default', 0]]);
    assert.deepEqual(found('class Mine implements Placement {}\nexport { type X, Mine as default }'), [
      ['Mine', 'default', 0],
    ]);
    assert.deepEqual(found('export const Mine = class implements Placement {};'), [['Mine', 'Mine', 0]]);
    assert.deepEqual(found('export const Mine: new () => Placement =\n  class Inner implements Placement {};'), [
      ['Inner', 'Mine', 0],
    ]);
    assert.deepEqual(found('const Mine = class implements Placement {};\nexport { Mine }'), [['Mine', 'Mine', 0]]);
  });

  it('finds a class whose base implements the contract', () => {
    assert.deepEqual(found("import { Ring } from './ring.ts';\nexport class Mine extends Ring {}"), [
      ['Mine', 'Mine', 1],
    ]);
    assert.deepEqual(found("import { Ring as Base } from './ring.ts';\nexport class Mine extends Base<X> {}"), [
      ['Mine', 'Mine', 1],
    ]);
    assert.deepEqual(found("import * as labs from './ring.ts'; export class Mine extends labs.Ring {}"), [
      ['Mine', 'Mine', 0],
    ]);
    assert.deepEqual(
      found('abstract class A implements Placement {}\nclass B extends A {}\nexport class C extends B {}'),
      [['C', 'C', 2]],
    );
    assert.deepEqual(found("import type { Placement as P } from './p.ts'; export class Mine implements P {}"), [
      ['Mine', 'Mine', 0],
    ]);
  });

  it('takes no class for another', () => {
    assert.deepEqual(found('class Ring {} export class Mine extends Ring {}'), []); // one of its own by that name
    assert.deepEqual(found("import { Jump as Ring } from './jump.ts'; export class Mine extends Ring {}"), []);
    assert.deepEqual(found('export class Mine extends mixed(Ring) {}'), []);
    assert.deepEqual(found('export class Mine extends Mine {} export class A extends B {} class B extends A {}'), []);
    assert.deepEqual(found("class Mine implements Placement {} export { Mine } from './mine.ts'"), []);
    assert.deepEqual(found('class Mine implements Placement {} export default Mine.of(3)'), []);
    assert.deepEqual(found('export abstract class Mine implements Placement {}'), []);
    assert.deepEqual(found('export class Mine<T extends () => void> implements Placement {}'), [['Mine', 'Mine', 0]]);
    assert.deepEqual(found('export class Mine\nexport class Other implements Placement {}'), [['Other', 'Other', 1]]);
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
    assert.equal(findImplementations(text, ['Placement'])[0]?.line, 5);
  });
});
