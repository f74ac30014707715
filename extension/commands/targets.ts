/** What a command is about: what it was called with, else what the learner has before them, else what they pick. */
import * as vscode from 'vscode';
import type { AlgorithmIndex } from '../copies/algorithm-index.ts';
import type { Copies } from '../copies/copies.ts';
import { runnableOf, type AlgorithmTarget } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { LabPicker } from '../labs/lab-picker.ts';
import type { Playground } from '../panel/playground.ts';
import type { TextChoices } from '../panel/text-choices.ts';
import type { Texts } from '../runs/texts.ts';
import type { LabsNode } from '../tree/labs-tree.ts';

export class Targets {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #algorithms: AlgorithmIndex;
  readonly #texts: Texts;
  readonly #choices: TextChoices;
  readonly #playground: Playground;
  readonly #picker: LabPicker;

  constructor(
    catalogue: Catalogue,
    copies: Copies,
    algorithms: AlgorithmIndex,
    texts: Texts,
    choices: TextChoices,
    playground: Playground,
    picker: LabPicker,
  ) {
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#algorithms = algorithms;
    this.#texts = texts;
    this.#choices = choices;
    this.#playground = playground;
    this.#picker = picker;
  }

  /**
   * The algorithm that a command is about.
   * @param argument what the command was called with: a target (lens), a line of the tree, a file (editor title)
   * @returns undefined when the learner did not pick one
   */
  async algorithm(argument: unknown): Promise<AlgorithmTarget | undefined> {
    if (isTarget(argument)) return argument;
    if (isNode(argument) && argument.kind === 'algorithm') return argument.target;
    const editor = vscode.window.activeTextEditor;
    if (argument instanceof vscode.Uri && argument.toString() !== editor?.document.uri.toString()) {
      const inFile = this.#inDocument(await vscode.workspace.openTextDocument(argument), 0);
      if (inFile) return inFile;
    }
    const inEditor = editor && this.#inDocument(editor.document, editor.selection.active.line);
    if (inEditor) return inEditor;
    const panel = this.#playground.current;
    const { lab, algorithm } = panel?.state ?? {};
    if (panel && lab !== undefined && algorithm !== undefined) {
      return { lab, algorithm, root: this.#choices.copyIn(panel, lab)?.root };
    }
    return this.#pick();
  }

  /** The lab that a command is about. */
  async lab(argument: unknown): Promise<string | undefined> {
    if (typeof argument === 'string') return this.#catalogue.lab(argument)?.id;
    if (isNode(argument) && 'lab' in argument) return argument.lab.id;
    const { heads } = this.#catalogue;
    return heads.length === 1 ? heads[0]!.id : this.#picker.pick();
  }

  /** The file that a command is about. */
  file(argument: unknown): vscode.Uri | undefined {
    if (argument instanceof vscode.Uri) return argument;
    const uri = (argument as { uri?: unknown } | undefined)?.uri;
    return uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
  }

  /** The algorithm of a document at a line: the last that begins at or above it, else the first. */
  #inDocument(document: vscode.TextDocument, line: number): AlgorithmTarget | undefined {
    const file = this.#copies.fileOf(document.uri);
    const lab = file && this.#catalogue.lab(file.lab);
    if (!lab) return undefined;
    const algorithms = runnableOf(this.#algorithms.inEditor(document, lab, file.file), file.copy !== undefined);
    const found = algorithms.findLast((algorithm) => algorithm.line <= line) ?? algorithms[0];
    return found && { lab: lab.id, algorithm: found.id, root: file.copy?.root };
  }

  async #pick(): Promise<AlgorithmTarget | undefined> {
    const items = this.#catalogue.all.flatMap((lab) => [
      { label: lab.title, kind: vscode.QuickPickItemKind.Separator, target: undefined },
      ...lab.algorithms
        .filter(({ broken }) => !broken)
        .map(({ id, title, summary }) => ({
          label: title,
          detail: summary,
          kind: vscode.QuickPickItemKind.Default,
          target: { lab: lab.id, algorithm: id, root: this.#texts.usual(lab.id)?.root },
        })),
    ]);
    return (await vscode.window.showQuickPick(items, { placeHolder: 'Which algorithm?', matchOnDetail: true }))?.target;
  }
}

function isTarget(argument: unknown): argument is AlgorithmTarget {
  const { lab, algorithm } = (argument ?? {}) as Partial<AlgorithmTarget>;
  return typeof lab === 'string' && typeof algorithm === 'string';
}

function isNode(argument: unknown): argument is LabsNode {
  return typeof (argument as { kind?: unknown } | undefined)?.kind === 'string';
}
