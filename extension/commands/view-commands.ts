/** Commands that show something: the playground, a lab's theory, the log, and the playground's keys. */
import * as vscode from 'vscode';
import { bundledUri } from '../files/bundled-files.ts';
import { command, playgroundCommands } from '../ids.ts';
import type { PanelFocus } from '../panel/panel-focus.ts';
import type { Playground } from '../panel/playground.ts';
import type { Targets } from './targets.ts';

export function registerViewCommands(
  playground: Playground,
  focus: PanelFocus,
  targets: Targets,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const { registerCommand, executeCommand } = vscode.commands;
  return [
    registerCommand(command.openPlayground, () => void playground.reveal()),
    registerCommand(command.showOutput, () => log.show(true)),
    registerCommand(command.openTheory, async (argument: unknown) => {
      const lab = await targets.lab(argument);
      if (lab !== undefined) await executeCommand('markdown.showPreview', bundledUri(lab, 'theory.md'));
    }),
    ...playgroundCommands.map((name) =>
      registerCommand(`systemDesignLabs.playground.${name}`, () =>
        (focus.host ?? playground.current)?.post({ type: 'command', command: name }),
      ),
    ),
  ];
}
