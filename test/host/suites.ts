/** Finds and bundles the in-host suites: test/host-suites/*.test.ts, and those in trust/ for a trusting VS Code. */
import * as esbuild from 'esbuild';
import path from 'node:path';
import { filesMatching } from '../../scripts/files.ts';
import { root } from '../../scripts/folders.ts';

export interface HostSuite {
  /** `main`, or the name of the sub-folder. */
  name: string;
  /** Whether its VS Code asks for trust in a workspace. */
  trust: boolean;
  /** The bundled test files. */
  files: string[];
}

const sources = path.join(root, 'test/host-suites');
const bundles = path.join(root, 'out/host-suites');

/** The module that VS Code loads to run the suites. */
export const suiteRunner = path.join(bundles, 'in-host.cjs');

/** Bundles all suites; each is one start of VS Code. */
export async function buildSuites(): Promise<HostSuite[]> {
  const files = await filesMatching(['**/*.test.ts'], sources);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      'in-host': path.join(root, 'test/host/in-host.ts'),
      ...Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), path.join(sources, file)])),
    },
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'esbuild'],
    logLevel: 'warning',
  });
  const suites = new Map<string, HostSuite>();
  for (const file of files) {
    const folder = path.dirname(file);
    const name = folder === '.' ? 'main' : folder;
    const suite = suites.get(name) ?? { name, trust: name === 'trust', files: [] };
    suite.files.push(path.join(bundles, file.replace(/\.ts$/, '.cjs')));
    suites.set(name, suite);
  }
  return [...suites.values()];
}
