import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { algorithmsIn, nearMissesIn } from './algorithms.ts';

const labs = path.resolve(import.meta.dirname, '../../labs');

/** A lab, as far as its classes go. */
const labOf = (contract: string, ...exports: string[]): LabEntry =>
  ({
    contracts: [contract],
    algorithms: exports.map((name) => ({ id: name, title: name, export: name, contract })),
  }) as unknown as LabEntry;

const commit = labOf('CommitProtocol', 'TwoPhaseCommit', 'ThreePhaseCommit');

test('nothing is said of the files of the labs themselves, and no solution has a lens', () => {
  for (const [folder, lab] of [
    ['two-phase-commit', commit],
    ['shared-rate-limit', labOf('SharedLimit', 'StoreDecides')],
    ['consistent-hashing', labOf('KeyPlacement', 'HashRing')],
  ] as const) {
    const files = readdirSync(path.join(labs, folder), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter(
      (one) => /(?<!test)\.ts$/.test(one) && !/^(testing|templates|benchmark)/.test(one),
    )) {
      const file = name.split(path.sep).join('/');
      const text = readFileSync(path.join(labs, folder, name), 'utf8');
      assert.deepEqual(nearMissesIn(text, lab, file), [], `${folder}/${file}`);
      if (file.includes('solutions/')) assert.deepEqual(algorithmsIn(text, lab, file), [], `${folder}/${file}`);
    }
  }
});

test('a class that extends one of the algorithms is an algorithm, by the name that it is exported by', () => {
  const text = `import { TwoPhaseCommit as Base } from './two-phase.ts';\nclass Mine extends Base {}\nexport default Mine;\n`;
  const [found] = algorithmsIn(text, commit, 'mine.ts');
  assert.deepEqual([found?.id, found?.title, found?.export, found?.line], ['mine', 'Mine', 'default', 1]);
});

test('a class without a name goes by its file', () => {
  const [found] = algorithmsIn('export default class implements CommitProtocol {}', commit, 'drafts/mine.ts');
  assert.deepEqual([found?.title, found?.export], ['mine', 'default']);
});
