/** Loads the code of a job into this thread, without a file being written. */
import { readFileSync } from 'node:fs';
import { isBuiltin, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WorkerCode } from './messages.ts';

type Loaded = (url: string, text: string) => void;

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
    url = code.entry;
    runSources(code, loaded);
  } else {
    url = code.url;
    if (code.kind === 'bundle') runBundle(code);
  }
  return (await import(url)) as Readonly<Record<string, unknown>>;
}

/** Lets a URL mean a text in memory. */
function runBundle({ url, text }: WorkerCode & { kind: 'bundle' }): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === url ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (asked, context, next) =>
      asked === url ? { format: 'module', source: text, shortCircuit: true } : next(asked, context),
  });
}

/** An import that leads nowhere. Its stack is the place of the import. */
class MissingImport extends Error {
  override readonly name = 'MissingImport';

  constructor(specifier: string, importer: string, text: string) {
    super(
      /^[./]/.test(specifier)
        ? `Could not resolve "${specifier}"`
        : `'${specifier}' is not among the packages that a lab can import`,
    );
    const at = Math.max(text.indexOf(`'${specifier}'`), text.indexOf(`"${specifier}"`), 0);
    const before = text.slice(0, at).split('\n');
    this.stack = `${this.message}\n    at import (${importer}:${before.length}:${before.at(-1)!.length + 1})`;
  }
}

/**
 * Lets TypeScript files run as they are: types stripped by Node, unsaved texts over those on disk,
 * and the same liberties in imports that the bundler gives.
 */
function runSources({ texts, engine }: WorkerCode & { kind: 'sources' }, loaded: Loaded): void {
  const read = (url: string): string => texts[url] ?? readFileSync(fileURLToPath(url), 'utf8');
  registerHooks({
    resolve(specifier, context, next) {
      const importer = context.parentURL;
      if (specifier === 'system-design-labs/engine') return { url: engine, format: 'module', shortCircuit: true };
      if (isBuiltin(specifier) || importer === engine) return next(specifier, context);
      const relative = /^(\.{0,2}\/|file:)/.test(specifier);
      for (const url of relative ? candidates(specifier, importer) : [specifier]) {
        if (Object.hasOwn(texts, url)) return { url, format: 'module-typescript', shortCircuit: true };
        try {
          return next(url, relative ? context : { ...context, parentURL: engine });
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNSUPPORTED_DIR_IMPORT') throw error;
        }
      }
      throw new MissingImport(specifier, importer!, read(importer!));
    },
    load(url, context, next) {
      if (!/\.[cm]?ts$/.test(url)) return next(url, context);
      const text = read(url);
      loaded(url, text);
      return { format: 'module', source: stripTypeScriptTypes(text, { sourceUrl: url }), shortCircuit: true };
    },
  });
}

/** The places that an import may mean: as written, with its extension left out, with the one it compiles to. */
function candidates(specifier: string, parent: string | undefined): string[] {
  const { href } = new URL(specifier, parent);
  return [href, `${href}.ts`, href.replace(/\.js$/, '.ts'), `${href}/index.ts`];
}
