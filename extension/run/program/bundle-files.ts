/** Bundles a lab of the learner's with its imports, in memory, by esbuild. */
import type { BuildContext, BuildFailure, BuildOptions, Location, Message, OutputFile, Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunFailure, SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import { RunFailureError } from '../run.ts';
import type { Entry } from './learner-lab.ts';
import { withInlineMap } from './source-map.ts';

/** Where texts come from. */
export interface LearnerFiles {
  /** The built files: what the extension ships for a lab to import. */
  dist: string;
  /** The unsaved text of an open editor. */
  readOpen: (realPath: string) => string | undefined;
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

const pluginName = 'learner-files';

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
      if (!build.context || build.process !== esbuild) build.context = await this.#context(build, options);
      outputs = (await build.context.rebuild()).outputFiles;
    } catch (error) {
      const { errors } = error as Partial<BuildFailure>;
      if (!errors) throw new NoBundler((error as Error).message);
      throw new RunFailureError(failureOf(errors, root, entry));
    }
    const code = outputs.find((file) => file.path.endsWith('.mjs'))!.text;
    const map = outputs.find((file) => file.path.endsWith('.map'))!.text;
    const text = withInlineMap(code, map, (source) => pathToFileURL(path.resolve(root, source)).href);
    return { text, texts: new Map(build.texts) };
  }

  async #context(build: LabBuild, options: BundleOptions): Promise<Context> {
    build.process = esbuild ??= import('esbuild');
    const { context } = await build.process;
    const made = await context({ ...options, plugins: [learnerFiles(this.#files, build.texts)] });
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

/** Reads files with the editors' unsaved texts over them, and finds what the extension ships. */
function learnerFiles({ dist, readOpen }: LearnerFiles, texts: Map<string, string>): Plugin {
  const engine = path.join(dist, 'engine.mjs');
  return {
    name: pluginName,
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path: name, importer, kind, pluginData }) => {
        if (kind === 'entry-point' || path.isAbsolute(name) || pluginData === dist) return undefined;
        if (name === 'system-design-labs/engine') return { path: engine };
        if (isBuiltin(name)) return { path: name, external: true };
        const resolved = await build.resolve(name, { resolveDir: dist, importer, kind, pluginData: dist });
        if (resolved.errors.length === 0) return resolved;
        return { errors: [{ text: `'${name}' is not among the packages that a lab can import` }] };
      });
      build.onLoad({ filter: /\.[cm]?tsx?$/ }, async ({ path: file }) => {
        const contents = readOpen(file) ?? (await readFile(file, 'utf8'));
        texts.set(file, contents);
        // Without an export or import a file counts as CommonJS, of which any name can be imported.
        return {
          contents: `${contents}\nexport {};`,
          loader: file.endsWith('x') ? 'tsx' : 'ts',
          resolveDir: path.dirname(file),
        };
      });
    },
  };
}

function failureOf(errors: readonly Message[], root: string, entry: Entry): RunFailure {
  const [first] = errors as [Message];
  const missing = first.pluginName === pluginName || /^(Could not resolve|No matching export)/.test(first.text);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const place = first.location ? placeOf(first.location, root) : undefined;
  const shown = place && !(entry.text !== undefined && place.file === entry.file) ? { location: place } : {};
  return { reason: missing ? 'missing' : 'syntax', message: first.text + more, ...shown };
}

function placeOf({ file, line, column, length, lineText }: Location, root: string): SourceLocation {
  return {
    file: path.resolve(root, file),
    line,
    column: utf16Length(lineText, 0, column) + 1,
    length: utf16Length(lineText, column, column + length),
  };
}

/** esbuild counts bytes of UTF-8, editors count UTF-16 units. */
function utf16Length(text: string, from: number, to: number): number {
  return Buffer.from(text).subarray(from, to).toString().length;
}
