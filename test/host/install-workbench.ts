/**
 * Gets a real VS Code from the npm registry: `code-server` carries the workbench, its server and its extension
 * host. Installed once, into the cache folder, and shared by all clones of the project.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../scripts/folders.ts';
import { npm } from '../../scripts/npm.ts';

const recipe = path.join(import.meta.dirname, 'workbench');
const ingredients = ['package.json', 'package-lock.json', 'spdlog.cjs'];

/**
 * Installs the workbench when it is missing.
 * @param say told what is going on while that lasts
 * @returns the path of code-server's entry script
 */
export async function installWorkbench(say: (line: string) => void): Promise<string> {
  const digest = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of ingredients) digest.update(await readFile(path.join(recipe, file)));
  const folder = path.join(cacheFolder(), `workbench-${digest.digest('hex').slice(0, 12)}`);
  const entry = path.join(folder, 'node_modules/code-server/out/node/entry.js');
  if (existsSync(folder)) return entry;

  say(`Installing VS Code's browser workbench into ${folder} (800 MB, about half a minute).`);
  const started = Date.now();
  // Filled elsewhere and moved when complete: an interrupted or a simultaneous installation does no harm.
  const partial = `${folder}.${process.pid}.partial`;
  try {
    await mkdir(partial, { recursive: true });
    for (const file of ingredients) await cp(path.join(recipe, file), path.join(partial, file));
    const server = path.join(partial, 'node_modules/code-server/lib/vscode');
    // Its install scripts compile for minutes and fetch from GitHub; what they make is not needed.
    await npm(partial, 'ci', '--ignore-scripts');
    say('  … code-server is there; now the packages of its workbench');
    // Not `ci`: the shrinkwrap that code-server ships is out of step with its package.json.
    await npm(server, 'install', '--omit=dev', '--ignore-scripts');
    await npm(path.join(server, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    await cp(path.join(partial, 'spdlog.cjs'), path.join(server, 'node_modules/@vscode/spdlog/index.js'));
    await rename(partial, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  say(`  done in ${Math.round((Date.now() - started) / 1000)} s`);
  return entry;
}
