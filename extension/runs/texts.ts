/** Whose text runs: the one place where what a learner points at becomes code to run, measure or debug. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { CopyName } from '../../labs/engine/protocol/panel.ts';
import type { Copies, Copy } from '../copies/copies.ts';
import { textInEditor } from '../copies/open-texts.ts';
import { algorithmsIn, placeOf, type AlgorithmTarget } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { ChoosableTexts } from '../panel/text-choices.ts';
import { RunFailureError, type LabSource, type OwnAlgorithm } from '../run/run.ts';

export class Texts implements ChoosableTexts {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;

  constructor(catalogue: Catalogue, copies: Copies) {
    this.#catalogue = catalogue;
    this.#copies = copies;
  }

  /** The copy of a lab that runs when nothing says otherwise; undefined, for the bundled text, where none may. */
  usual(lab: string): CopyName | undefined {
    const copy = vscode.workspace.isTrusted ? this.#copies.withLab(lab)[0] : undefined;
    return copy && nameOf(copy);
  }

  /** Whether there is any copy that holds a lab. */
  copied(lab: string): boolean {
    return this.#copies.withLab(lab).length > 0;
  }

  /** What the copy in a folder is, or was, called. */
  nameOf(root: string): CopyName {
    const copy = this.#copies.known.find((known) => known.root === root);
    return copy ? nameOf(copy) : { root, label: path.basename(root) };
  }

  /** Whether a copy is there, and still holds a lab. */
  holds(root: string, lab: string): boolean {
    const copy = this.#copies.known.find((known) => known.root === root);
    return copy !== undefined && copy.labs.includes(lab) && existsSync(path.join(root, lab, 'lab.ts'));
  }

  /**
   * The text that a target means. A copy that has gone is refused: nothing ever runs in its place.
   * @throws RunFailureError where the copy is gone, or the workspace not trusted
   */
  async sourceOf({ lab, algorithm, root }: AlgorithmTarget): Promise<LabSource> {
    if (root === undefined) return { kind: 'bundled' };
    if (!vscode.workspace.isTrusted) throw new RunFailureError(untrusted);
    if (!this.holds(root, lab)) throw new RunFailureError(gone(root));
    const own = await this.#ownAlgorithm(root, lab, algorithm);
    return { kind: 'folder', ...this.nameOf(root), ...(own ? { extra: [own] } : {}) };
  }

  /** The learner's own algorithm of that id; undefined for one that the lab, or its lab.ts in the copy, names. */
  async #ownAlgorithm(root: string, lab: string, id: string): Promise<OwnAlgorithm | undefined> {
    const entry = this.#catalogue.lab(lab);
    const place = placeOf(id);
    if (!entry || place === undefined || entry.algorithms.some((algorithm) => algorithm.id === id)) return undefined;
    const file = path.join(root, lab, place);
    if (!existsSync(file)) return undefined;
    const found = algorithmsIn(textInEditor(file) ?? (await readFile(file, 'utf8')), entry, place).find(
      (one) => one.own && one.id === id,
    );
    return found && { id, file, export: found.export, contract: found.contract };
  }
}

function nameOf({ root, label }: Copy): CopyName {
  return { root, label };
}

/** Code of the learner's own in a workspace that is not trusted. */
export const untrusted: RunFailure = {
  reason: 'untrusted',
  message:
    'This workspace is not trusted, so code of your own does not run here: trust it (Manage Workspace Trust), or run the bundled original.',
};

function gone(root: string): RunFailure {
  return {
    reason: 'gone',
    message: `Your copy in ${root} is not there any more, or not part of this window: bring it back, or run the bundled text.`,
  };
}
