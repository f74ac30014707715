/**
 * Types in a copy: a generated tsconfig that names files inside the extension, wherever it is installed.
 * The learner's own tsconfig.json extends it, so an update of the extension rewrites one file that is
 * not theirs.
 */
import path from 'node:path';
import { markerFolder, type Product } from './layout.ts';
import { readText, writeWhole } from './marker.ts';

/** The compiler options under which every file of a fresh copy is free of problems. */
function compilerOptions(product: Product): Record<string, unknown> {
  const inside = (...parts: string[]): string =>
    path
      .join(product.extensionPath, ...parts)
      .split(path.sep)
      .join('/');
  return {
    target: 'ES2024',
    lib: ['ES2024'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    moduleDetection: 'force',
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    // What Node runs as it stands, where esbuild has no binary for the machine.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    types: ['node'],
    typeRoots: [inside('dist/types')],
    paths: {
      'system-design-labs/engine': [inside('labs/engine/index.ts')],
      'undici-types': [inside('dist/types/undici-types/index.d.ts')],
    },
  };
}

/**
 * Makes the generated tsconfig of a copy fit this installation.
 * @returns whether it had to be written
 */
export async function refreshTypes(root: string, product: Product): Promise<boolean> {
  const file = path.join(root, markerFolder, 'tsconfig.json');
  const text =
    '// Written by System Design Labs for this machine; it is written again when the extension moves.\n' +
    `${JSON.stringify({ compilerOptions: compilerOptions(product) }, null, 2)}\n`;
  if ((await readText(file)) === text) return false;
  await writeWhole(file, text);
  return true;
}

/** The parts of a copy that the learner may change and that are written only where they are missing. */
export async function writeProjectFiles(root: string): Promise<void> {
  const files = {
    [`${markerFolder}/.gitignore`]: 'tsconfig.json\n',
    'tsconfig.json': `${JSON.stringify({ extends: `./${markerFolder}/tsconfig.json` }, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    if ((await readText(file)) === undefined) await writeWhole(file, text);
  }
}
