/** A lab from the learner's copy, ready to run: bundled by esbuild, or as it is where there is no esbuild. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { RunFailureError, type LabSource, type OwnAlgorithm } from '../run.ts';
import { LabBundler, NoBundler, type Entry } from './bundle-files.ts';
import { filesIn, gatherTexts } from './gather-texts.ts';
import type { Prepared } from './prepared.ts';
import { sourceFile } from './prepared.ts';
import { urlOf } from './source-files.ts';

export interface LearnerLabOptions {
  dist: string;
  readOpen: (realPath: string) => string | undefined;
  /** Told once when there is no bundler. */
  log(line: string): void;
}

export class LearnerLabs {
  readonly #options: LearnerLabOptions;
  /** Undefined where there is no esbuild. */
  #bundler: LabBundler | undefined;

  /** @param bundler whether to try esbuild at all */
  constructor(options: LearnerLabOptions, bundler: boolean) {
    this.#options = options;
    if (bundler) this.#bundler = new LabBundler(options);
  }

  /**
   * Reads and compiles a lab, unsaved texts included.
   * @throws RunFailureError when there is no such lab, or it does not compile
   */
  prepare(lab: string, source: LabSource & { kind: 'folder' }): Promise<Prepared> {
    return this.#prepare(lab, source, entryOf(lab, source));
  }

  /**
   * The same with the lab's benchmark plan in one module: the default export is the plan, `lab` the lab. Both use the
   * modules of the copy.
   * @param plan text of the plan, in which the lab's own modules are still imports
   * @throws RunFailureError as `prepare`, and when the plan needs what the copy does not have any more
   */
  async prepareWithPlan(lab: string, source: LabSource & { kind: 'folder' }, plan: string): Promise<Prepared> {
    const prepared = await this.#prepare(lab, source, entryWithPlan(lab, source, plan), { keepNames: false });
    const { program } = prepared;
    if (program.files.length > 0) return prepared;
    const files = await filesIn(path.join(source.root, lab), this.#options.readOpen);
    return { ...prepared, program: { ...program, files } };
  }

  async #prepare(
    lab: string,
    source: LabSource & { kind: 'folder' },
    entry: Entry,
    { keepNames = true } = {},
  ): Promise<Prepared> {
    if (this.#bundler) {
      try {
        return await this.#bundle(this.#bundler, lab, source.root, entry, keepNames);
      } catch (error) {
        if (!(error instanceof NoBundler)) throw error;
        this.#bundler = undefined;
        this.#options.log(`esbuild is not available, so Node strips the types instead: ${error.message}`);
      }
    }
    return this.#asIs(lab, source, entry);
  }

  async #bundle(bundler: LabBundler, lab: string, root: string, entry: Entry, keepNames: boolean): Promise<Prepared> {
    const { text, texts } = await bundler.bundle(root, entry, keepNames);
    const files = [...texts].map(([file, content]) => sourceFile(file, content));
    const url = urlOf(path.join(root, lab, 'lab.bundle.mjs'));
    return { program: { lab, edited: true, files, bundle: text }, code: { kind: 'bundle', url, text } };
  }

  async #asIs(lab: string, source: LabSource & { kind: 'folder' }, entry: Entry): Promise<Prepared> {
    const extra = source.extra?.map(({ file }) => file) ?? [];
    const texts = await gatherTexts(source.root, extra, this.#options.readOpen);
    if (entry.text !== undefined) texts[entry.file] = entry.text;
    return {
      program: { lab, edited: true, files: [], entry: entry.file },
      code: {
        kind: 'sources',
        entry: entry.file,
        texts,
        engine: path.join(this.#options.dist, 'engine.mjs'),
      },
    };
  }
}

/** The lab's own lab.ts; or, with algorithms of the learner's, a module that adds them to it. */
function entryOf(lab: string, source: LabSource & { kind: 'folder' }): Entry {
  const file = labFile(lab, source.root);
  if (!source.extra?.length) return { file };
  const { imports, value } = withExtra(file, source.extra);
  const text = [...imports, `export default ${value};`].join('\n');
  return { file: path.join(source.root, lab, 'lab-with-your-own.ts'), text };
}

/** The plan as if it lay in the copy, so that what it imports are the copy's modules, and the lab with it. */
function entryWithPlan(lab: string, source: LabSource & { kind: 'folder' }, plan: string): Entry {
  const { imports, value } = withExtra(labFile(lab, source.root), source.extra ?? []);
  const text = [plan, ...imports, `export const lab = ${value};`].join('\n');
  return { file: path.join(source.root, lab, 'benchmark-plan.ts'), text };
}

/** @throws RunFailureError when there is no such lab */
function labFile(lab: string, root: string): string {
  const file = path.join(root, lab, 'lab.ts');
  // A lab's id is one folder name: it comes from a panel or a command line.
  if (/^[\w-]+$/.test(lab) && existsSync(file)) return file;
  throw new RunFailureError({ reason: 'request', message: `there is no lab '${lab}' in ${root}` });
}

/** An expression for a lab with the learner's algorithms among its own, and the imports that it needs. */
function withExtra(file: string, extra: readonly OwnAlgorithm[]): { imports: string[]; value: string } {
  const imports = extra.map((one, n) => `import { ${one.export} as __own${n} } from ${JSON.stringify(one.file)};`);
  const algorithms = extra.map(({ id, contract }, n) => {
    const facts = JSON.stringify({ id, title: id, summary: 'Your own', contract }).slice(1, -1);
    return `{ ${facts}, implementation: __own${n} }`;
  });
  const ids = JSON.stringify(extra.map(({ id }) => id));
  return {
    imports: [`import __lab from ${JSON.stringify(file)};`, ...imports],
    value: `{ ...__lab, algorithms: [...__lab.algorithms.filter(({ id }) => !${ids}.includes(id)), ${algorithms.join(', ')}] }`,
  };
}
