/** Makes a file for an algorithm of the learner's own, from the template that every lab ships. */
import path from 'node:path';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { CopyFault } from './disk-fault.ts';
import { readText, statusOf, writeInside } from './inside.ts';
import { bundledLab, listFiles, type Product } from './layout.ts';

/** As long as a file's name may well be: it is also a title in the tree. */
const longestId = 40;

/** Names that Windows keeps for devices, whatever their extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Where an algorithm is to go. */
export interface NewAlgorithmPlace {
  /** The copy's folder. */
  root: string;
  lab: LabEntry;
  product: Product;
}

/** The text that algorithms of a lab begin with. @throws Error when the lab has none */
export async function algorithmTemplate(product: Product, lab: string): Promise<string> {
  const file = path.join(bundledLab(product, lab), 'templates/new-algorithm.ts');
  const text = await readText(file);
  if (text === undefined) throw new Error(`${lab} has no template for algorithms: ${file} is missing`);
  return text;
}

/**
 * Finds out which ids a new algorithm cannot have.
 * @returns what is wrong with an id, in a sentence that names the mend; undefined when it can be used
 */
export async function idChecker({
  root,
  lab,
  product,
}: NewAlgorithmPlace): Promise<(id: string) => string | undefined> {
  const template = await algorithmTemplate(product, lab.id);
  const words = new Set(template.match(/\w+/g));
  const files = [...(await listFiles(path.join(root, lab.id))), ...(await listFiles(bundledLab(product, lab.id)))];
  // Two files of one name in a lab are told apart by their folders alone; some disks do not tell A from a.
  const taken = new Set(files.map((file) => path.posix.basename(file, '.ts').toLowerCase()));
  return (id) => {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
      return 'Use small letters, digits and single hyphens, beginning with a letter: my-first-idea.';
    }
    if (id.length > longestId) return `Use at most ${longestId} characters.`;
    if (devices.test(id)) return `Windows keeps the name ${id} for a device: choose another one.`;
    if (taken.has(id) || lab.algorithms.some((algorithm) => algorithm.id === id)) {
      return `There is a ${id} in this lab already: choose another name.`;
    }
    const name = className(id);
    if (words.has(name) || lab.algorithms.some((algorithm) => algorithm.export === name)) {
      return `The class would be called ${name}, and the lab has that name already: choose another one.`;
    }
    return undefined;
  };
}

/**
 * Writes the file of a new algorithm into a copy that holds the lab.
 * @param id one that `idChecker` has nothing against
 * @returns the file's path
 * @throws CopyFault when something of that name is there already: nothing is ever overwritten
 */
export async function writeNewAlgorithm({ root, lab, product }: NewAlgorithmPlace, id: string): Promise<string> {
  const text = algorithmText(await algorithmTemplate(product, lab.id), id);
  const file = path.join(root, lab.id, `${id}.ts`);
  if (await statusOf(file)) throw new CopyFault(`${file} exists already, so it stays as it is: choose another name.`);
  await writeInside(root, `${lab.id}/${id}.ts`, text);
  return file;
}

/** The template's text under the algorithm's own name, one folder further up. */
function algorithmText(template: string, id: string): string {
  const words = id.replaceAll('-', ' ');
  return template
    .replaceAll('NewAlgorithm', className(id))
    .replace('New algorithm', words.charAt(0).toUpperCase() + words.slice(1))
    .replaceAll("from '../", "from './");
}

/** 'my-first-idea' → 'MyFirstIdea'. */
function className(id: string): string {
  return id.replace(/(^|-)(\w)/g, (_, _hyphen, letter: string) => letter.toUpperCase());
}
