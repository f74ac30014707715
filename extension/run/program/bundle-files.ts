/** Bundles a lab of the learner's with its imports, in memory, by esbuild. */
import type {
  BuildContext,
  BuildFailure,
  BuildOptions,
  Loader,
  Location,
  Message,
  OnLoadArgs,
  OnLoadResult,
  OnResolveArgs,
  OnResolveResult,
  OutputFile,
  Plugin,
} from 'esbuild';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { FailureReason, RunFailure, SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import { RunFailureError } from '../run.ts';
import { importedFile, namesFile, noRequire, unresolved, urlOf, withoutMark } from './source-files.ts';
import { withInlineMap } from './source-map.ts';

/** Where texts come from. */
export interface LearnerFiles {
  /** The built files: what the extension ships for a lab to import. */
  dist: string;
  /** The unsaved text of an open editor. */
  readOpen: (realPath: string) => string | undefined;
}

/** The module that is loaded first. */
export interface Entry {
  /** Absolute path; of a file that exists only as `text` where there is one. */
  file: string;
  text?: string;
}

export interface BundleResult {
  /** One ES module with its source map inline. */
  text: string;
  /** The learner's files that are in it, by real path. */
  texts: Map<string, string>;
}

/** esbuild, or the binary for this platform, is not there. */
export class NoBundler extends Error {}

/** What esbuild keeps of a lab, and the texts that it read last. */
interface LabBuild {
  context?: Context;
  /** The process that the context lives in. */
  process?: Promise<Esbuild>;
  texts: Map<string, string>;
  /** Settles when the build that was asked for last is over. */
  last: Promise<unknown>;
}

type BundleOptions = BuildOptions & { write: false };
type Context = BuildContext<{ write: false }>;

/** Labs that are kept ready for a next build. */
const buildsKept = 4;

type Esbuild = typeof import('esbuild');
let esbuild: Promise<Esbuild> | undefined;

/** What is open in esbuild's process. */
const contexts = new Set<Context>();

/** Ends esbuild's process, if it was ever started. */
export async function stopBundler(): Promise<void> {
  const loaded = await esbuild?.catch(() => undefined);
  esbuild = undefined;
  // While one is open, esbuild takes the end of its input for a deadlock and says so at length in the log.
  await Promise.all([...contexts].map((context) => context.dispose()));
  contexts.clear();
  await loaded?.stop();
}

/**
 * Bundles labs of the learner's. What is unchanged since a lab was bundled last is not parsed again, which halves
 * the time that a second Run waits.
 */
export class LabBundler {
  readonly #files: LearnerFiles;
  /** By entry, the one used last at the end. */
  readonly #builds = new Map<string, LabBuild>();

  constructor(files: LearnerFiles) {
    this.#files = files;
  }

  /**
   * @param root the folder of the copy
   * @param keepNames whether functions keep their names at the price of a call where each is made
   * @throws RunFailureError with the place of the first error
   * @throws NoBundler when esbuild cannot work here
   */
  async bundle(root: string, entry: Entry, keepNames: boolean): Promise<BundleResult> {
    const key = JSON.stringify([root, entry, keepNames]);
    const build = this.#builds.get(key) ?? { texts: new Map(), last: Promise.resolve() };
    this.#builds.delete(key);
    this.#builds.set(key, build);
    for (const old of [...this.#builds.keys()].slice(0, -buildsKept)) this.#forget(old);
    // One after the other: esbuild would give who comes while it builds the result of before their edit.
    const options = bundleOptions(root, entry, keepNames);
    const result = build.last.then(() => this.#rebuild(build, options, root, entry));
    build.last = result.catch(() => {});
    return result;
  }

  async #rebuild(build: LabBuild, options: BundleOptions, root: string, entry: Entry): Promise<BundleResult> {
    build.texts.clear();
    let outputs: OutputFile[];
    try {
      // Another service may have ended esbuild's process, and this context with it.
      if (!build.context || build.process !== esbuild) build.context = await this.#context(build, options, entry);
      outputs = (await build.context.rebuild()).outputFiles;
    } catch (error) {
      const { errors } = error as Partial<BuildFailure>;
      if (!errors) throw new NoBundler((error as Error).message);
      throw new RunFailureError(failureOf(errors, root, entry));
    }
    const code = outputs.find((file) => file.path.endsWith('.mjs'))!.text;
    const map = outputs.find((file) => file.path.endsWith('.map'))!.text;

    const text = withInlineMap(code, map, (source) =>
      urlOf(learnersFile(source) ?? path.resolve(root, decodeURIComponent(source))),
    );
    return { text, texts: new Map(build.texts) };
  }

  async #context(build: LabBuild, options: BundleOptions, { file }: Entry): Promise<Context> {
    build.process = esbuild ??= import('esbuild');
    const { context } = await build.process;
    const made = await context({ ...options, plugins: [learnerFiles(this.#files, file, build.texts)] });
    contexts.add(made);
    return made;
  }

  #forget(key: string): void {
    const build = this.#builds.get(key)!;
    this.#builds.delete(key);
    void build.last.then(() => {
      if (!build.context) return;
      contexts.delete(build.context);
      return build.context.dispose();
    });
  }
}

function bundleOptions(root: string, entry: Entry, keepNames: boolean): BundleOptions {
  return {
    absWorkingDir: root,
    ...(entry.text === undefined
      ? { entryPoints: [entry.file] }
      : {
          stdin: { contents: entry.text, sourcefile: entry.file, resolveDir: path.dirname(entry.file), loader: 'ts' },
        }),
    bundle: true,
    write: false,
    outdir: root,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node22',
    keepNames,
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    // A tsconfig.json in the copy is for the editor; what runs must not depend on it.
    tsconfigRaw: { compilerOptions: { target: 'es2024' } },
  };
}

/** Where a learner's files are to esbuild: among those that it finds itself, `Ring.ts` and `ring.ts` are one. */
const namespace = 'learner';
/** Marks a package that is looked for among those that the extension ships. */
const shipped = 'shipped';

const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
};

/** Reads files with the editors' unsaved texts over them, and finds what the extension ships. */
function learnerFiles({ dist, readOpen }: LearnerFiles, entry: string, texts: Map<string, string>): Plugin {
  return {
    name: 'learner-files',
    setup(build) {
      build.onResolve({ filter: /.*/ }, resolve);
      build.onLoad({ filter: /.*/, namespace }, load);

      async function resolve(asked: OnResolveArgs): Promise<OnResolveResult | undefined> {
        const { path: name, importer, kind, resolveDir } = asked;
        if (kind === 'entry-point') return ofLearner(importedFile(entry, entry));
        if ((asked.namespace !== namespace && importer !== entry) || asked.pluginData === shipped) return undefined;
        if (kind === 'require-call' || kind === 'require-resolve') return refused('refused', noRequire);
        if (namesFile(name)) {
          return (
            ofLearner(importedFile(name, path.join(resolveDir, 'importer'))) ??
            refused('missing', unresolved(name, importer))
          );
        }
        if (name === 'system-design-labs/engine') return { path: path.join(dist, 'engine.mjs') };
        if (isBuiltin(name)) return { path: name, external: true };
        const found = await build.resolve(name, { resolveDir: dist, importer, kind, pluginData: shipped });
        return found.errors.length === 0 ? found : refused('missing', unresolved(name, importer));
      }
    },
  };

  async function load({ path: file }: OnLoadArgs): Promise<OnLoadResult> {
    const text = withoutMark(readOpen(file) ?? (await readFile(file, 'utf8')));
    texts.set(file, text);
    const loader = loaders[path.extname(file)] ?? 'ts';
    // Without an export or import a file counts as CommonJS, of which any name can be imported.
    const contents = loader.startsWith('ts') ? `${text}\nexport {};` : text;
    return { contents, loader, resolveDir: path.dirname(file) };
  }
}

function ofLearner(file: string | undefined): OnResolveResult | undefined {
  return file === undefined ? undefined : { path: file, namespace };
}

function refused(reason: FailureReason, text: string): OnResolveResult {
  return { errors: [{ text, detail: reason }] };
}

function failureOf(errors: readonly Message[], root: string, entry: Entry): RunFailure {
  const [first] = errors as [Message];
  const reason: FailureReason =
    (first.detail as FailureReason | undefined) ?? (/^No matching export/.test(first.text) ? 'missing' : 'syntax');
  const text = first.text.replace(/"([^"]*)"/, (quoted, name: string) => {
    const file = learnersFile(name);
    return file === undefined
      ? quoted
      : `"${path.relative(realpathSync.native(root), file).split(path.sep).join('/')}"`;
  });
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const place = first.location ? placeOf(first.location, root) : undefined;
  const shown = place && !(entry.text !== undefined && place.file === entry.file) ? { location: place } : {};
  return { reason, message: text + more, ...shown };
}

function placeOf({ file, line, column, length, lineText }: Location, root: string): SourceLocation {
  return {
    file: learnersFile(file) ?? path.resolve(root, file),
    line,
    column: utf16Length(lineText, 0, column) + 1,
    length: utf16Length(lineText, column, column + length),
  };
}

/** The path in a name that esbuild gives to a file of the learner's, in messages and source maps. */
function learnersFile(name: string): string | undefined {
  return name.startsWith(`${namespace}:`) ? name.slice(namespace.length + 1) : undefined;
}

/** esbuild counts bytes of UTF-8, editors count UTF-16 units. */
function utf16Length(text: string, from: number, to: number): number {
  return Buffer.from(text).subarray(from, to).toString().length;
}
