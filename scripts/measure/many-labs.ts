/** An extension with more labs than there are: those that ship, again and again under other ids. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { catalogueFiles } from '../../labs/engine/lab/catalogue-files.ts';
import { readCatalogue } from '../../extension/run/program/bundled-lab.ts';

/** As many labs as the project means to have. */
export const manyLabs = 48;

/**
 * Copies labs of an unpacked extension, in place, until it has so many.
 * @param extension its folder, with labs/ and dist/
 * @returns the ids of all
 */
export async function multiplyLabs(extension: string, count: number): Promise<string[]> {
  const dist = path.join(extension, 'dist');
  const shipped = await readCatalogue(dist);
  const labs = [...shipped];
  while (labs.length < count) {
    const original = shipped[labs.length % shipped.length]!;
    const number = Math.floor(labs.length / shipped.length) + 1;
    const id = `${original.id}-${number}`;
    await copyLab(extension, original.id, id);
    labs.push({ ...original, id, title: `${original.title} ${number}` });
  }
  for (const [file, text] of catalogueFiles(labs)) await writeFile(path.join(dist, file), text);
  return labs.map(({ id }) => id);
}

async function copyLab(extension: string, from: string, to: string): Promise<void> {
  await cp(path.join(extension, 'labs', from), path.join(extension, 'labs', to), { recursive: true });
  const built = ['labs', 'benchmarks', 'benchmarks/plans'].flatMap((folder) =>
    ['.mjs', '.mjs.map'].map((ending) => (lab: string) => path.join(extension, 'dist', folder, `${lab}${ending}`)),
  );
  for (const file of built) if (existsSync(file(from))) await cp(file(from), file(to));
  const declared = (lab: string): RegExp => new RegExp(`id: (['"])${lab}\\1`);
  const texts: [file: string, from: RegExp, to: string][] = [
    [path.join(extension, 'labs', to, 'lab.ts'), declared(from), `id: '${to}'`],
    [path.join(extension, 'dist/labs', `${to}.mjs`), declared(from), `id: '${to}'`],
    [path.join(extension, 'dist/labs', `${to}.mjs.map`), new RegExp(`labs/${from}/`, 'g'), `labs/${to}/`],
  ];
  for (const [file, before, after] of texts) {
    await writeFile(file, (await readFile(file, 'utf8')).replace(before, after));
  }
}
