/**
 * Where VS Code begins. Activation only registers: the labs are read when a view asks for them, and what
 * runs them is loaded with the first run.
 */
import * as vscode from 'vscode';
import { Activation } from './activation.ts';

let activation: Activation | undefined;

export function activate(context: vscode.ExtensionContext): void {
  activation = new Activation(context);
}

/** VS Code waits for this: every process that the extension started is gone afterwards. */
export async function deactivate(): Promise<void> {
  await activation?.end();
  activation = undefined;
}
