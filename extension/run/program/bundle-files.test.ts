import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('esbuild ends without a word, also on a machine so busy that it was waiting for an answer', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-bundle-'));
  const file = path.join(folder, 'a.ts');
  await writeFile(file, 'export const a = 1;\n');
  const program = `
    import { LabBundler, stopBundler } from ${JSON.stringify(new URL('bundle-files.ts', import.meta.url).href)};
    for (let time = 0; time < 3; time++) {
      const bundler = new LabBundler({ dist: ${JSON.stringify(folder)}, readOpen: () => undefined });
      await bundler.bundle(${JSON.stringify(folder)}, { file: ${JSON.stringify(file)} }, false);
      // It asks every second whether we are still there.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
      await stopBundler();
    }
  `;
  try {
    const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    assert.equal(stderr, '');
  } finally {
    await rm(folder, { recursive: true });
  }
});
