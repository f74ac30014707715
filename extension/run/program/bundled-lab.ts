/** The labs as they ship: what they are, and their code. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { RunFailureError } from '../run.ts';
import { sourceFile, type Naming, type Prepared } from './prepared.ts';
import { withInlineMap } from './source-map.ts';

/** The bundled labs, as the build wrote them down. */
export async function readCatalogue(dist: string): Promise<LabEntry[]> {
  return JSON.parse(await readFile(path.join(dist, 'catalogue.json'), 'utf8')) as LabEntry[];
}

/**
 * A bundled lab as data.
 * @throws RunFailureError when there is none of that id
 */
export async function bundledLab(dist: string, lab: string): Promise<LabEntry> {
  const catalogue = await readCatalogue(dist);
  const entry = catalogue.find(({ id }) => id === lab);
  if (entry) return entry;
  const known = catalogue.map(({ id }) => id).join(', ');
  throw new RunFailureError({ reason: 'request', message: `there is no lab '${lab}': use ${known}` });
}

/**
 * A bundled lab, ready to run.
 * @throws RunFailureError when there is none of that id
 */
export async function prepareBundled(dist: string, lab: string, naming: Naming): Promise<Prepared> {
  await bundledLab(dist, lab);
  const bundle = path.join(dist, 'labs', `${lab}.mjs`);
  const [text, map] = await Promise.all([readFile(bundle, 'utf8'), readFile(`${bundle}.map`, 'utf8')]);
  const pathOf = (source: string): string => path.resolve(path.dirname(bundle), source);
  const sources = (JSON.parse(map) as { sources: string[] }).sources.map(pathOf);
  const folder = path.dirname(sources.find((source) => source.endsWith(path.join(path.sep, lab, 'lab.ts')))!);
  const shown = (source: string): string | undefined => {
    const relative = path.relative(folder, source);
    return relative.startsWith('..') ? undefined : `sdlabs:/${lab}/${relative.split(path.sep).join('/')}`;
  };
  const files = await Promise.all(
    sources.flatMap((source) => {
      const name = shown(source);
      return name === undefined ? [] : [readFile(source, 'utf8').then((content) => sourceFile(name, content))];
    }),
  );
  const code = withInlineMap(text, map, (source) => {
    const file = pathOf(source);
    return (naming === 'shown' ? shown(file) : undefined) ?? pathToFileURL(file).href;
  });
  return {
    program: { lab, edited: false, files, bundle: code },
    code: { kind: 'bundle', url: pathToFileURL(bundle).href, text: code },
  };
}
