/** The code that a run file carries: which files, and under names that mean the same on every machine. */
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { RecordError } from '../../labs/engine/record/record-file.ts';

/** A source file in a run file. */
export interface CarriedFile {
  /** Its place among the record's files. */
  index: number;
  /** `<lab>/<file>`, with forward slashes; never leads out of the folder that it is put in. */
  name: string;
  text: string;
}

/** A module of the run service's own making: it joins a learner's own algorithms to a lab, by absolute paths. */
const joined = 'lab-with-your-own.ts';

/**
 * The lab's own files in a record.
 * @throws RecordError when there are none, or one of them lies outside of the lab's copy
 */
export function carriedFiles({ lab, program }: Pick<RunRecord, 'lab' | 'program'>): CarriedFile[] {
  if (!/^[\w-]+$/.test(lab)) throw new RecordError(`'${lab}' is no name of a lab`);
  const root = rootOf(program?.files ?? [], lab);
  const files = (program?.files ?? []).flatMap(({ file, text }, index) => {
    const name = root === undefined ? undefined : nameWithin(root, file);
    if (name?.endsWith(`/${joined}`)) return [];
    if (name === undefined || !isPlainPath(name)) {
      throw new RecordError(`this run used a file outside of its lab ('${file}'), so it can be looked at but not run`);
    }
    return [{ index, name, text }];
  });
  if (files.length === 0) throw new RecordError('this run kept no code: run the lab anew');
  return files;
}

/**
 * A record as it is given away: without the folders of the machine that it ran on, and without the bundle, which
 * nobody can read and nobody should have to trust.
 */
export function portable(record: RunRecord): RunRecord {
  const { copy: _, ...given } = record;
  const { program, failure } = given;
  const root = rootOf(program?.files ?? [], record.lab);
  const shown = (file: string): string => nameWithin(root, file) ?? file.slice(file.lastIndexOf('/') + 1);
  const folders = root === undefined || root === '' || isBundled(root) ? [] : [root, root.replaceAll('/', '\\')];
  const cleared = (text: string): string =>
    folders.reduce((left, folder) => left.replaceAll(`file://${folder}`, '').replaceAll(folder, ''), text);
  return {
    ...given,
    console: record.console.map(cleared),
    ...(program && {
      program: {
        lab: program.lab,
        edited: program.edited,
        files: program.files
          .filter(({ file }) => !slashed(file).endsWith(`/${joined}`))
          .map((source) => ({ ...source, file: isBundled(source.file) ? source.file : shown(slashed(source.file)) })),
      },
    }),
    ...(failure && {
      failure: {
        ...failure,
        message: cleared(failure.message),
        ...(failure.stack === undefined ? {} : { stack: cleared(failure.stack) }),
        ...(failure.location && {
          location: {
            ...failure.location,
            file: isBundled(failure.location.file) ? failure.location.file : shown(slashed(failure.location.file)),
          },
        }),
      },
    }),
  };
}

/** What stands before `<lab>/…` in the names of a record's files. */
function rootOf(files: readonly { file: string }[], lab: string): string | undefined {
  for (const { file } of files) {
    const slash = `/${slashed(file)}`;
    const at = slash.lastIndexOf(`/${lab}/`);
    if (at >= 0) return slash.slice(1, at + 1);
  }
  return undefined;
}

function nameWithin(root: string | undefined, file: string): string | undefined {
  const path = slashed(file);
  return root !== undefined && path.startsWith(root) ? path.slice(root.length) : undefined;
}

/** Only ordinary names on the way, none that climbs, none that another system reads as a drive. */
function isPlainPath(name: string): boolean {
  return name.split('/').every((part) => /^[\w@][\w@ .-]*$/.test(part) && !part.endsWith('.'));
}

function isBundled(file: string): boolean {
  return file.startsWith('sdlabs:/');
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}
