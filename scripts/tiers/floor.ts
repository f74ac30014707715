/**
 * The oldest VS Code that is supported brings an older Node than the project's own (`engines.vscode`, `node-floor` in
 * package.json): what ships must do without anything newer. Types refuse most of that, being those of the older Node.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureBuilt } from '../build.ts';
import { root } from '../folders.ts';
import { beforeEnd } from '../lifetime.ts';
import { demandTests, type Tier, type TierResult } from './tier.ts';

const executable = path.join(root, 'node_modules/node-floor/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Node runs TypeScript by itself from 22.18 on. */
export const stripTypes = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

export const floor: Tier = {
  name: 'floor',
  title: 'runner, terminal and labs under the oldest Node that is supported',
  async run() {
    await ensureBuilt();
    const script = path.join(import.meta.dirname, 'under-floor.ts');
    const child = spawn(executable, [...stripTypes, script], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const forget = beforeEnd(() => void child.kill());
    let result: TierResult = { passed: 0, failures: [] };
    child.once('message', (said: TierResult) => (result = said));
    await once(child, 'close');
    forget();
    return demandTests(result);
  },
};
