/** Running what stands in the editors, and what becomes of code that goes wrong. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  bundled,
  clickLens,
  copied,
  extension,
  lensesOf,
  openLab,
  ourProblems,
  revertAll,
  type,
  verdictOf,
  waitFor,
} from './support.ts';

const ring = () => copied('ring.ts');
const settings = () => vscode.workspace.getConfiguration('systemDesignLabs');

/** The text with a statement at the start of `ownerOf`. */
function inOwnerOf(statement: string): (text: string) => string {
  return (text) => {
    const changed = text.replace(/^ {2}ownerOf\(.*\{$/m, (head) => `${head}\n    ${statement}`);
    assert.notEqual(changed, text, 'ring.ts has an ownerOf');
    return changed;
  };
}

/** Line of the text that holds `needle`, from 0. */
function lineOf(document: vscode.TextDocument, needle: string): number {
  return document
    .getText()
    .split('\n')
    .findIndex((line) => line.includes(needle));
}

async function problemOn(uri: vscode.Uri): Promise<vscode.Diagnostic> {
  const [problem] = await waitFor(`a mark on ${uri.path}`, () => {
    const found = ourProblems(uri);
    return found.length > 0 ? found : undefined;
  });
  return problem!;
}

describe('running', () => {
  const host = process.pid;

  before(async () => {
    await extension();
    // A quarter of a gigabyte is used up sooner than a whole one.
    await settings().update('memoryLimit', 256, vscode.ConfigurationTarget.Global);
  });
  after(() => settings().update('memoryLimit', undefined, vscode.ConfigurationTarget.Global));
  beforeEach(openLab);
  afterEach(async () => {
    await vscode.commands.executeCommand('systemDesignLabs.stop');
    await revertAll();
    assert.equal(process.pid, host);
  });

  it('runs a bundled algorithm and a copied one', async () => {
    for (const uri of [bundled('ring.ts'), ring()]) {
      await vscode.window.showTextDocument(uri);
      await clickLens(uri, 'Run');
      assert.match(await verdictOf(uri), /^\$\(pass\)/, uri.path);
    }
  });

  it('marks a thrown error on its line, until the file is edited', async () => {
    const document = await type(ring(), inOwnerOf(`throw new Error('no owner today');`));
    await clickLens(ring(), 'Run');
    const problem = await problemOn(ring());
    assert.match(problem.message, /no owner today/);
    assert.equal(problem.range.start.line, lineOf(document, 'no owner today'));
    assert.equal(await verdictOf(ring()), '$(error)\u00a0threw an error');

    await type(ring(), (text) => text.replace('no owner today', 'no owner ever'));
    assert.deepEqual(ourProblems(ring()), []);
  });

  it('takes its mark away when the next run begins', async () => {
    await type(ring(), inOwnerOf(`throw new Error('once');`));
    await clickLens(ring(), 'Run');
    await problemOn(ring());
    await clickLens(copied('jump.ts'), 'Run');
    assert.match(await verdictOf(copied('jump.ts')), /^\$\(pass\)/);
    assert.deepEqual(ourProblems(ring()), []);
  });

  it('marks a syntax error', async () => {
    const document = await type(ring(), inOwnerOf(`const = 1;`));
    await clickLens(ring(), 'Run');
    assert.equal((await problemOn(ring())).range.start.line, lineOf(document, 'const = 1;'));
  });

  it('runs an imported file as it stands, unsaved, and marks it', async () => {
    const hash = copied('hash.ts');
    const document = await type(hash, (text) => `${text}\nthrow new Error('hash is out of order');\n`);
    await clickLens(ring(), 'Run');
    const problem = await problemOn(hash);
    assert.match(problem.message, /hash is out of order/);
    assert.equal(problem.range.start.line, lineOf(document, 'hash is out of order'));
  });

  it('stops an endless loop within half a second, and the next run is well', async () => {
    await type(ring(), inOwnerOf('for (;;);'));
    void clickLens(ring(), 'Run');
    await waitFor('the lens to say Stop', async () => {
      const [titles] = (await lensesOf(ring())).values();
      return titles?.[0] === 'Stop' ? true : undefined;
    });
    // Into the loop: a run that has not begun is stopped without an effort.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await vscode.commands.executeCommand('systemDesignLabs.stop');
    assert.equal(await verdictOf(ring()), '$(circle-slash)\u00a0stopped');
    await revertAll();
    await clickLens(ring(), 'Run');
    assert.match(await verdictOf(ring()), /^\$\(pass\)/);
  });

  const ends: readonly (readonly [string, string, RegExp])[] = [
    ['a rejected promise', `void Promise.reject(new Error('left alone'));`, /rejected/],
    [
      'objects that exhaust the memory',
      'const all = []; for (;;) all.push({ key, all: new Array(1000).fill(key) });',
      /memory/,
    ],
    [
      'an array of doubles that exhausts the memory',
      'const all = []; for (;;) all.push(all.length / 3);',
      /memory|crashed/,
    ],
    ['Buffers that exhaust the memory', 'const all = []; for (;;) all.push(Buffer.alloc(1e8, 1));', /memory|crashed/],
    [
      'a Map that exhausts the memory',
      'const all = new Map<number, number>(); for (;;) all.set(all.size, 1);',
      /memory|crashed/,
    ],
    [
      'promises that exhaust the memory',
      'const all: unknown[] = []; for (;;) all.push(new Promise(() => {}));',
      /memory|crashed/,
    ],
    ['process.exit', 'process.exit(0);', /ended its process/],
  ];
  for (const [what, statement, expected] of ends) {
    it(`survives ${what}`, async () => {
      await type(ring(), inOwnerOf(statement));
      await clickLens(ring(), 'Run');
      assert.match(await verdictOf(ring(), 50_000), expected);
      await revertAll();
      await clickLens(ring(), 'Run');
      assert.match(await verdictOf(ring()), /^\$\(pass\)/);
    });
  }

  it('survives a flood on the console', async () => {
    await type(
      ring(),
      inOwnerOf(`for (let i = 0; i < 2000; i++) console.log('a line of some length, again and again', i);`),
    );
    await clickLens(ring(), 'Run');
    assert.match(await verdictOf(ring(), 50_000), /^\$\((pass|error)\)/);
    await revertAll();
    await clickLens(ring(), 'Run');
    assert.match(await verdictOf(ring()), /^\$\(pass\)/);
  });

  const natives: readonly (readonly [string, string])[] = [
    ['a program that it waits for', `process.getBuiltinModule('child_process').spawnSync('sleep', ['60']);`],
    ['a native sort', 'Float64Array.from({ length: 3e7 }, (_, i) => (i * 7919) % 1e6).sort((a, b) => a - b);'],
  ];
  for (const [what, statement] of natives) {
    it(`is stopped inside ${what}`, async () => {
      await type(ring(), inOwnerOf(statement));
      void clickLens(ring(), 'Run');
      await waitFor('the lens to say Stop', async () => {
        const [titles] = (await lensesOf(ring())).values();
        return titles?.[0] === 'Stop' ? true : undefined;
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await vscode.commands.executeCommand('systemDesignLabs.stop');
      assert.equal(await verdictOf(ring()), '$(circle-slash)\u00a0stopped');
    });
  }

  it('runs an algorithm of the learner’s own', async () => {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(copied('modulo.ts')));
    const mine = copied('my-modulo.ts');
    await vscode.workspace.fs.writeFile(mine, new TextEncoder().encode(text.replace(/class \w+ /, 'class Mine ')));
    await clickLens(mine, 'Run');
    assert.match(await verdictOf(mine), /^\$\((pass|error)\).*(check|held|broken)/i);
    await vscode.workspace.fs.delete(mine);
  });
});
