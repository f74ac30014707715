/** The labs as a list to choose from: what was used last, then chapter by chapter. */

/** How many of the labs used last stand first. */
const most = 3;
/** As many labs are seen at a glance: nothing need stand first. */
const glance = 8;

export interface LabGroup<Lab> {
  title: string;
  labs: Lab[];
}

/**
 * @param labs in the order of the chapters
 * @param used ids of the labs of the runs so far, newest first, again and again
 */
export function labGroups<Lab extends { id: string; chapter: string }>(
  labs: readonly Lab[],
  used: readonly string[],
): LabGroup<Lab>[] {
  const ids = labs.length > glance ? [...new Set(used)] : [];
  const recent = ids.flatMap((id) => labs.find((lab) => lab.id === id) ?? []).slice(0, most);
  const chapters = [...new Set(labs.map(({ chapter }) => chapter))].map((title) => ({
    title,
    labs: labs.filter((lab) => lab.chapter === title && !recent.includes(lab)),
  }));
  return [{ title: 'Recent', labs: recent }, ...chapters].filter((group) => group.labs.length > 0);
}
