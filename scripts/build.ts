/** Builds dist/. `npm run build` always does; other scripts have it done when dist/ is older than its sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesMatching } from './files.ts';
import { root } from './folders.ts';
import { isAlive } from './lifetime.ts';

const sources = [
  'extension/**',
  'labs/**',
  'webview/**',
  'media/**',
  'esbuild.mjs',
  'scripts/describe-labs.ts',
  'package.json',
  'package-lock.json',
];
const stamp = path.join(root, 'dist/sources.sha256');
const lock = path.join(root, 'out/build.lock');

/** Brings dist/ up to date. Prints nothing on stdout. */
export async function ensureBuilt(): Promise<void> {
  await withLock(async () => {
    if ((await readFile(stamp, 'utf8').catch(() => '')) !== (await sourcesDigest())) await build();
  });
}

/**
 * Runs the build script, whatever is there already.
 * @param dist where to, for a build that must not disturb the one in use
 */
export async function build({ dist, production = false }: { dist?: string; production?: boolean } = {}): Promise<void> {
  const digest = await sourcesDigest();
  const args = [path.join(root, 'esbuild.mjs'), ...(production ? ['--production'] : [])];
  const env = { ...process.env, ...(dist === undefined ? {} : { SDL_DIST: dist }) };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  if (status !== 0) throw new Error('The build failed: see its messages above');
  if (dist === undefined) await writeFile(stamp, digest);
}

/** Names, times and sizes stand for the contents: reading all of them would cost more than it saves. */
async function sourcesDigest(): Promise<string> {
  const digest = createHash('sha256');
  for (const file of await filesMatching(sources)) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const { mtimeMs, size } = await stat(path.join(root, file));
    digest.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return digest.digest('hex');
}

/** One build at a time: several `npm run lab` may find dist/ out of date at once. */
async function withLock(action: () => Promise<void>): Promise<void> {
  await mkdir(path.dirname(lock), { recursive: true });
  while (
    !(await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
      () => true,
      () => false,
    ))
  ) {
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
    else await sleep(100);
  }
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
}

if (process.argv[1] === import.meta.filename) await build();
