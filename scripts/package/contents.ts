/** What ships: everything in a package is named here, and nothing comes in by being forgotten elsewhere. */

/** Folders and files of the source tree, as globs. dist/ comes from a production build of its own. */
export const shipped = {
  include: ['labs/**', 'media/**', 'README.md', 'CHANGELOG.md', 'LICENSE'],
  /** Tests and what only they use; benchmarks' sources, which run from dist/; the drawing that icon.png is made from. */
  exclude: [/\.test\.tsx?$/, /(^|\/)testing\//, /(^|\/)benchmarks?(\/|\.ts$)/, /^media\/icon\.svg$/],
} as const;

/** Must be in every package: without one of these it installs and then does not work. */
export const indispensable = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media/icon.png',
  'media/activity-bar.svg',
  'labs/engine/index.ts',
  'dist/extension.cjs',
  'dist/runner.mjs',
  'dist/run-worker.mjs',
  'dist/host-watch.mjs',
  'dist/overview-worker.mjs',
  'dist/benchmark-worker.mjs',
  'dist/cli.mjs',
  'dist/catalogue.json',
  'dist/types/node/index.d.ts',
  'dist/types/undici-types/index.d.ts',
  'dist/webview/panel.js',
  'dist/webview/panel-style.css',
];

/** Of esbuild's package: what its Node API loads. Its command and its installer stay behind. */
export const esbuildFiles = ['package.json', 'lib/main.js', 'LICENSE.md'];

/** Fields of the manifest that only matter to those who build the extension. */
export const privateFields = ['private', 'scripts', 'devDependencies', 'allowScripts'];
