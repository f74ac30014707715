/**
 * Types in a copy: a generated tsconfig that names files inside the extension, wherever it is installed.
 * The learner's own tsconfig.json extends it, so an update of the extension rewrites one file that is
 * not theirs.
 */
import path from 'node:path';
import { readText, statusOf, writeInside } from './inside.ts';
import { markerFolder, type Product } from './layout.ts';

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

/** The generated tsconfig of a copy, as this installation writes it. */
function typesText(product: Product): string {
  return (
    '// Written by System Design Labs for this machine; it is written again when the extension moves.\n' +
    `${JSON.stringify({ compilerOptions: compilerOptions(product) }, null, 2)}\n`
  );
}

const typesFile = `${markerFolder}/tsconfig.json`;

/** Whether the types of a copy come from this installation. */
export async function typesFit(root: string, product: Product): Promise<boolean> {
  return (await readText(path.join(root, typesFile))) === typesText(product);
}

/** Makes the generated tsconfig of a copy fit this installation. */
export async function refreshTypes(root: string, product: Product): Promise<void> {
  if (!(await typesFit(root, product))) await writeInside(root, typesFile, typesText(product));
}

/** The parts of a copy that the learner may change and that are written only where nothing stands. */
export async function writeProjectFiles(root: string): Promise<void> {
  const files = {
    [`${markerFolder}/.gitignore`]: 'tsconfig.json\n*.tmp\n',
    'tsconfig.json': `${JSON.stringify({ extends: `./${markerFolder}/tsconfig.json` }, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    if (!(await statusOf(path.join(root, name)))) await writeInside(root, name, text);
  }
}
