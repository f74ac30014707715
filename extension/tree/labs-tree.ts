/** The Labs view: chapter → lab → theory, algorithms, what is broken on purpose, exercises. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Chapter } from '../../labs/engine/lab/lab.ts';
import type { AlgorithmIndex } from '../copies/algorithm-index.ts';
import type { Copies, Copy } from '../copies/copies.ts';
import { unsavedTexts } from '../copies/open-texts.ts';
import { editedFiles } from '../copy/edited-files.ts';
import { bundledFiles, type Product } from '../copy/layout.ts';
import { bundledUri } from '../files/bundled-files.ts';
import { command } from '../ids.ts';
import type { AlgorithmTarget } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { Progress, Step } from '../progress/progress.ts';

/** A line of the tree. */
export type LabsNode =
  | { kind: 'chapter'; chapter: Chapter }
  | { kind: 'lab'; lab: LabEntry }
  | { kind: 'theory'; lab: LabEntry }
  | {
      kind: 'algorithm';
      lab: LabEntry;
      algorithm: AlgorithmEntry;
      target: AlgorithmTarget;
      mark: 'edited' | 'yours' | '';
    }
  | { kind: 'broken'; lab: LabEntry; children: LabsNode[] }
  | { kind: 'exercises'; lab: LabEntry; files: string[] }
  | { kind: 'exercise'; lab: LabEntry; file: string };

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Labs that a tree shows at a glance: where there are more, its chapters are closed at first, and what is in them is not read. */
const seenAtOnce = 12;

const icons: Record<Step, vscode.ThemeIcon> = {
  untouched: new vscode.ThemeIcon('circle-large'),
  opened: new vscode.ThemeIcon('color-mode'),
  run: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
};

export class LabsTree implements vscode.TreeDataProvider<LabsNode>, vscode.Disposable {
  readonly #product: Product;
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #algorithms: AlgorithmIndex;
  readonly #progress: Progress;
  /** The lines of labs, each the same as long as the tree is there. */
  readonly #labNodes = new Map<string, LabsNode & { kind: 'lab' }>();
  readonly #bundled = new Map<string, Promise<string[]>>();
  readonly #changed = new vscode.EventEmitter<LabsNode | undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(product: Product, catalogue: Catalogue, copies: Copies, algorithms: AlgorithmIndex, progress: Progress) {
    this.#product = product;
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#algorithms = algorithms;
    this.#progress = progress;
    const tell = (): void => this.#changed.fire(undefined);
    this.#subscriptions = vscode.Disposable.from(
      copies.onDidChange((news) => {
        if (news.copies) tell();
        else for (const lab of new Set(news.labs.map((one) => one.lab))) this.#changed.fire(this.#labNodes.get(lab));
      }),
      progress.onDidChange(tell),
    );
  }

  async getChildren(node?: LabsNode): Promise<LabsNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.#catalogue.chapters.map((chapter) => ({ kind: 'chapter', chapter }));
      case 'chapter':
        return this.#catalogue.heads
          .filter(({ chapter }) => chapter === node.chapter)
          .map(({ id }) => this.#nodeOf(this.#catalogue.lab(id)!));
      case 'lab':
        return this.#partsOf(node.lab);
      case 'broken':
        return node.children;
      case 'exercises':
        return node.files.map((file) => ({ kind: 'exercise', lab: node.lab, file }));
      default:
        return [];
    }
  }

  #nodeOf(lab: LabEntry): LabsNode {
    const node = this.#labNodes.get(lab.id) ?? { kind: 'lab', lab };
    this.#labNodes.set(lab.id, node);
    return node;
  }

  /** What ships of a lab does not change while a window is open. */
  #bundledFiles(lab: string): Promise<string[]> {
    const files = this.#bundled.get(lab) ?? bundledFiles(this.#product, lab);
    this.#bundled.set(lab, files);
    return files;
  }

  async #partsOf(lab: LabEntry): Promise<LabsNode[]> {
    const [copy] = this.#copies.withLab(lab.id);
    const files = await this.#bundledFiles(lab.id);
    const edited = copy ? await this.#editedIn(copy, lab) : new Set<string>();
    const nodeOf = (algorithm: AlgorithmEntry, mark: 'edited' | 'yours' | ''): LabsNode => ({
      kind: 'algorithm',
      lab,
      algorithm,
      target: { lab: lab.id, algorithm: algorithm.id, root: copy?.root },
      mark,
    });
    const listed = (algorithm: AlgorithmEntry): LabsNode =>
      nodeOf(algorithm, edited.has(algorithm.file) ? 'edited' : '');
    const own = copy ? await this.#algorithms.own(copy, lab) : [];
    const broken = lab.algorithms.filter((algorithm) => algorithm.broken);
    const exercises = files.filter((file) => /^exercises\/[^/]+$/.test(file));
    return [
      ...(files.includes('theory.md') ? [{ kind: 'theory' as const, lab }] : []),
      ...lab.algorithms.filter((algorithm) => !algorithm.broken).map(listed),
      ...own.filter(({ file }) => !files.includes(file)).map((algorithm) => nodeOf(algorithm, 'yours')),
      ...(broken.length > 0 ? [{ kind: 'broken' as const, lab, children: broken.map(listed) }] : []),
      ...(exercises.length > 0 ? [{ kind: 'exercises' as const, lab, files: exercises }] : []),
    ];
  }

  async #editedIn(copy: Copy, lab: LabEntry): Promise<Set<string>> {
    const edited = await editedFiles(copy, unsavedTexts(), [lab.id]);
    return new Set(edited.map(({ file }) => file));
  }

  getTreeItem(node: LabsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'chapter':
        return new vscode.TreeItem(node.chapter, this.#catalogue.heads.length > seenAtOnce ? Collapsed : Expanded);
      case 'lab':
        return this.#labItem(node.lab);
      case 'theory': {
        const item = new vscode.TreeItem('Theory', None);
        item.iconPath = new vscode.ThemeIcon('book');
        item.tooltip = 'What it is, why one wants it, what it costs, where it is used';
        item.command = { command: command.openTheory, title: 'Open Theory', arguments: [node] };
        return item;
      }
      case 'algorithm':
        return this.#algorithmItem(node);
      case 'broken': {
        const item = new vscode.TreeItem('Broken on purpose', Collapsed);
        item.iconPath = new vscode.ThemeIcon('bug');
        item.tooltip = 'Plausible bugs. Find them: each is caught by a check.';
        return item;
      }
      case 'exercises': {
        const item = new vscode.TreeItem('Exercises', Collapsed);
        item.iconPath = new vscode.ThemeIcon('mortar-board');
        return item;
      }
      case 'exercise': {
        const item = new vscode.TreeItem(titleOf(node.file), None);
        item.iconPath = new vscode.ThemeIcon(node.file.endsWith('.md') ? 'note' : 'symbol-file');
        item.command = { command: 'vscode.open', title: 'Open', arguments: [this.uriOf(node.lab, node.file)] };
        return item;
      }
    }
  }

  #labItem(lab: LabEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(lab.title, this.#catalogue.heads.length === 1 ? Expanded : Collapsed);
    const algorithms = lab.algorithms.filter(({ broken }) => !broken);
    const run = algorithms.filter((algorithm) => this.#progress.of(lab, algorithm) === 'run').length;
    const tours = lab.scenarios.filter(({ tour }) => tour).length;
    const taken = this.#progress.toursTaken(lab, lab.scenarios);
    item.id = lab.id;
    item.iconPath = new vscode.ThemeIcon('beaker');
    const [copy, other] = this.#copies.withLab(lab.id);
    item.description = [
      `${run} of ${algorithms.length}`,
      ...(taken > 0 ? [`tour ${taken} of ${tours}`] : []),
      ...(copy && other ? [copy.label] : []), // whose algorithms are listed, where it may be either
    ].join(' · ');
    item.contextValue = 'lab';
    item.tooltip = new vscode.MarkdownString(
      `**${lab.title}** · ${lab.level}\n\n${lab.summary}\n\n${lab.concepts.join(' · ')}\n\n` +
        `${run} of ${algorithms.length} algorithms run so far${tours > 0 ? `, ${taken} of ${tours} tours taken` : ''}.`,
    );
    return item;
  }

  #algorithmItem({ lab, algorithm, mark }: LabsNode & { kind: 'algorithm' }): vscode.TreeItem {
    const step = this.#progress.of(lab, algorithm);
    const item = new vscode.TreeItem(algorithm.title, None);
    item.id = `${lab.id}/${algorithm.id}`;
    item.iconPath = icons[step];
    if (mark !== '') item.description = mark;
    item.contextValue = lab.benchmarked ? 'algorithm benchmarked' : 'algorithm';
    const progress = { untouched: 'Not opened yet', opened: 'Opened, not run yet', run: 'Run' }[step];
    item.tooltip = new vscode.MarkdownString(`**${algorithm.title}**\n\n${algorithm.summary}\n\n${progress}.`);
    item.accessibilityInformation = { label: `${algorithm.title}, ${progress}${mark === '' ? '' : `, ${mark}`}` };
    item.command = { command: 'vscode.open', title: 'Open', arguments: [this.uriOf(lab, algorithm.file)] };
    return item;
  }

  /** A file of a lab: the learner's where they have a copy, the bundled one otherwise. */
  uriOf(lab: LabEntry, file: string): vscode.Uri {
    const [copy] = this.#copies.withLab(lab.id);
    return copy ? vscode.Uri.file(path.join(copy.root, lab.id, file)) : bundledUri(lab.id, file);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

/** `exercises/2-weighted-ring.ts` reads as: 2 weighted ring. */
function titleOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
