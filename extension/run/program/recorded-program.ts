/** The code of an earlier run, ready to run again. */
import path from 'node:path';
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import { RunFailureError } from '../run.ts';
import type { Prepared } from './prepared.ts';
import { urlOf } from './source-files.ts';

/**
 * @param dist the built files, for the engine where the record holds no bundle
 * @throws RunFailureError when the record has no code: it failed before there was any
 */
export function preparedFromRecord({ id, lab, program }: RunRecord, dist: string): Prepared {
  if (program?.bundle !== undefined) {
    // The folder that the code came from may be gone; nothing in a bundle needs it.
    const url = urlOf(path.join(dist, 'labs', `${id}.mjs`));
    return { program, code: { kind: 'bundle', url, text: program.bundle } };
  }
  if (program?.entry === undefined) {
    throw new RunFailureError({ reason: 'request', message: `that run of ${lab} kept no code: run the lab anew` });
  }
  return {
    program,
    code: {
      kind: 'sources',
      entry: program.entry,
      texts: Object.fromEntries(program.files.map(({ file, text }) => [file, text])),
      engine: path.join(dist, 'engine.mjs'),
    },
  };
}
