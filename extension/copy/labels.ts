/** What copies are called: by their folder, and by as many folders above it as it takes to tell them apart. */
import path from 'node:path';

/** A name for each of several folders, in their order, no two alike. @param roots absolute paths, no two alike */
export function labelsOf(roots: readonly string[]): string[] {
  const parts = roots.map((root) => root.split(path.sep).filter((part) => part !== ''));
  const label = (own: string[], depth: number): string => own.slice(-depth).join('/');
  return parts.map((own) => {
    let depth = 1;
    const same = (): number => parts.filter((other) => label(other, depth) === label(own, depth)).length;
    while (depth < own.length && same() > 1) depth++;
    return label(own, depth);
  });
}
