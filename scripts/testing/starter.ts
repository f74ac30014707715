/** Starts a script as npm does, and stays: for the test that kills it. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const bootstrap = path.join(import.meta.dirname, '../bootstrap.mjs');
spawn(process.argv[2]!, [bootstrap, 'scripts/testing/stays.ts'], { stdio: ['ignore', 'inherit', 'inherit'] });
setInterval(() => {}, 1000);
