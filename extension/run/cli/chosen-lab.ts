/** Whose text a command means: the lab as it ships, one in a folder of labs, or the learner's copy with what is their own. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { CopyFault } from '../../copy/disk-fault.ts';
import { readText, statusOf } from '../../copy/inside.ts';
import { listFiles, markerFile, markerFolder } from '../../copy/layout.ts';
import { BrokenMarker, labsOf, readMarker } from '../../copy/marker.ts';
import { renamedFolder } from '../../copy/mend-copy.ts';
import { algorithmsIn, placeOf } from '../../labs/algorithms.ts';
import { bundledLab } from '../program/bundled-lab.ts';
import type { RunService } from '../run-service.ts';
import type { LabEntry, LabSource, OwnAlgorithm } from '../run.ts';
import { UsageError } from './usage-error.ts';

/** The options that say whose text is meant. */
export interface SourceOptions {
  /** Any folder that holds <lab>/lab.ts. */
  labs?: string;
  /** A learner's copy. */
  copy?: string;
}

export interface ChosenLab {
  source: LabSource;
  /** What the lab declares there. */
  entry: LabEntry;
}

/**
 * The lab that the options mean.
 * @param algorithms ids that are asked for; in a copy they may be the learner's own
 * @throws UsageError where there is no such copy, or no such algorithm in it
 * @throws RunFailureError when there is no such lab, or its code does not load
 */
export async function chosenLab(
  { dist, service }: { dist: string; service: RunService },
  lab: string,
  { labs, copy }: SourceOptions,
  algorithms: readonly (string | undefined)[],
): Promise<ChosenLab> {
  if (labs !== undefined && copy !== undefined) throw new UsageError('say --labs or --copy, not both');
  const folder = labs ?? copy;
  if (folder === undefined) return { source: { kind: 'bundled' }, entry: await bundledLab(dist, lab) };
  const root = path.resolve(folder);
  if (copy === undefined) {
    const source: LabSource = { kind: 'folder', root };
    return { source, entry: await service.describe(lab, source) };
  }
  const shipped = await bundledLab(dist, lab);
  await requireCopy(root, lab);
  const asked = algorithms.filter((id) => id !== undefined);
  const source = copyAsSource(root, await ownAlgorithmsNamed(root, shipped, asked));
  const entry = await service.describe(lab, source);
  const unknown = asked.find((id) => !entry.algorithms.some((algorithm) => algorithm.id === id));
  if (unknown !== undefined) {
    const known = [
      ...entry.algorithms.map(({ id }) => id),
      ...(await ownAlgorithmsIn(root, shipped)).map(({ id }) => id),
    ];
    throw new UsageError(`${lab} has no algorithm '${unknown}' in ${root}: use ${[...new Set(known)].join(', ')}`);
  }
  return { source, entry };
}

/** A copy, to be run with some of the learner's algorithms. @param root absolute path */
export function copyAsSource(root: string, extra: readonly OwnAlgorithm[]): LabSource {
  return { kind: 'folder', root, label: path.basename(root), extra };
}

/**
 * Sees to it that a folder is a copy with a lab in it.
 * @param root absolute path
 * @throws UsageError that names the mend
 */
export async function requireCopy(root: string, lab: string): Promise<void> {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`there is no folder ${root}`);
  try {
    const marker = await readMarker(root);
    if (!marker) {
      throw new UsageError(
        `${root} is no copy of the labs, it has no ${markerFolder}/${markerFile}: name the folder that Open Lab has made`,
      );
    }
    const labs = labsOf(marker);
    if (!labs.includes(lab)) throw new UsageError(`the copy in ${root} has no lab '${lab}': it has ${labs.join(', ')}`);
    if (await statusOf(path.join(root, lab))) return;
    const renamed = await renamedFolder(root, lab);
    const mend = renamed === undefined ? 'open the lab again in VS Code' : `it is called ${renamed}, rename it back`;
    throw new UsageError(`the folder ${path.join(root, lab)} is gone: ${mend}`);
  } catch (error) {
    if (error instanceof BrokenMarker) throw new UsageError(`${error.message}: Mend Copy in VS Code makes it anew`);
    throw error instanceof CopyFault ? new UsageError(error.message) : error;
  }
}

/**
 * The algorithms in a file of a copy that are the learner's own.
 * @param shipped the lab as it ships: what it names is not theirs
 * @param file relative to the lab's folder
 * @returns none where there is no such file
 */
export async function ownAlgorithmsOf(root: string, shipped: LabEntry, file: string): Promise<OwnAlgorithm[]> {
  const absolute = path.join(root, shipped.id, file);
  const text = (await readText(absolute)) ?? '';
  return algorithmsIn(text, shipped, file)
    .filter(({ own }) => own)
    .map(({ id, export: exported, contract }) => ({ id, file: absolute, export: exported, contract }));
}

/** Those of the learner's own that ids name; an id may be the lab's own, or in its lab.ts. */
async function ownAlgorithmsNamed(root: string, shipped: LabEntry, ids: readonly string[]): Promise<OwnAlgorithm[]> {
  const theirs = ids.filter((id) => !shipped.algorithms.some((algorithm) => algorithm.id === id));
  const found = await Promise.all(
    [...new Set(theirs)].map(async (id) => {
      const file = placeOf(id);
      return file === undefined ? [] : (await ownAlgorithmsOf(root, shipped, file)).filter((one) => one.id === id);
    }),
  );
  return found.flat();
}

async function ownAlgorithmsIn(root: string, shipped: LabEntry): Promise<OwnAlgorithm[]> {
  const files = (await listFiles(path.join(root, shipped.id))).filter((file) => file.endsWith('.ts'));
  return (await Promise.all(files.map((file) => ownAlgorithmsOf(root, shipped, file)))).flat();
}
