/** Runs labs from a terminal: `npm run -s lab -- list --json`. Builds first when needed; stdout is the CLI's alone. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.ts';
import { root } from './folders.ts';
import { endWithParent } from './lifetime.ts';

endWithParent(); // and the runners with it: each watches its host
await ensureBuilt();
const cli = path.join(root, 'dist/cli.mjs');
process.argv[1] = cli;
await import(pathToFileURL(cli).href);
