/** Holds the folder of a lab to what must stand in it: its page of theory, the sources of its algorithms, its template. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findImplementations } from '../lab/discovery.ts';
import type { Lab } from '../lab/lab.ts';
import { contractsOf } from '../lab/worlds.ts';
import { runLab } from './run-lab.ts';

type Complain = (complaint: string) => void;

const template = 'templates/new-algorithm.ts';

/**
 * @param lab any lab
 * @param folder the lab's, as a file URL ending in a slash
 * @returns what is missing there, and what does not say what it must, in sentences; empty when all is well
 */
export async function complaintsAboutFiles(lab: unknown, folder: URL): Promise<string[]> {
  const declared = lab as Lab;
  const complaints: string[] = [];
  const complain = (complaint: string): void => void complaints.push(complaint);
  const present = ['theory.md', template, 'testing/views.ts'].filter((file) => {
    const isThere = existsSync(new URL(file, folder));
    if (!isThere) complain(`${file} is missing`);
    return isThere;
  });
  if (present.includes('theory.md')) checkTheory(declared, folder, complain);
  checkAlgorithms(declared, folder, complain);
  if (present.includes(template)) await checkTemplate(declared, folder, complain);
  return complaints;
}

/** Concept and trade-offs are sections with names of their own; use and reading are found by theirs. */
function checkTheory({ title }: Lab, folder: URL, complain: Complain): void {
  const page = readFileSync(new URL('theory.md', folder), 'utf8');
  if (!page.startsWith(`# ${title}\n`)) complain(`theory.md does not begin with '# ${title}'`);
  const [beginning, ...sections] = page.split(/^## /m);
  if (beginning!.trim().split('\n').length < 2) complain('theory.md says nothing before its first section');
  const bodyOf = (heading: string): string | undefined =>
    sections.find((section) => section.startsWith(`${heading}\n`))?.slice(heading.length);
  const known = ['Where it is used', 'Further reading'];
  for (const heading of known) if (!bodyOf(heading)) complain(`theory.md has no section '${heading}'`);
  if (sections.filter((section) => !known.some((heading) => section.startsWith(heading))).length < 2)
    complain('theory.md has fewer than two sections on the matter itself');
  const sources = bodyOf('Further reading')?.match(/^[*-] .*\b(1[6-9]|20)\d\d\b|^[*-] .*\b(RFC|ITU-T) /gm) ?? [];
  if (sources.length < 3) complain('theory.md names fewer than three sources with their year');
}

/** Every algorithm can be found by its class, and says what it costs and where it comes from. */
function checkAlgorithms({ algorithms, worlds, id }: Lab, folder: URL, complain: Complain): void {
  const root = fileURLToPath(folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const { name } of findImplementations(text, contractsOf({ id, worlds }))) texts.set(name, text);
  }
  for (const { id: algorithm, implementation, broken } of algorithms) {
    const { name } = implementation as { name: string };
    const text = texts.get(name);
    if (text === undefined) complain(`no file has a class ${name} that says which interface it implements`);
    else if (!broken) {
      for (const [what, pattern] of [
        ['it costs', /^ \* Cost: \S/m],
        ['its source is', /^ \* Sources?: \S/m],
      ] as const)
        if (!pattern.test(text)) complain(`the file of ${algorithm} does not say what ${what}`);
    }
  }
}

/** The template runs, and breaks the one check that its text names in the scenario that it names. */
async function checkTemplate(lab: Lab, folder: URL, complain: Complain): Promise<void> {
  const file = new URL(template, folder);
  const text = readFileSync(file, 'utf8').replaceAll('\n * ', ' ');
  const found = findImplementations(text, contractsOf(lab)).map(({ name }) => name);
  if (found.join() !== 'NewAlgorithm') return complain(`${template} has no class NewAlgorithm with a lens, or others`);
  const scenarios = lab.scenarios.filter(({ title }) => text.includes(`on *${title}*`));
  if (scenarios.length !== 1) return complain(`${template} names ${scenarios.length} scenarios to run it on, not one`);
  const { NewAlgorithm: implementation } = (await import(file.href)) as { NewAlgorithm: unknown };
  const { report } = runLab(lab, { implementation, scenario: scenarios[0]!.id, maxEvents: 0 });
  const broken = report.checks.filter(({ verdict }) => verdict === 'broken').map(({ name }) => lab.checks[name]!.title);
  if (broken.length !== 1) return complain(`${template} breaks ${broken.length} checks, not one: ${broken.join(', ')}`);
  if (!text.includes(`the check *${broken[0]}* is broken`))
    complain(`${template} does not say that it breaks '${broken[0]}'`);
}
