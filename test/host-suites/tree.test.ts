/** The Labs and Your Copy views: what they list, and how far the learner has come. */
import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { AlgorithmIndex } from '../../extension/copies/algorithm-index.ts';
import { Copies } from '../../extension/copies/copies.ts';
import { documentsUnder } from '../../extension/copies/open-texts.ts';
import { Catalogue } from '../../extension/labs/catalogue.ts';
import { Progress } from '../../extension/progress/progress.ts';
import { CopyTree, type CopyNode } from '../../extension/tree/copy-tree.ts';
import { LabsTree, type LabsNode } from '../../extension/tree/labs-tree.ts';
import { copied, copyRoot, extension, lab, openLab, revertAll, type, waitFor } from './support.ts';

/** What an extension remembers, for this suite alone. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: async (key, value) => void values.set(key, value),
  } as vscode.Memento;
}

describe('the trees', () => {
  let copies: Copies;
  let progress: Progress;
  let labs: LabsTree;
  let copy: CopyTree;
  let log: vscode.LogOutputChannel;

  before(async () => {
    await openLab();
    const { extensionPath, packageJSON } = await extension();
    const product = { extensionPath, version: packageJSON.version };
    log = vscode.window.createOutputChannel('Tree suite', { log: true });
    copies = new Copies(product, memento(), log);
    await copies.refresh();
    progress = new Progress(memento());
    labs = new LabsTree(
      product,
      new Catalogue(path.join(extensionPath, 'dist')),
      copies,
      new AlgorithmIndex(documentsUnder),
      progress,
    );
    copy = new CopyTree(copies);
  });
  after(() => vscode.Disposable.from(labs, copy, copies, log).dispose());
  afterEach(revertAll);

  async function labNode(): Promise<LabsNode & { kind: 'lab' }> {
    for (const chapter of await labs.getChildren()) {
      for (const node of await labs.getChildren(chapter)) {
        if (node.kind === 'lab' && node.lab.id === lab) return node;
      }
    }
    throw new Error(`${lab} is not in the tree`);
  }

  async function algorithm(id: string): Promise<LabsNode & { kind: 'algorithm' }> {
    const nodes = await labs.getChildren(await labNode());
    return nodes.find((node) => node.kind === 'algorithm' && node.algorithm.id === id) as LabsNode & {
      kind: 'algorithm';
    };
  }

  /** The line of Your Copy for a file of the lab. */
  async function lineOf(file: string): Promise<CopyNode | undefined> {
    const [root] = await copy.getChildren();
    return (await copy.getChildren(root)).find((node) => node.kind === 'file' && node.file.file === file);
  }

  it('lists chapters, labs and what a lab is made of, in the order of the lab', async () => {
    const node = await labNode();
    assert.equal(node.lab.chapter, 'Data');
    const parts = await labs.getChildren(node);
    const ids = parts.flatMap((part) =>
      part.kind === 'algorithm' && part.mark !== 'yours' ? [part.algorithm.id] : [],
    );
    assert.deepEqual(ids, ['modulo', 'ring', 'jump', 'rendezvous', 'maglev', 'bounded-loads']);
    assert.deepEqual(
      parts.map(({ kind }) => kind).filter((kind) => kind !== 'algorithm'),
      ['theory', 'broken', 'exercises'],
    );
    for (const group of parts.filter(({ kind }) => kind === 'broken' || kind === 'exercises')) {
      assert.equal((await labs.getChildren(group)).length, 3);
    }
  });

  it("opens the learner's file, and its theory as a page", async () => {
    const item = labs.getTreeItem(await algorithm('ring'));
    assert.equal(item.command?.command, 'vscode.open');
    assert.equal((item.command.arguments![0] as vscode.Uri).fsPath, copied('ring.ts').fsPath);
    await vscode.commands.executeCommand('systemDesignLabs.openTheory', lab);
    await waitFor('the page', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Preview theory.md'),
    );
  });

  it('shows how far the learner has come', async () => {
    const icon = async (): Promise<string> =>
      (labs.getTreeItem(await algorithm('ring')).iconPath as vscode.ThemeIcon).id;
    const untouched = await icon();
    await progress.reach(lab, 'ring', 'opened');
    const opened = await icon();
    await progress.reach(lab, 'ring', 'run');
    assert.equal(new Set([untouched, opened, await icon()]).size, 3);
    await progress.reach(lab, 'ring', 'opened');
    assert.equal(progress.of({ id: lab }, { id: 'ring' }), 'run', 'a step back changes nothing');
    assert.match(String(labs.getTreeItem(await labNode()).description), /^1 of 6/);
  });

  it('marks what is edited, unsaved or not, and what is the learner’s own', async () => {
    assert.equal(await lineOf('ring.ts'), undefined);
    await type(copied('ring.ts'), (text) => `${text}\n// mine\n`);
    assert.equal((await algorithm('ring')).mark, 'edited');
    const line = (await lineOf('ring.ts'))!;
    assert.equal(copy.getTreeItem(line).contextValue, 'edited');
    assert.equal(copy.getTreeItem(line).command?.command, 'systemDesignLabs.compareWithOriginal');

    const own = copied('tree-of-mine.ts');
    const text = 'export class TreeOfMine implements KeyPlacement {}\n';
    await vscode.workspace.fs.writeFile(own, new TextEncoder().encode(text));
    assert.equal((await algorithm('tree-of-mine')).mark, 'yours');
    await vscode.workspace.fs.delete(own);
  });

  it('show a copy with a broken record, with the command that mends it, and a lab that was renamed', async () => {
    const record = path.join(copyRoot(), '.system-design-labs/copy.json');
    const text = await readFile(record, 'utf8');
    const other = path.join(copyRoot(), 'my-hashing');
    try {
      await writeFile(record, '{');
      await copies.refresh();
      const [line] = await copy.getChildren();
      assert.equal(line?.kind, 'broken');
      assert.equal(copy.getTreeItem(line).command?.command, 'systemDesignLabs.mendCopy');
      assert.equal(copy.getTreeItem(line).contextValue, 'broken');
    } finally {
      await writeFile(record, text);
    }
    try {
      await rename(path.dirname(copied('ring.ts').fsPath), other);
      await copies.refresh();
      const [root] = await copy.getChildren();
      const [first] = await copy.getChildren(root);
      assert.deepEqual(first, { kind: 'renamed', lab, folder: 'my-hashing' });
      assert.equal(copy.getTreeItem(first).label, 'my-hashing');
    } finally {
      await rename(other, path.dirname(copied('ring.ts').fsPath));
    }
    await copies.refresh();
    assert.equal((await copy.getChildren()).length, 1);
  });
});
