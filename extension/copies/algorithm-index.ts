/**
 * Which algorithms stand in which file, by copy and lab: found once in a text, and again only where there is another.
 * All that shows algorithms asks here.
 */
import { setImmediate } from 'node:timers/promises';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { NearMiss } from '../../labs/engine/lab/discovery.ts';
import type { Copy } from '../copy/find-copies.ts';
import type { LabFiles } from '../copy/lab-files.ts';
import { algorithmsIn, nearMissesIn, type AlgorithmInText } from '../labs/algorithms.ts';

/** A text in an editor. */
export interface OpenText {
  /** Another one after every edit. */
  readonly version: number;
  getText(): string;
}

/** Work of this length keeps nobody waiting. */
const turn = 5; // ms

/** What was found in a text of a file, as long as it has that text. */
interface Found<Text, What> {
  lab: LabEntry;
  file: string;
  text: Text;
  what: What;
}

export class AlgorithmIndex {
  readonly #openUnder: (folder: string) => ReadonlyMap<string, OpenText>;
  readonly #onDisk = new WeakMap<LabFiles, Map<string, Found<string, AlgorithmEntry[]>>>();
  readonly #inEditors = new WeakMap<OpenText, Found<number, AlgorithmInText[]>>();
  readonly #misses = new WeakMap<OpenText, Found<number, NearMiss[]>>();

  /** @param openUnder the texts in editors that lie under a folder, by their path relative to it, with forward slashes */
  constructor(openUnder: (folder: string) => ReadonlyMap<string, OpenText>) {
    this.#openUnder = openUnder;
  }

  /** The learner's own algorithms of a lab in a copy, as a lab's declaration would name them. */
  async own(copy: Pick<Copy, 'files'>, lab: LabEntry): Promise<readonly AlgorithmEntry[]> {
    const files = copy.files(lab.id);
    const onDisk = await files.derived(lab, () => this.#ownOnDisk(files, lab));
    const open = this.#openUnder(files.folder);
    if (open.size === 0) return [...onDisk.values()].flat();
    const { files: listed } = await files.list();
    return listed.flatMap((file) => {
      const text = open.get(file);
      if (!text || !file.endsWith('.ts')) return onDisk.get(file) ?? [];
      return ownIn(this.inEditor(text, lab, file), lab, file);
    });
  }

  /** The algorithms in the text of an editor. @param file its path relative to the lab's folder */
  inEditor(text: OpenText, lab: LabEntry, file: string): readonly AlgorithmInText[] {
    return lookUp(this.#inEditors, text, lab, file, algorithmsIn);
  }

  /** The classes in the text of an editor that look like algorithms and cannot be run. */
  nearMisses(text: OpenText, lab: LabEntry, file: string): readonly NearMiss[] {
    return lookUp(this.#misses, text, lab, file, nearMissesIn);
  }

  /** The files on disk that have algorithms of the learner's own, with these. */
  async #ownOnDisk(files: LabFiles, lab: LabEntry): Promise<Map<string, AlgorithmEntry[]>> {
    const before = this.#onDisk.get(files);
    const now = new Map<string, Found<string, AlgorithmEntry[]>>();
    let since = performance.now();
    for (const file of (await files.list()).files) {
      if (!file.endsWith('.ts')) continue;
      const text = (await files.text(file)) ?? '';
      const last = before?.get(file);
      const isSame = last?.text === text && last.lab === lab;
      now.set(file, isSame ? last : { lab, file, text, what: ownIn(algorithmsIn(text, lab, file), lab, file) });
      if (performance.now() - since < turn) continue;
      await setImmediate();
      since = performance.now();
    }
    this.#onDisk.set(files, now);
    return new Map([...now].flatMap(([file, { what }]) => (what.length > 0 ? [[file, what]] : [])));
  }
}

function lookUp<What>(
  known: WeakMap<OpenText, Found<number, What>>,
  open: OpenText,
  lab: LabEntry,
  file: string,
  find: (text: string, lab: LabEntry, file: string) => What,
): What {
  const last = known.get(open);
  if (last && last.text === open.version && last.lab === lab && last.file === file) return last.what;
  const what = find(open.getText(), lab, file);
  known.set(open, { lab, file, text: open.version, what });
  return what;
}

function ownIn(found: readonly AlgorithmInText[], lab: LabEntry, file: string): AlgorithmEntry[] {
  return found
    .filter(({ own }) => own)
    .map(({ id, title, contract, export: exported }) => ({
      id,
      // Two classes may be called alike: their files tell them apart.
      ...wordsFor(lab, file, `${title} (${file})`),
      contract,
      export: exported,
      file,
      expects: {},
    }));
}

/** What a list says of an own algorithm: a lab's exercises and their solutions are called as the lab calls them. */
function wordsFor({ exercises }: LabEntry, file: string, title: string): { title: string; summary: string } {
  const exercise = exercises.find((one) => one.file === file.replace('exercises/solutions/', 'exercises/'));
  if (!exercise) return { title, summary: 'An algorithm of your own.' };
  return exercise.file === file
    ? {
        title: `Exercise: ${exercise.title}`,
        summary: 'An exercise: what is to be done stands at the top of the file.',
      }
    : { title: `Solution: ${exercise.title}`, summary: 'One solution of an exercise.' };
}
