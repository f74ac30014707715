/** A few of the programs and run files that `npm run long -- hostile` goes through whole. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeDown } from './testing/fixture.ts';
import { hostileFiles, tryFile } from './testing/hostile-files.ts';
import { hostilePrograms } from './testing/hostile-programs.ts';
import { Trial } from './testing/hostile-run.ts';

const programs = hostilePrograms();
const files = hostileFiles();
let trial: Trial;
before(async () => {
  trial = await Trial.begin();
});
after(takeDown);

test('there are three hundred programs and sixty files', () => {
  assert.ok(programs.length >= 300, `${programs.length} programs`);
  assert.ok(files.length >= 60, `${files.length} files`);
});

for (let n = 7; n < programs.length; n += 41) {
  test(`a promise is kept: ${programs[n]!.name}`, () => trial.run(programs[n]!, n));
}

for (let n = 2; n < files.length; n += 5) {
  test(`a run file is refused in words: ${files[n]!.name}`, () => tryFile(files[n]!));
}

test('after all of them a run is well, and no process is left', () => trial.end());
