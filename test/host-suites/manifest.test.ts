/** What package.json promises and what the extension registers are the same. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension } from './support.ts';

interface Manifest {
  icon: string;
  contributes: {
    commands: { command: string; category: string; icon?: string }[];
    views: Record<string, { id: string; icon: string }[]>;
    menus: Record<string, { command: string }[]>;
    keybindings: { command: string }[];
    viewsWelcome: { view: string }[];
    walkthroughs: { steps: { description: string; media: Record<string, string> }[] }[];
  };
}

describe('manifest', () => {
  it('names exactly the commands that are registered', async () => {
    const { contributes } = (await extension()).packageJSON as Manifest;
    const promised = contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true))
      .filter((name) => name.startsWith('systemDesignLabs.') && !viewCommand.test(name))
      .sort();
    assert.deepEqual(registered, promised);
  });

  it('uses only commands that there are, under one category', async () => {
    const { contributes } = (await extension()).packageJSON as Manifest;
    const all = new Set(await vscode.commands.getCommands(false));
    const used = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
      ...contributes.walkthroughs
        .flatMap(({ steps }) => steps)
        .flatMap(({ description }) => [...description.matchAll(/\(command:([\w.]+)\)/g)])
        .map(([, command]) => ({ command: command! })),
    ];
    assert.deepEqual(
      used.filter(({ command }) => !all.has(command)),
      [],
    );
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(['System Design Labs']));
  });

  it('names files that are there', async () => {
    const { packageJSON, extensionPath } = await extension();
    const { icon, contributes } = packageJSON as Manifest;
    const files = [
      icon,
      ...Object.values(contributes.views)
        .flat()
        .map((view) => view.icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps).flatMap(({ media }) => Object.values(media)),
    ];
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(extensionPath, file))),
      [],
    );
  });
});

/** Commands that VS Code makes for every view and container. */
const viewCommand =
  /^systemDesignLabs\.(labs|copy|runs|visualization)\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/;
