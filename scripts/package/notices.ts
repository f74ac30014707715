/** The licences of the packages whose code ends up in the bundles: most of them ask to be shipped along. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../folders.ts';

interface Metafile {
  inputs: Record<string, unknown>;
}

/** What is copied into dist/ as files rather than bundled. */
const copied = ['node_modules/@vscode/codicons', 'node_modules/@types/node', 'node_modules/undici-types'];

/**
 * Collects the licence texts of all packages that the build used.
 * @param metafiles what esbuild wrote about the build: dist/meta.json
 * @throws Error that names a package without a licence
 */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const bundled = inputs.map(packageFolder).filter((folder) => folder !== undefined);
  const notices: string[] = [];
  for (const folder of [...new Set([...copied, ...bundled])].sort()) notices.push(await noticeOf(folder));
  return `System Design Labs contains code of these packages.\n\n${notices.join('\n')}`;
}

/** `node_modules/@scope/name` of a bundled file, nested ones included. */
function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function noticeOf(folder: string): Promise<string> {
  const absolute = path.join(root, folder);
  const manifest = await readFile(path.join(absolute, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(manifest) as { name: string; version: string; license?: string };
  const files = (await readdir(absolute)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (license === undefined && files.length === 0) throw new Error(`${name} names no licence: it cannot be shipped`);
  const texts = await Promise.all(files.map((file) => readFile(path.join(absolute, file), 'utf8')));
  const heading = `${name} ${version}${license === undefined ? '' : ` (${license})`}`;
  return [`${'='.repeat(80)}\n${heading}\n${'='.repeat(80)}`, ...texts.map((text) => text.trim()), ''].join('\n\n');
}
