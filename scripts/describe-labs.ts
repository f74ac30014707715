/**
 * A thread of the build that finds out what labs declare: it loads their bundles, and another time it is another thread,
 * which loads them, and the engine, anew.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { describeLab, type WholeLabEntry } from '../labs/engine/lab/catalogue.ts';
import { catalogueFiles } from '../labs/engine/lab/catalogue-files.ts';
import { contractsOf } from '../labs/engine/lab/worlds.ts';
import { findImplementations } from '../labs/engine/lab/discovery.ts';
import type { Lab } from '../labs/engine/lab/lab.ts';
import { filesMatching } from './files.ts';

/** What this thread is started with: it answers with the files of the catalogue. */
interface Asked {
  /** Folder that holds the labs' sources. */
  labs: string;
  /** Folder that holds their bundles. */
  bundles: string;
  ids: readonly string[];
  /** What was found out before, of other labs. */
  known: readonly WholeLabEntry[];
}

async function describe({ labs, bundles }: Asked, id: string): Promise<WholeLabEntry> {
  const { default: lab } = (await import(pathToFileURL(path.join(bundles, `${id}.mjs`)).href)) as { default: Lab };
  if (lab.id !== id) throw new Error(`labs/${id}/lab.ts declares the id '${lab.id}': folder and id must be the same`);
  const folder = path.join(labs, id);
  const contracts = contractsOf(lab);
  const files = new Map<string, string>();
  for (const file of await filesMatching(['**/*.ts'], folder)) {
    if (file.endsWith('.test.ts')) continue;
    const text = await readFile(path.join(folder, file), 'utf8');
    for (const { name } of findImplementations(text, contracts)) files.set(name, file);
  }
  const entry = describeLab(lab, (exported) => files.get(exported));
  const lost = entry.algorithms.find(({ file }) => file === '');
  if (lost) throw new Error(`labs/${id}: no file has 'export class ${lost.export} implements ${lost.contract}'`);
  return { ...entry, benchmarked: existsSync(path.join(folder, 'benchmark/plan.ts')) };
}

const asked = workerData as Asked;
const entries = new Map(asked.known.map((entry) => [entry.id, entry]));
for (const id of asked.ids) entries.set(id, await describe(asked, id));
const labs = [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
parentPort!.postMessage({ labs, files: catalogueFiles(labs) });
