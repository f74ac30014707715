/**
 * Which files of a lab decide what a benchmark of one of its algorithms measures: the algorithm's own, what it and the
 * plan import, and theirs. An edit elsewhere in the lab is none of the benchmark's business.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SourceFile } from '../run.ts';

/**
 * The files behind an algorithm, named relative to the lab's folder, in the order of their names.
 * @param program all files of the lab, one of which is its lab.ts
 * @param algorithm its file, relative to the lab's folder; where there is no such file every file counts
 * @param plan text of the benchmark's plan, as if it lay in the lab's folder
 */
export function filesBehind(program: readonly SourceFile[], algorithm: string, plan: string): SourceFile[] {
  const files = new Map(relativeToLab(program).map((one) => [one.file, one]));
  const all = [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  if (!files.has(algorithm)) return all;
  const found = new Set<string>();
  const visit = (file: string): void => {
    const { text } = files.get(file) ?? {};
    if (text === undefined || found.has(file)) return;
    found.add(file);
    for (const imported of importsOf(text, path.posix.dirname(file), files)) visit(imported);
  };
  visit(algorithm);
  for (const imported of importsOf(plan, '.', files)) visit(imported);
  return all.filter(({ file }) => found.has(file));
}

/** A name for a set of texts: the first digits of a hash over all of them. */
export function versionOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { file, sha256 } of files) hash.update(`${file} ${sha256}\n`);
  return hash.digest('hex').slice(0, 8);
}

/** Files under the names that they have within their lab: `ring.ts`, wherever the copy lies. */
export function relativeToLab(files: readonly SourceFile[]): SourceFile[] {
  const names = files.map(({ file }) => file.replaceAll('\\', '/'));
  const declaration = names.find((name) => path.posix.basename(name) === 'lab.ts') ?? '';
  const folder = path.posix.dirname(declaration);
  return files.map((file, n) => ({ ...file, file: path.posix.relative(folder, names[n]!) }));
}

/** Relative imports: by their text, since a comment that looks like one costs nothing but a file too many. */
const importPattern = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]/g;

function importsOf(text: string, folder: string, files: ReadonlyMap<string, unknown>): string[] {
  return [...text.matchAll(importPattern)].flatMap(([, specifier]) => {
    const name = path.posix.join(folder, specifier!);
    const candidates = [name, `${name}.ts`, name.replace(/\.js$/, '.ts'), `${name}/index.ts`];
    return candidates.find((candidate) => files.has(candidate)) ?? [];
  });
}
