/** The labs as they ship: what they are, and their code. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { LabHead, WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { headsFile, labFile } from '../../../labs/engine/lab/catalogue-files.ts';
import { RunFailureError } from '../run.ts';
import { sourceFile, type Naming, type Prepared } from './prepared.ts';
import { withInlineMap } from './source-map.ts';

/** The bundled labs, as the build wrote them down. */
export async function readCatalogue(dist: string): Promise<WholeLabEntry[]> {
  return Promise.all((await readHeads(dist)).map(({ id }) => readLab(dist, id)));
}

async function readHeads(dist: string): Promise<LabHead[]> {
  return JSON.parse(await readFile(path.join(dist, headsFile), 'utf8')) as LabHead[];
}

async function readLab(dist: string, id: string): Promise<WholeLabEntry> {
  return JSON.parse(await readFile(path.join(dist, labFile(id)), 'utf8')) as WholeLabEntry;
}

/**
 * A bundled lab as data.
 * @throws RunFailureError when there is none of that id
 */
export async function bundledLab(dist: string, lab: string): Promise<WholeLabEntry> {
  const heads = await readHeads(dist);
  const head = byId(heads, lab);
  if (head) return readLab(dist, head.id);
  const known = heads.map(({ id }) => id).join(', ');
  throw new RunFailureError({ reason: 'request', message: `there is no lab '${lab}': use ${known}` });
}

/**
 * A bundled lab, ready to run. Its map names its sources from the root of the extension, which is the folder that holds
 * `dist`: where the extension was built is no matter.
 * @throws RunFailureError when there is none of that id
 */
export async function prepareBundled(dist: string, lab: string, naming: Naming): Promise<Prepared> {
  const { id } = await bundledLab(dist, lab);
  const bundle = path.join(dist, 'labs', `${id}.mjs`);
  const [text, map] = await Promise.all([readFile(bundle, 'utf8'), readFile(`${bundle}.map`, 'utf8')]);
  const { sources } = JSON.parse(map) as { sources: string[] };
  const onDisk = (source: string): string => path.join(dist, '..', source);
  const files = await Promise.all(
    sources
      .filter((source) => source.startsWith(`labs/${id}/`))
      .map(async (source) => sourceFile(shownName(source), await readFile(onDisk(source), 'utf8'))),
  );
  const nameOf = naming === 'shown' ? shownName : (source: string) => pathToFileURL(onDisk(source)).href;
  const code = withInlineMap(text, map, nameOf);
  return {
    program: { lab: id, edited: false, files, bundle: code },
    code: { kind: 'bundle', url: pathToFileURL(bundle).href, text: code },
  };
}

/** The name of a source that is the same on every machine: `sdlabs:/<lab>/<file>`, or `npm:/<package>/<file>`. */
function shownName(source: string): string {
  return source.replace(/^labs\//, 'sdlabs:/').replace(/^node_modules\//, 'npm:/');
}
