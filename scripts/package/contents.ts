/**
 * What ships. A package holds what is listed here, what that names, and so on, and nothing else: nothing comes in by lying
 * around in a folder, and nothing is left out that another file needs (`package-files.ts`).
 */

/** Files of the source tree, as globs, that are opened by their names or places. dist/ comes from a production build of its own. */
export const sourceEntries = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'labs/engine/index.ts',
  'labs/*/lab.ts',
  'labs/*/theory.md',
  'labs/*/templates/new-algorithm.ts',
  'labs/*/exercises/[0-9]*.ts',
  'labs/*/exercises/solutions/*.ts',
];

/** Built files that are opened by a name which no other file has. */
export const builtEntries = [
  'dist/extension.cjs',
  'dist/cli.mjs', // the labs in a terminal
  'dist/catalogue.json',
  'dist/benchmarks/versions.json',
  'dist/webview/panel-modules.json',
  'dist/types/node/index.d.ts',
  'dist/types/undici-types/index.d.ts',
  'dist/NOTICES.txt',
];

/** Packages of others that are shipped as they are: what is in them is their business. */
export const wholePackages = /^dist\/(types|node_modules)\//;

/** Ships from no folder, whatever names it. */
export const neverShipped = /\.test\.tsx?$|(^|\/)testing\//;

/** Of esbuild's package: what its Node API loads. Its command and its installer stay behind. */
export const esbuildFiles = ['package.json', 'lib/main.js', 'LICENSE.md'];

/** Fields of the manifest that only matter to those who build the extension. */
export const privateFields = ['private', 'scripts', 'sideEffects', 'devDependencies', 'allowScripts'];
