/** Ids are stable: progress, saved runs and shared files name them. What had to be renamed is found by its earlier ids too. */

/** A thing with ids that stay. */
export interface Known {
  id: string;
  formerly?: readonly string[];
}

/** The lab, algorithm or scenario that has this id, or else the one that had it before. */
export function byId<Thing extends Known>(things: readonly Thing[], id: string | undefined): Thing | undefined {
  if (id === undefined) return undefined;
  return things.find((one) => one.id === id) ?? things.find(({ formerly }) => formerly?.includes(id));
}

/** Every id by which something is, or was, known: today's first. */
export function idsOf({ id, formerly = [] }: Known): string[] {
  return [id, ...formerly];
}
