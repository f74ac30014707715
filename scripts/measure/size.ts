/** What is downloaded to install the extension, and what a panel's page loads to begin with. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { figure, type Figure } from './figure.ts';
import type { Measurement } from './measurement.ts';

/** As much of esbuild's metafile as this reads. */
interface Metafile {
  outputs: Record<string, { bytes: number; entryPoint?: string; imports: { path: string; kind: string }[] }>;
}

export const size: Measurement = {
  name: 'size',
  title: 'Size',
  repetitions: 1,
  browser: false,
  async run({ vsix, dist }): Promise<Figure[]> {
    const metafiles = JSON.parse(await readFile(path.join(dist, 'meta.json'), 'utf8')) as Metafile[];
    const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs)) as Metafile['outputs'];
    const script = await entry(outputs, 'webview/panel.tsx');
    const total = Object.entries(outputs).filter(([file]) => file.includes('/webview/') && file.endsWith('.js'));
    return [
      figure('the package (.vsix)', 'bytes', [(await stat(vsix)).size], {
        note: 'for this platform, with esbuild’s binary',
      }),
      figure('the extension host’s entry', 'bytes', [(await stat(path.join(dist, 'extension.cjs'))).size]),
      figure('scripts of an empty panel', 'bytes', [script], { note: 'the entry and what it imports statically' }),
      figure('scripts of every view of a panel', 'bytes', [total.reduce((sum, [, { bytes }]) => sum + bytes, 0)]),
    ];
  },
};

/** Bytes of an entry point and all that it imports statically. */
async function entry(outputs: Metafile['outputs'], source: string): Promise<number> {
  const first = Object.keys(outputs).find((file) => outputs[file]!.entryPoint === source);
  if (first === undefined) throw new Error(`the build has no ${source}`);
  const reached = new Set([first]);
  for (const file of reached) {
    for (const { path: imported, kind } of outputs[file]!.imports) {
      if (kind === 'import-statement' && imported in outputs) reached.add(imported);
    }
  }
  return [...reached].reduce((sum, file) => sum + outputs[file]!.bytes, 0);
}
