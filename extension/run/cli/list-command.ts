/** `lab list` */
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { readCatalogue } from '../program/bundled-lab.ts';
import { bold } from './text.ts';

export async function list(dist: string, { json }: { json?: boolean }): Promise<void> {
  const labs = await readCatalogue(dist);
  console.log(json ? JSON.stringify(labs.map(entryAsJson)) : labs.map(entryAsText).join('\n\n'));
}

function entryAsJson({ id, title, level, chapter, algorithms, scenarios, exercises, parameters }: LabEntry) {
  const named = (things: readonly { id: string; title: string }[]) => things.map(({ id, title }) => ({ id, title }));
  return {
    id,
    title,
    level,
    chapter,
    algorithms: named(algorithms),
    scenarios: scenarios.map(({ id, title, world, nature }) => ({ id, title, kind: world, clock: nature.clock })),
    exercises: exercises.map(({ id, title, level, file }) => ({ id, title, level, file })),
    parameters: parameters.map(({ title: _, help: __, ...parameter }) => parameter),
  };
}

function entryAsText(entry: LabEntry): string {
  const { id, title, level, chapter, summary, algorithms, scenarios, exercises, parameters } = entry;
  return [
    `${bold(id)}  ${title} (${chapter}, ${level})`,
    `  ${summary}`,
    `  algorithms: ${algorithms.map((one) => one.id).join(', ')}`,
    `  scenarios:  ${scenarios.map((one) => one.id).join(', ')}`,
    ...(exercises.length === 0 ? [] : [`  exercises:  ${exercises.map((one) => one.id).join(', ')}`]),
    `  parameters: ${parameters.map((one) => `${one.name}=${one.default}`).join(', ')}`,
  ].join('\n');
}
