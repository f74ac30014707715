/** Run Benchmark where it can be clicked: at the lens, one at a time, cancelled at once, and nowhere without a plan. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { BenchmarkHistory, benchmarkScheme } from '../../extension/benchmark/benchmark-history.ts';
import type { BenchmarkResult } from '../../extension/run/benchmark/benchmark.ts';
import { earlierBenchmarks, keepBenchmark } from '../../extension/run/benchmark/history.ts';
import { sourceFile } from '../../extension/run/program/prepared.ts';
import { bundled, clickLens, copied, extension, lab, lensesOf, openLab, revertAll, type, waitFor } from './support.ts';

const headlineOf = async (uri: vscode.Uri): Promise<string | undefined> => {
  const titles = [...(await lensesOf(uri)).values()].flat();
  return titles.find((title) => /ops\/s|error/.test(title));
};

/** Keeps what would be told to the learner, and answers with nothing. */
async function told(during: () => Promise<void>): Promise<string[]> {
  const messages: string[] = [];
  const window = vscode.window as unknown as Record<'showInformationMessage', (text: string) => Promise<undefined>>;
  const before = window.showInformationMessage;
  window.showInformationMessage = (text) => {
    messages.push(text);
    return Promise.resolve(undefined);
  };
  try {
    await during();
  } finally {
    window.showInformationMessage = before;
  }
  return messages;
}

/** A kept result of ring.ts with this text. */
function resultOf(at: number, text: string): BenchmarkResult {
  const machine = { processor: 'abacus', cores: 1, platform: 'wood', node: '24.0.0' };
  const files = [sourceFile('ring.ts', text), sourceFile('hash.ts', 'export {};\n')];
  return { lab, algorithms: ['ring'], at, machine, results: [], curves: [], warnings: [], files };
}

describe('a benchmark', () => {
  before(extension);
  afterEach(revertAll);

  it('is not offered where a lab has no plan, and the command says why', async () => {
    const uri = bundled('ring.ts').with({ path: '/shared-rate-limit/store-decides.ts' });
    const lenses = await waitFor('lenses of the lab without a plan', async () => {
      const found = [...(await lensesOf(uri)).values()].flat();
      return found.length > 0 ? found : undefined;
    });
    assert.ok(!lenses.includes('Run benchmark'), lenses.join(', '));
    const target = { lab: 'shared-rate-limit', algorithm: 'store-decides', root: undefined };
    const [message] = await told(async () => {
      await vscode.commands.executeCommand('systemDesignLabs.runBenchmark', target);
    });
    assert.match(message!, /has no benchmark: its algorithms cost messages and waiting/);
  });

  it('says its result at the lens; a second one and a run are told to wait; cancelled, it ends at once', async () => {
    await openLab();
    const ring = copied('ring.ts');
    await type(ring, (text) => text.replace(/^ {2}ownerOf\(.*\{$/m, (head) => `${head}\n    this.toString();`));
    const over = clickLens(ring, 'Run benchmark');
    const headline = await waitFor('a headline at the lens', () => headlineOf(ring), 180_000);
    assert.match(headline, /^[\d.]+( [GMk])? ops\/s · [\d.]+× consistent-hash · /);
    const messages = await told(async () => {
      await clickLens(ring, 'Run benchmark');
      await clickLens(ring, 'Run');
    });
    assert.deepEqual(messages, [
      'A benchmark is running: two at once would disturb each other.',
      'A benchmark is running, and a run would disturb it: wait for it, or cancel it.',
    ]);
    await vscode.commands.executeCommand('systemDesignLabs.cancelBenchmark');
    await over;
  });

  it('says in one line what is wrong with code that throws', async () => {
    await openLab();
    const ring = copied('ring.ts');
    await type(ring, (text) =>
      text.replace(/^ {2}ownerOf\(.*\{$/m, (head) => `${head}\n    if (key !== '') throw new Error('not today');`),
    );
    const over = clickLens(ring, 'Run benchmark');
    const headline = await waitFor(
      'a headline that says so',
      async () => {
        const found = await headlineOf(ring);
        return found?.includes('not today') ? found : undefined;
      },
      180_000,
    );
    assert.match(headline, /threw Error: not today \(ring\.ts:\d+\)/);
    await vscode.commands.executeCommand('systemDesignLabs.cancelBenchmark');
    await over;
  });

  it('shows what two earlier ones have measured as a diff of read-only texts', async () => {
    const storage = vscode.Uri.file(await mkdtemp(path.join(tmpdir(), 'sdl-kept-')));
    const history = new BenchmarkHistory(storage);
    const provider = vscode.workspace.registerTextDocumentContentProvider(benchmarkScheme, history);
    await keepBenchmark(history.folder, resultOf(1, 'one\n'));
    await keepBenchmark(history.folder, resultOf(2, 'another\n'));
    const [after, before] = await earlierBenchmarks(history.folder, lab);
    await history.showTexts({ lab, algorithm: 'ring', before: before!.id, after: after!.id, root: undefined });
    const { input } = await waitFor('the diff', () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const texts = await Promise.all(
      [input.original, input.modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.deepEqual(texts, ['one\n', 'another\n']);
    const messages = await told(() =>
      history.showTexts({ lab, algorithm: 'ring', before: after!.id, after: after!.id, root: undefined }),
    );
    assert.deepEqual(messages, ['Both have measured the same text.']);
    provider.dispose();
    await rm(storage.fsPath, { recursive: true });
  });
});
