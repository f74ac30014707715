/** Copies that come, go, are renamed or get a broken record while the window is open. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  answering,
  clickLens,
  copied,
  copyRoot,
  lab,
  lensesOf,
  openLab,
  revertAll,
  type,
  verdictOf,
  waitFor,
} from './support.ts';

/** All that the lenses of a document say. */
const titlesIn = async (uri: vscode.Uri): Promise<string[]> => [...(await lensesOf(uri)).values()].flat();
const runsIn = (uri: vscode.Uri): Promise<unknown> =>
  waitFor(`Run above ${uri.path}`, async () => (await titlesIn(uri)).includes('Run'));
const nothingIn = (uri: vscode.Uri): Promise<unknown> =>
  waitFor(`no lens above ${uri.path}`, async () => (await titlesIn(uri)).length === 0);

const record = (): string => path.join(copyRoot(), '.system-design-labs/copy.json');
const read = (uri: vscode.Uri): Promise<string> => readFile(uri.fsPath, 'utf8');

describe('copies that come and go', function () {
  this.timeout(180_000);
  beforeEach(openLab);
  afterEach(revertAll);

  it('are followed through two checkouts and back, with an unsaved edit open, which is what runs', async () => {
    const gitFolder = await mkdtemp(path.join(os.tmpdir(), 'sdl-git-'));
    const workTree = path.dirname(copyRoot());
    const git = async (...args: string[]): Promise<unknown> => {
      const who = ['-c', 'user.name=Learner', '-c', 'user.email=learner@localhost'];
      const where = [`--git-dir=${gitFolder}`, `--work-tree=${workTree}`];
      return promisify(execFile)('git', [...where, ...who, ...args], { cwd: workTree });
    };
    try {
      await git('init', '--initial-branch=without');
      await git('commit', '--allow-empty', '--message=nothing yet');
      await git('checkout', '-b', 'with');
      await git('add', '--force', path.basename(copyRoot()));
      await git('commit', '--message=a copy of the labs');
      const document = await type(copied('ring.ts'), (text) =>
        text.replace(/^ {2}ownerOf\((.*)\{$/m, (head) => `${head}\n    throw new Error('unsaved');`),
      );
      const typed = document.getText();
      await runsIn(document.uri);

      for (let round = 1; round <= 2; round++) {
        await git('checkout', '--force', 'without');
        assert.equal(existsSync(copied('lab.ts').fsPath), false);
        await nothingIn(document.uri);
        await git('checkout', '--force', 'with');
        await clickLens(document.uri, 'Run');
        assert.match(await verdictOf(document.uri), /threw an error/, `round ${round}`);
        assert.equal(document.getText(), typed);
        assert.ok(document.isDirty);
      }
    } finally {
      await git('checkout', '--force', 'with').catch(() => undefined);
      await rm(gitFolder, { recursive: true });
    }
  });

  it('are found under another name, and are called by it', async () => {
    const other = path.join(path.dirname(copyRoot()), 'my labs');
    await runsIn(copied('jump.ts'));
    await rename(copyRoot(), other);
    try {
      await runsIn(vscode.Uri.file(path.join(other, lab, 'jump.ts')));
    } finally {
      await rename(other, copyRoot());
    }
    await runsIn(copied('jump.ts'));
  });

  it('say that their record has conflict marks, and a click mends it and changes no file of a lab', async () => {
    await writeFile(copied('ring.ts').fsPath, `// mine\n${await read(copied('ring.ts'))}`);
    const before = await read(copied('ring.ts'));
    const text = await readFile(record(), 'utf8');
    await answering('showWarningMessage', undefined, async (asked) => {
      await writeFile(record(), `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`);
      await waitFor('a word about it', () => asked.some((said) => /conflict marks/.test(String(said))));
    });
    const uri = copied('ring.ts');
    await waitFor('a lens that says so', async () =>
      (await titlesIn(uri)).some((title) => /broken record/.test(title)),
    );
    await clickLens(uri, 'This copy has a broken record, so it does not run: mend it');
    await runsIn(uri);
    assert.equal(await read(uri), before);
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('systemDesignLabs.resetToOriginal', uri);
    await vscode.workspace.save(uri);
    assert.doesNotMatch(await read(uri), /mine/);
  });

  it('are taken over by Open Lab when they have lost their record', async () => {
    await rm(path.dirname(record()), { recursive: true });
    await nothingIn(copied('jump.ts'));
    await writeFile(copied('own.md').fsPath, 'mine\n');
    await openLab();
    await runsIn(copied('jump.ts'));
    assert.equal(await read(copied('own.md')), 'mine\n');
    await rm(copied('own.md').fsPath);
  });

  it('say that the folder of a lab was renamed instead of making a fresh one', async () => {
    const other = path.join(copyRoot(), 'my-hashing');
    await rename(path.join(copyRoot(), lab), other);
    await nothingIn(copied('jump.ts'));
    await answering('showWarningMessage', undefined, async (asked) => {
      await vscode.commands.executeCommand('systemDesignLabs.openLab', lab);
      assert.match(String(asked), /is called my-hashing now/);
    });
    assert.equal(existsSync(path.join(copyRoot(), lab)), false);
    await answering('showWarningMessage', 'Rename It Back', () =>
      vscode.commands.executeCommand('systemDesignLabs.openLab', lab),
    );
    assert.equal(existsSync(other), false);
    await runsIn(copied('jump.ts'));
  });

  it('are not mistaken for a folder of somebody else', async () => {
    const foreign = path.join(path.dirname(copyRoot()), 'foreign');
    await mkdir(path.join(foreign, '.system-design-labs'), { recursive: true });
    await writeFile(path.join(foreign, 'letter.ts'), 'export const dear = 1;\n');
    assert.deepEqual(await titlesIn(vscode.Uri.file(path.join(foreign, 'letter.ts'))), []);
    await rm(foreign, { recursive: true });
  });
});
