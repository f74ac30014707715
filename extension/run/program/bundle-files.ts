/** Bundles a lab of the learner's with its imports, in memory, by esbuild. */
import type { BuildFailure, Location, Message, OutputFile, Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunFailure, SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import { RunFailureError } from '../run.ts';
import type { Entry } from './learner-lab.ts';
import { withInlineMap } from './source-map.ts';

export interface BundleRequest {
  dist: string;
  /** The folder of the copy. */
  root: string;
  entry: Entry;
  /** Whether functions keep their names at the price of a call where each is made. */
  keepNames: boolean;
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

const pluginName = 'learner-files';

type Esbuild = typeof import('esbuild');
let esbuild: Promise<Esbuild> | undefined;

/** Ends esbuild's process, if it was ever started. */
export async function stopBundler(): Promise<void> {
  const loaded = await esbuild?.catch(() => undefined);
  esbuild = undefined;
  await loaded?.stop();
}

/**
 * @throws RunFailureError with the place of the first error
 * @throws NoBundler when esbuild cannot work here
 */
export async function bundleFiles(request: BundleRequest): Promise<BundleResult> {
  const { root, entry } = request;
  const texts = new Map<string, string>();
  let outputs: OutputFile[];
  try {
    esbuild ??= import('esbuild');
    const { build } = await esbuild;
    const result = await build({
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
      keepNames: request.keepNames,
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'silent',
      // A tsconfig.json in the copy is for the editor; what runs must not depend on it.
      tsconfigRaw: { compilerOptions: { target: 'es2024' } },
      plugins: [learnerFiles(request, texts)],
    });
    outputs = result.outputFiles;
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (!errors) throw new NoBundler((error as Error).message);
    throw new RunFailureError(failureOf(errors, request));
  }
  const code = outputs.find((file) => file.path.endsWith('.mjs'))!.text;
  const map = outputs.find((file) => file.path.endsWith('.map'))!.text;
  return { text: withInlineMap(code, map, (source) => pathToFileURL(path.resolve(root, source)).href), texts };
}

/** Reads files with the editors' unsaved texts over them, and finds what the extension ships. */
function learnerFiles({ dist, readOpen }: BundleRequest, texts: Map<string, string>): Plugin {
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

function failureOf(errors: readonly Message[], { root, entry }: BundleRequest): RunFailure {
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
