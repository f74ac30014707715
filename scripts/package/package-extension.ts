/** Puts packages (.vsix) together: a production build, the allow-list of `contents.ts`, one esbuild binary each. */
import { createVSIX } from '@vscode/vsce';
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from '../build.ts';
import { filesMatching } from '../files.ts';
import { root } from '../folders.ts';
import { esbuildFiles, privateFields } from './contents.ts';
import { esbuildBinary } from './esbuild-binary.ts';
import { thirdPartyNotices } from './notices.ts';
import { filesWithPathsOf, problemsOf, shippedSources } from './package-files.ts';
import { type Target } from './targets.ts';

const stages = path.join(root, 'out/package');

/** Where the package for a target is put. */
export async function packageFile(target: Target): Promise<string> {
  const { name, version } = await readManifest();
  const suffix = target === 'universal' ? '' : `-${target}`;
  return path.join(root, 'out/packages', `${name}${suffix}-${version}.vsix`);
}

/** What is in the package for a target, unpacked, as it was made last. */
export function stageOf(target: Target): string {
  return path.join(stages, target);
}

/** Builds once and makes a package for each target. Prints what is in each, with sizes. */
export async function packageExtension(targets: readonly Target[]): Promise<void> {
  await rm(stages, { recursive: true, force: true });
  const dist = path.join(stages, 'dist');
  await build({ dist, production: true });
  for (const target of targets) {
    const stage = stageOf(target);
    await fill(stage, dist, target);
    await check(stage);
    const file = await packageFile(target);
    await pack(stage, file, target);
    await report(stage, file);
  }
}

/** Makes a package of an unpacked one. */
export async function pack(stage: string, file: string, target: Target): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await createVSIX({
    cwd: stage,
    packagePath: file,
    ...(target === 'universal' ? {} : { target }),
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

async function fill(stage: string, dist: string, target: Target): Promise<void> {
  await cp(dist, path.join(stage, 'dist'), { recursive: true, filter: (file) => path.basename(file) !== 'meta.json' });
  for (const name of await shippedSources(root)) await cp(path.join(root, name), path.join(stage, name));
  const metafiles = await readFile(path.join(dist, 'meta.json'), 'utf8');
  await writeFile(path.join(stage, 'dist/NOTICES.txt'), await thirdPartyNotices(JSON.parse(metafiles)));
  const manifest: Record<string, unknown> = { ...(await readManifest()), files: ['**'] };
  for (const field of privateFields) delete manifest[field];
  await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  if (target === 'universal') return;

  // Beside the bundles, where Node's resolution from dist/ finds them.
  const packages = path.join(stage, 'dist/node_modules');
  for (const name of esbuildFiles) {
    await cp(path.join(root, 'node_modules/esbuild', name), path.join(packages, 'esbuild', name));
  }
  const binary = path.join(packages, '@esbuild', target);
  await cp(await esbuildBinary(target), binary, { recursive: true });
  if (!target.startsWith('win32')) await chmod(path.join(binary, 'bin/esbuild'), 0o755);
}

async function check(stage: string): Promise<void> {
  const tied = await filesWithPathsOf(root, stage);
  const problems = [...(await problemsOf(stage)), ...tied.map((name) => `${name} holds a path of this machine`)];
  if (problems.length > 0) throw new Error(`The package is not whole:\n  ${problems.join('\n  ')}`);
}

/** Prints the size of each part and of the whole. */
async function report(stage: string, file: string): Promise<void> {
  const parts = new Map<string, { files: number; bytes: number }>();
  for (const name of await filesMatching(['**'], stage)) {
    const key = partOf(name);
    const part = parts.get(key) ?? { files: 0, bytes: 0 };
    parts.set(key, { files: part.files + 1, bytes: part.bytes + (await stat(path.join(stage, name))).size });
  }
  console.log(`\n${path.relative(root, file)}: ${kilobytes((await stat(file)).size)} packed`);
  for (const [key, { files, bytes }] of [...parts].sort()) {
    console.log(`  ${key.padEnd(28)} ${String(files).padStart(4)} files ${kilobytes(bytes).padStart(10)}`);
  }
}

/** dist/ by its sub-folders, all else by its top folder. */
function partOf(name: string): string {
  const folders = name.split('/').slice(0, -1);
  return folders.slice(0, folders[0] === 'dist' ? 3 : 1).join('/') || 'top';
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`;
}

async function readManifest(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
}
