/** Loaded into every process of Node's test runner before its test file (`node --import`). */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { endWithParent } from '../lifetime.ts';
import { deadlineVariable } from './tier.ts';

/** Lets `.tsx` be imported: Node's type stripping leaves it alone. */
function loadJsx(): void {
  const require = createRequire(import.meta.url);
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.tsx')) return nextLoad(url, context);
      const { transformSync } = require('esbuild') as typeof import('esbuild');
      const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
        loader: 'tsx',
        jsx: 'automatic',
        jsxImportSource: 'preact',
        sourcemap: 'inline',
        sourcefile: fileURLToPath(url),
      });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}

/** The test runner waits for this process, whatever a forgotten server or child keeps it alive. */
function endAtDeadline(): void {
  const deadlineMs = Number(process.env[deadlineVariable]);
  delete process.env[deadlineVariable];
  if (!(deadlineMs > 0)) return;
  setTimeout(() => {
    const kept = [...new Set(process.getActiveResourcesInfo())].join(', ');
    const what = `This test file did not end within ${deadlineMs / 1000} s; what keeps it alive: ${kept}\n`;
    // Not `exit`: it waits for threads, and one that V8 cannot interrupt never ends.
    writeSync(process.stderr.fd, what);
    process.kill(process.pid, 'SIGKILL');
  }, deadlineMs).unref();
}

// Workers, and what tests fork, inherit Node's options: they are under test and get none of this.
if (isMainThread) {
  process.execArgv.splice(process.execArgv.indexOf('--import'), 2);
  loadJsx();
  endAtDeadline();
  endWithParent();
}
