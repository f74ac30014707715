/** Loads the code of a job into this thread, without a file being written. */
import { readFileSync } from 'node:fs';
import { isBuiltin, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WorkerCode } from './messages.ts';

/**
 * Imports the module that a job names.
 * @param loaded receives the texts of source files as they are loaded, by URL (kind `sources` only)
 * @returns its default export
 */
export async function loadCode(code: WorkerCode, loaded: Map<string, string>): Promise<unknown> {
  let url: string;
  if (code.kind === 'sources') {
    url = code.entry;
    runSources(code, loaded);
  } else {
    url = code.url;
    if (code.kind === 'bundle') runBundle(code);
  }
  return ((await import(url)) as { default?: unknown }).default;
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

/**
 * Lets TypeScript files run as they are: types stripped by Node, unsaved texts over those on disk,
 * and the same liberties in imports that the bundler gives.
 */
function runSources(code: WorkerCode & { kind: 'sources' }, loaded: Map<string, string>): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'system-design-labs/engine') return { url: code.engine, format: 'module', shortCircuit: true };
      if (isBuiltin(specifier) || context.parentURL === code.engine) return next(specifier, context);
      if (!/^(\.{0,2}\/|file:)/.test(specifier)) return next(specifier, { ...context, parentURL: code.engine });
      for (const url of candidates(specifier, context.parentURL)) {
        if (Object.hasOwn(code.texts, url)) return { url, format: 'module-typescript', shortCircuit: true };
        try {
          return next(url, context);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNSUPPORTED_DIR_IMPORT') throw error;
        }
      }
      return next(specifier, context);
    },
    load(url, context, next) {
      if (!/\.[cm]?ts$/.test(url)) return next(url, context);
      const text = code.texts[url] ?? readFileSync(fileURLToPath(url), 'utf8');
      loaded.set(url, text);
      return { format: 'module', source: stripTypeScriptTypes(text, { sourceUrl: url }), shortCircuit: true };
    },
  });
}

/** The places that an import may mean: as written, with its extension left out, with the one it compiles to. */
function candidates(specifier: string, parent: string | undefined): string[] {
  const { href } = new URL(specifier, parent);
  return [href, `${href}.ts`, href.replace(/\.js$/, '.ts'), `${href}/index.ts`];
}
