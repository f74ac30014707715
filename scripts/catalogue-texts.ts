/** What README, walkthrough and manifest say of the labs that there are: written from what the labs declare. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chapters, type Lab } from '../labs/engine/lab/lab.ts';
import { root } from './folders.ts';
import { labsInTree } from './tiers/one-lab.ts';

/** What of a lab these texts are made of. */
export type ToldLab = Pick<Lab, 'id' | 'chapter' | 'title' | 'level' | 'summary'>;

/** A file of the tree, relative to the root, of which the script writes a part. */
interface ToldFile {
  file: string;
  /** @returns the text with that part as it must be */
  written(text: string, labs: readonly ToldLab[]): string;
}

const files: readonly ToldFile[] = [
  { file: 'README.md', written: (text, labs) => betweenMarks(text, labsTable(labs)) },
  { file: 'media/walkthrough/open.md', written: (text, labs) => betweenMarks(text, labsByChapter(labs)) },
  { file: 'package.json', written: withFirstStep },
];

/** How each of these files stands, and how it must. */
export async function catalogueTexts(): Promise<{ file: string; is: string; must: string }[]> {
  const labs = inCatalogueOrder(await declaredLabs());
  return Promise.all(
    files.map(async ({ file, written }) => {
      const is = await readFile(path.join(root, file), 'utf8');
      return { file, is, must: written(is, labs) };
    }),
  );
}

async function declaredLabs(): Promise<ToldLab[]> {
  const files = (await labsInTree()).map((id) => pathToFileURL(path.join(root, 'labs', id, 'lab.ts')));
  return Promise.all(files.map(async ({ href }) => ((await import(href)) as { default: Lab }).default));
}

/** By chapter, as the Labs view shows them. */
export function inCatalogueOrder(labs: readonly ToldLab[]): ToldLab[] {
  const byId = labs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return byId.sort((a, b) => chapters.indexOf(a.chapter) - chapters.indexOf(b.chapter));
}

/** A row a lab; a chapter is named in its first. */
export function labsTable(labs: readonly ToldLab[]): string {
  const rows = labs.map(({ chapter, title, level, summary }, i) => {
    const begins = chapter !== labs[i - 1]?.chapter;
    return [begins ? chapter : '', `**${title}**`, level, summary]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | ');
  });
  return ['| chapter | lab | level | what it is about |', '|---|---|---|---|', ...rows.map((row) => `| ${row} |`)].join(
    '\n',
  );
}

/** A line a chapter. */
export function labsByChapter(labs: readonly ToldLab[]): string {
  const lines = chaptersOf(labs).map((chapter) => {
    const titles = labs.filter((lab) => lab.chapter === chapter).map(({ title }) => title);
    return `- **${chapter}**: ${titles.join(' · ')}`;
  });
  return lines.join('\n');
}

/** The walkthrough's first step counts the labs. */
function withFirstStep(text: string, labs: readonly ToldLab[]): string {
  const manifest = JSON.parse(text) as Manifest;
  const open = manifest.contributes.walkthroughs[0]!.steps.find(({ id }) => id === 'open')!;
  open.description =
    `A lab is one topic, with one file per algorithm: ${labs.length} labs, in the chapters ${listed(chaptersOf(labs))}. ` +
    'Opening one makes a copy that is yours to edit.\n[Open Lab…](command:systemDesignLabs.openLab)';
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

interface Manifest {
  contributes: { walkthroughs: { steps: { id: string; description: string }[] }[] };
}

function chaptersOf(labs: readonly ToldLab[]): string[] {
  return chapters.filter((chapter) => labs.some((lab) => lab.chapter === chapter));
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

const begin = '<!-- labs: written by npm run build:readme -->';
const end = '<!-- /labs -->';

/** @throws Error where the text has no marks */
export function betweenMarks(text: string, part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There are no lines '${begin}' and '${end}' to write the labs between`);
  return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
}
