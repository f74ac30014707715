/** Makes media/icon.png from media/icon.svg: a marketplace takes no SVG. `node scripts/bootstrap.mjs scripts/draw-icon.ts` */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from '../test/host/browser.ts';
import { root } from './folders.ts';

const size = 256;
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: size, height: size } });
const svg = await readFile(path.join(root, 'media/icon.svg'), 'utf8');
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
await page.screenshot({ path: path.join(root, 'media/icon.png'), omitBackground: true });
await browser.close();
