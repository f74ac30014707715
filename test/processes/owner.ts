/** Starts a VS Code with a window and an extension host, says where, and waits: for `processes.test.ts` to kill it. */
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBrowser } from '../host/browser.ts';
import { serve } from '../host/serve.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
const server = await serve();
const browser = await openBrowser();
const page = await browser.newPage();
await page.goto(server.url(folder));
await page.locator('.explorer-folders-view').waitFor({ timeout: 60_000 });
console.log(JSON.stringify({ home: server.home, folder }));
