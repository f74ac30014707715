/** A copy of the labs, made by the extension's own code, so that it is one like any other. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createCopy } from '../../extension/copy/create-copy.ts';
import { copyFolder } from '../../extension/copy/layout.ts';
import { root } from '../folders.ts';

/** Gives a folder a copy of every lab that it does not hold yet; what is there stays as the learner left it. */
export async function copyAllLabs(folder: string): Promise<void> {
  const labs = JSON.parse(await readFile(path.join(root, 'dist/catalogue.json'), 'utf8')) as { id: string }[];
  await copyLabs(
    folder,
    labs.map(({ id }) => id),
  );
}

/** Gives a folder a copy of these labs. The extension makes the copy its own when it opens the folder. */
export async function copyLabs(folder: string, ids: readonly string[]): Promise<void> {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  await createCopy(path.join(folder, copyFolder), ids, { extensionPath: root, version });
}
