/**
 * A learner's files, as esbuild and Node are both told of them: which file an import means, what its text is, and what
 * it is called. A file goes by its real path; URLs stand only where Node or a source map wants them, and are made and
 * read here.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The URL of a file. */
export function urlOf(file: string): string {
  return pathToFileURL(file).href;
}

/** The file of a URL. */
export function fileOf(url: string): string {
  return fileURLToPath(url);
}

/** Whether an import names a file, rather than a package or one of Node's modules. */
export function namesFile(specifier: string): boolean {
  return /^\.{0,2}(\/|$)|^file:/.test(specifier) || path.isAbsolute(specifier);
}

/**
 * The real path of the file that an import means. What stands there is a path and no URL, as for an editor's types:
 * `./100%.ts` is a file of that name.
 * @param exists whether there is a text of a name that is on no disk
 * @returns undefined when there is none
 */
export function importedFile(
  specifier: string,
  importer: string,
  exists: (file: string) => boolean = () => false,
): string | undefined {
  const asked = specifier.startsWith('file:') ? fileOf(specifier) : path.resolve(path.dirname(importer), specifier);
  for (const file of candidates(asked)) {
    if (exists(file)) return file;
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return realpathSync.native(file);
  }
  return undefined;
}

/** The places that an import may mean: as written, with its extension left out, with the one it compiles to, a folder. */
function candidates(file: string): string[] {
  return [
    file,
    ...['.ts', '.tsx', '.js'].map((extension) => file + extension),
    ...(file.endsWith('.js') ? [file.replace(/\.js$/, '.ts')] : []),
    path.join(file, 'index.ts'),
  ];
}

/** What is to be said of an import that leads nowhere. @param importer real path */
export function unresolved(specifier: string, importer: string): string {
  return namesFile(specifier)
    ? `Could not resolve "${specifier}" in ${path.dirname(importer)}`
    : `'${specifier}' is not among the packages that a lab can import`;
}

/** What is to be said of `require`. */
export const noRequire = "'require' does not work in a lab, whose files are modules: write import … from '…'";

/** What is to be said of TypeScript that is more than types, where there is no esbuild. */
export function needsBundler(construct: string): string {
  return `${construct} has to be compiled, and there is no esbuild for this machine that could do it`;
}

/** The text of a file on disk. */
export function textOf(file: string): string {
  return withoutMark(readFileSync(file, 'utf8'));
}

/** A text without its byte order mark, which an editor does not count among the columns of its first line. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
