/** Loads the code of a job into this thread, without a file being written. */
import { isBuiltin, registerHooks, type LoadHookSync, type ResolveHookSync } from 'node:module';
import { fileOf, importedFile, namesFile, textOf, unresolved, urlOf } from '../program/source-files.ts';
import type { WorkerCode } from './messages.ts';
import { javaScriptOf, quietly } from './javascript-of.ts';

type Loaded = (file: string, text: string) => void;

/**
 * Imports the module that a job names.
 * @param loaded is told of every source file that is loaded (kind `sources` only)
 * @returns its default export
 */
export async function loadCode(code: WorkerCode, loaded: Loaded): Promise<unknown> {
  return (await loadModule(code, loaded)).default;
}

/** As `loadCode`, with all that the module exports. */
export async function loadModule(code: WorkerCode, loaded: Loaded): Promise<Readonly<Record<string, unknown>>> {
  let url: string;
  if (code.kind === 'sources') {
    url = urlOf(code.entry);
    runSources(code, loaded);
  } else {
    url = code.url;
    if (code.kind === 'bundle') runBundle(code);
  }
  return (await import(url)) as Readonly<Record<string, unknown>>;
}

/** Lets a URL mean a text in memory. */
function runBundle({ url, text }: WorkerCode & { kind: 'bundle' }): void {
  hook(
    (specifier, context, next) =>
      specifier === url ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    (asked, context, next) =>
      asked === url ? { format: 'module', source: text, shortCircuit: true } : next(asked, context),
  );
}

/** An import that leads nowhere. Its stack is the place of the import. */
export class MissingImport extends Error {
  override readonly name = 'MissingImport';

  constructor(specifier: string, importer: string, text: string) {
    super(unresolved(specifier, importer));
    const imports = [...text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])(.*?)\1/dg)];
    const found = imports.find(([, , imported]) => imported === specifier);
    const before = text.slice(0, found?.indices?.[1]?.[0] ?? 0).split('\n');
    this.stack = `${this.message}\n    at import (${importer}:${before.length}:${before.at(-1)!.length + 1})`;
  }
}

/**
 * Lets TypeScript files run as they are: types stripped by Node, unsaved texts over those on disk,
 * and the same liberties in imports that the bundler gives.
 */
function runSources({ texts, ...code }: WorkerCode & { kind: 'sources' }, loaded: Loaded): void {
  const engine = urlOf(code.engine);
  const entry = urlOf(code.entry);
  const hasText = (file: string): boolean => Object.hasOwn(texts, file);
  const read = (file: string): string => texts[file] ?? textOf(file);
  hook(
    (specifier, context, next) => {
      if (specifier === 'system-design-labs/engine') return { url: engine, format: 'module', shortCircuit: true };
      if (specifier === entry) {
        const file = importedFile(code.entry, code.entry, hasText);
        return file === undefined
          ? next(specifier, context)
          : { url: urlOf(file), format: 'module', shortCircuit: true };
      }
      const { parentURL } = context;
      if (isBuiltin(specifier) || !parentURL?.startsWith('file:')) return next(specifier, context);
      const importer = fileOf(parentURL);
      if (importer === code.engine || isOfPackage(importer)) return next(specifier, context);
      if (namesFile(specifier)) {
        const file = importedFile(specifier, importer, hasText);
        if (file === undefined) throw new MissingImport(specifier, importer, read(importer));
        return next(urlOf(file), context);
      }
      try {
        return next(specifier, { ...context, parentURL: engine });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
        throw new MissingImport(specifier, importer, read(importer));
      }
    },
    (url, context, next) => {
      if (!/^file:.*\.([cm]?ts|json)$/.test(url)) return next(url, context);
      const file = fileOf(url);
      if (isOfPackage(file)) return next(url, context);
      const text = read(file);
      loaded(file, text);
      return { format: 'module', source: javaScriptOf(text, file), shortCircuit: true };
    },
  );
}

/** A package finds its own modules. */
function isOfPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

function hook(resolve: ResolveHookSync, load: LoadHookSync): void {
  quietly(() => registerHooks({ resolve, load }));
}
