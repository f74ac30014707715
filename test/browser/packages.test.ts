/** The packages by themselves, away from the source tree: they are whole, and every bundled lab in them runs. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { readCatalogue } from '../../extension/run/program/bundled-lab.ts';
import { root } from '../../scripts/folders.ts';
import { stageOf } from '../../scripts/package/package-extension.ts';
import { filesWithPathsOf, problemsOf } from '../../scripts/package/package-files.ts';
import { testedTargets } from '../host/vsix.ts';

for (const target of testedTargets) {
  test(`${target}: the package is whole, and each of its labs runs where it was put`, async (context) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-put-here-'));
    context.after(() => rm(folder, { recursive: true }));
    await cp(stageOf(target), folder, { recursive: true });
    assert.deepEqual(await problemsOf(folder), []);
    assert.deepEqual(await filesWithPathsOf(root, folder), []);
    for (const { id, scenarios } of await readCatalogue(path.join(folder, 'dist'))) {
      const [scenario] = scenarios;
      const args = [path.join(folder, 'dist/cli.mjs'), 'run', id, '--scenario', scenario!.id, '--json'];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
      assert.match(stdout, /"hash"/, id);
      assert.ok(!stdout.includes(folder), `${id} says where it was put`);
    }
  });
}
