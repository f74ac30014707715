/** What tests of runs stand on, in and out of Node's test runner: the runner and a small lab, built into a folder of their own. */
import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeLab } from '../../../labs/engine/lab/catalogue.ts';
import { catalogueFiles } from '../../../labs/engine/lab/catalogue-files.ts';
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import { RecordFiles } from '../records/record-files.ts';
import { RunService, type RunServiceOptions } from '../run-service.ts';
import type { LabSource, StartRequest } from '../run.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const fixtures = path.join(import.meta.dirname, 'labs');

/** Undone in reverse order by `takeDown`. */
const undo: (() => Promise<void>)[] = [];

/** Ends and removes all that was made here. */
export async function takeDown(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

let built: Promise<string> | undefined;

/** The folder of the built files; built once per process. */
export function builtFiles(): Promise<string> {
  return (built ??= buildInto());
}

/** As an extension is installed: dist/ beside labs/, and nothing of where it was built. */
async function buildInto(): Promise<string> {
  const installed = await temporaryFolder();
  const dist = path.join(installed, 'dist');
  await cp(fixtures, path.join(installed, 'labs'), { recursive: true });
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    keepNames: true,
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    external: ['esbuild'],
    logLevel: 'warning',
    absWorkingDir: repository,
    sourcemap: 'linked',
    sourcesContent: false,
    entryPoints: {
      runner: 'extension/run/runner/runner.ts',
      'run-worker': 'extension/run/runner/run-worker.ts',
      'record-worker': 'extension/run/records/record-worker.ts',
      'host-watch': 'extension/run/runner/host-watch.ts',
      engine: 'labs/engine/index.ts',
      cli: 'extension/run/cli/cli.ts',
      'labs/counting': path.join(fixtures, 'counting/lab.ts'),
    },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  await nameSources(path.join(dist, 'labs/counting.mjs.map'));
  const { default: lab } = (await import(pathToFileURL(path.join(dist, 'labs/counting.mjs')).href)) as { default: Lab };
  await mkdir(path.join(dist, 'catalogue'), { recursive: true });
  const catalogue = catalogueFiles([describeLab(lab, (exported) => `${exported.toLowerCase()}.ts`)]);
  for (const [file, text] of catalogue) await writeFile(path.join(dist, file), text);
  return dist;
}

/** Names the sources of a lab's map as the build of the extension does: from the root of what is installed. */
async function nameSources(file: string): Promise<void> {
  const map = JSON.parse(await readFile(file, 'utf8')) as { sources: string[] };
  const sources = map.sources.map((source) => {
    const absolute = path.resolve(path.dirname(file), source);
    const inLab = path.relative(fixtures, absolute);
    return inLab.startsWith('..') ? path.relative(repository, absolute) : path.join('labs', inLab);
  });
  await writeFile(file, JSON.stringify({ ...map, sources: sources.map((name) => name.split(path.sep).join('/')) }));
}

/** A folder that is gone when all is taken down. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'sdl-test-')));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What reads and writes run files, on the built files. */
export async function recordFiles(): Promise<RecordFiles> {
  return RecordFiles.of(await builtFiles());
}

/** A service on the built files, ended when all is taken down. */
export async function runService(options: Partial<RunServiceOptions> = {}): Promise<RunService> {
  const service = new RunService({
    dist: await builtFiles(),
    limits: () => ({ deadline: 60_000, memory: 256, maxEvents: 1_000_000 }),
    log: () => {},
    ...options,
  });
  undo.push(() => service.dispose());
  return service;
}

/**
 * A learner's copy of the fixture lab, with some files changed: name → text, or a change of the text.
 * @param folder name of the folder that holds it
 */
export async function learnersCopy(
  files: Readonly<Record<string, string>> = {},
  folder = 'labs',
): Promise<LabSource & { kind: 'folder' }> {
  const root = path.join(await temporaryFolder(), folder);
  await cp(fixtures, root, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(root, 'counting', name), text);
  return { kind: 'folder', root };
}

/** A request for the fixture lab. */
export function counting(changes: Partial<StartRequest> = {}): StartRequest {
  return { lab: 'counting', algorithm: 'plain', seed: 1, source: { kind: 'bundled' }, ...changes };
}
