/** Where esbuild's native binary for a platform is: installed for this one, fetched through npm for the others. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, root } from '../folders.ts';
import { npm } from '../npm.ts';
import { thisPlatform, type Target } from './targets.ts';

/** @returns the folder of the package `@esbuild/<target>`, at the version that the project uses */
export async function esbuildBinary(target: Exclude<Target, 'universal'>): Promise<string> {
  const inside = `node_modules/@esbuild/${target}`;
  if (target === thisPlatform()) return path.join(root, inside);
  const manifest = JSON.parse(await readFile(path.join(root, 'node_modules/esbuild/package.json'), 'utf8'));
  const { version } = manifest as { version: string };
  const folder = path.join(cacheFolder(), `esbuild-${version}-${target}`);
  if (existsSync(path.join(folder, inside, 'package.json'))) return path.join(folder, inside);

  console.error(`Fetching esbuild ${version} for ${target}.`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const [os, cpu] = target.split('-');
  await npm(
    folder,
    'install',
    '--ignore-scripts',
    '--no-package-lock',
    `--os=${os}`,
    `--cpu=${cpu}`,
    `esbuild@${version}`,
  );
  return path.join(folder, inside);
}
