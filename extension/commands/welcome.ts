/** What a learner sees who opens a folder that holds a copy and nothing else: without this, an empty editor. */
import * as vscode from 'vscode';
import type { Copies } from '../copies/copies.ts';
import { view } from '../ids.ts';

const key = 'welcomed';

/**
 * Shows the labs and the walkthrough, once in a learner's life, never over something that is open, and never where VS Code
 * itself was told to show nothing at its start.
 */
export async function welcome(copies: Copies, memory: vscode.Memento, extensionId: string): Promise<void> {
  const nothingOpen = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  const unwanted = vscode.workspace.getConfiguration('workbench').get('startupEditor') === 'none';
  if (copies.known.length === 0 || !nothingOpen || unwanted || memory.get(key, false)) return;
  await memory.update(key, true);
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false);
  await vscode.commands.executeCommand(`${view.labs}.focus`);
}
