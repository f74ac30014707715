/** Runs as files: saved, opened without executing anything, and run again only after their code was shown. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { decodeRecord } from '../../labs/engine/record/record-file.ts';
import { problemPage, runAndSave, saveShown, withCode, writeRecord } from './run-file-support.ts';
import { answering, bundled, copied, extension, openLab, revertAll, type, waitFor } from './support.ts';

const runFileAgain = 'systemDesignLabs.runFileAgain';

async function open(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri);
  await waitFor(`an editor of ${uri.path}`, () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputCustom && input.uri.path === uri.path ? input : undefined;
  });
}

describe('run files', () => {
  before(extension);
  beforeEach(openLab);
  afterEach(revertAll);

  it('come back from a save and an opening as they were', async () => {
    const uri = await runAndSave(bundled('ring.ts'), 'whole.sdlrun');
    const record = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(uri)));
    assert.equal(record.state, 'finished');
    assert.equal(record.program?.bundle, undefined, 'the bundle stays at home');
    await open(uri);
    const again = await saveShown('again.sdlrun');
    assert.deepEqual(await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(again))), record);
  });

  it('name no folder of the machine that they were made on', async () => {
    await type(copied('ring.ts'), (text) => `${text}\n// mine\n`);
    const uri = await runAndSave(copied('ring.ts'), 'mine.sdlrun');
    const record = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(uri)));
    const names = record.program!.files.map(({ file }) => file);
    assert.ok(names.includes('consistent-hashing/ring.ts'), names.join());
    assert.ok(!JSON.stringify({ ...record, columns: 0 }).includes(path.dirname(copied('').fsPath)));
  });

  it('run again at once where their code is ours', async () => {
    const uri = await runAndSave(bundled('ring.ts'), 'ours.sdlrun');
    const { report } = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(uri)));
    await open(uri);
    await answering('showWarningMessage', undefined, async (asked) => {
      await vscode.commands.executeCommand(runFileAgain, uri);
      const shown = await waitFor('the end of the run', () => saveShown('second.sdlrun').catch(() => undefined));
      const second = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(shown)));
      assert.equal(second.report?.trace.hash, report?.trace.hash);
      assert.deepEqual(asked, []);
    });
  });

  it('show code that is not ours, and run it only by a click', async () => {
    const saved = await runAndSave(bundled('ring.ts'), 'basis.sdlrun');
    const { uri, marker, hidden } = await withCode(saved, 'foreign.sdlrun');
    await open(uri);
    assert.equal(existsSync(marker), false, 'opening executes nothing');

    await answering('showWarningMessage', undefined, async (asked) => {
      await vscode.commands.executeCommand(runFileAgain, uri);
      assert.equal(asked.length, 1);
      assert.match(String(asked[0]), /differs from ours in 1 file\b/);
    });
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
    assert.ok(
      tabs.some((label) => label.startsWith('Code in foreign.sdlrun')),
      tabs.join(),
    );
    assert.equal(existsSync(marker), false, 'without a click nothing runs');

    await answering('showWarningMessage', 'Run This Code', () => vscode.commands.executeCommand(runFileAgain, uri));
    await waitFor('the carried code to have run', () => existsSync(marker) || undefined);
    assert.equal(existsSync(hidden), false, 'what ran is what was shown');
    await Promise.all([marker, hidden].map((file) => rm(file, { force: true })));
  });

  it('say what is wrong with what is damaged, foreign, newer or of another lab', async () => {
    const good = await runAndSave(bundled('ring.ts'), 'good.sdlrun');
    const bytes = Buffer.from(await vscode.workspace.fs.readFile(good));
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1]! ^= 1;
    const newer = Buffer.from(bytes);
    newer.writeUInt32LE(99, 8);
    const cases: [string, Buffer, RegExp][] = [
      ['flipped.sdlrun', flipped, /damaged: its checksum/],
      ['short.sdlrun', bytes.subarray(0, bytes.length - 40), /cut short/],
      ['empty.sdlrun', Buffer.alloc(0), /not a run of System Design Labs/],
      ['stranger.sdlrun', Buffer.from('<script>alert(1)</script>'.repeat(9)), /not a run of System Design Labs/],
      ['newer.sdlrun', newer, /version 99.*update System Design Labs/],
    ];
    for (const [name, content, expected] of cases) {
      const uri = vscode.Uri.joinPath(good, '..', name);
      await vscode.workspace.fs.writeFile(uri, content);
      await open(uri);
      assert.match(await problemPage(uri), expected, name);
      assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(uri)), content, 'the file is as it was');
    }
    const record = await decodeRecord(bytes);
    const other = await writeRecord(
      { ...record, lab: 'paxos', report: { ...record.report!, lab: 'paxos' } },
      '<b>other.sdlrun',
    );
    assert.match(await problemPage(other), /lab &#39;paxos&#39;|lab 'paxos'/);
    assert.match(await problemPage(other), /&lt;b&gt;other/);
  });

  it('are shown anew when they change on disk, damaged or whole', async () => {
    const uri = await runAndSave(bundled('ring.ts'), 'changing.sdlrun');
    const other = await runAndSave(bundled('jump.ts'), 'other.sdlrun');
    const bytes = await vscode.workspace.fs.readFile(other);
    const { id } = await decodeRecord(Buffer.from(bytes));
    await open(uri);
    const shows = (wanted: string) =>
      waitFor(`${wanted} on the screen`, async () => {
        const saved = await saveShown('shown.sdlrun').catch(() => undefined);
        const record = saved && (await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(saved))));
        return record?.id === wanted ? true : undefined;
      });
    await vscode.workspace.fs.writeFile(uri, bytes.subarray(0, 100));
    await waitFor('nothing to save of what is damaged', () =>
      saveShown('shown.sdlrun').then(
        () => undefined,
        () => true,
      ),
    );
    await vscode.workspace.fs.writeFile(uri, bytes);
    await shows(id);
  });

  it('can be saved of a kept run until that is deleted', async () => {
    const uri = await runAndSave(bundled('jump.ts'), 'kept.sdlrun');
    const { id } = await decodeRecord(Buffer.from(await vscode.workspace.fs.readFile(uri)));
    const line = { run: { id } };
    await saveShown('from-list.sdlrun', line);
    await vscode.commands.executeCommand('systemDesignLabs.deleteRun', line);
    await answering('showErrorMessage', undefined, async (asked) => {
      await vscode.commands.executeCommand('systemDesignLabs.saveRun', line);
      assert.deepEqual(asked, ['This run is not kept: run the lab anew.']);
    });
  });
});
