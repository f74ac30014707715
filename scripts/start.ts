/** `npm start`: VS Code with the extension, on a learner's copy of the labs. `-- --web` forces the one in the browser. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.ts';
import { dataFolder } from './folders.ts';
import { findDesktop, openDesktop } from './start/desktop.ts';
import { copyAllLabs } from './start/learner-copy.ts';
import { openWeb } from './start/web.ts';

const { web } = parseArgs({ options: { web: { type: 'boolean', default: false } } }).values;
const data = dataFolder();
const folder = path.join(data, 'playground');

await mkdir(folder, { recursive: true });
await ensureBuilt();
await copyAllLabs(folder);
const desktop = web ? undefined : findDesktop();
console.log(`Your copy of the labs is in ${folder}; it stays there between starts.`);
if (desktop === undefined) await openWeb(data, folder);
else await openDesktop(desktop, data, folder);
