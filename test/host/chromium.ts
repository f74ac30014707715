/** Finds the browser that the UI tests drive, and gets one where there is none. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../../scripts/folders.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable] ?? '';
    return [
      path.join(folder, 'Google/Chrome/Application/chrome.exe'),
      path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ];
  }),
};

/** The path of an installed Chrome or Chromium, `CHROMIUM` in the environment first, or undefined. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist: correct or unset it`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = process.platform === 'win32' ? [] : programs.flatMap((name) => folders.map((f) => path.join(f, name)));
  const found = [...(places[process.platform] ?? []), ...onPath, chromium.executablePath()];
  return found.find((file) => file !== '' && existsSync(file) && works(file));
}

/** Ubuntu's `chromium-browser`, for one, is a script that only names the snap to install. */
function works(file: string): boolean {
  return process.platform !== 'linux' || spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Finds a Chromium or installs one: Debian's package where that is possible, else Playwright's own.
 * @param say told what is going on meanwhile
 * @throws Error that names the mend, when neither way works
 */
export function provideChromium(say: (line: string) => void): string {
  const existing = findChromium();
  if (existing !== undefined) return existing;
  if (isDebianRoot()) {
    say('No Chrome or Chromium found: installing Debian’s package (apt-get install chromium), about a minute.');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const get = (...args: string[]) =>
      spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], env: environment });
    get('update');
    get('install', '-y', '--no-install-recommends', 'chromium');
    const installed = findChromium();
    if (installed !== undefined) return installed;
    say('That did not work (see above); trying Playwright’s own.');
  } else {
    say('No Chrome or Chromium found: installing Playwright’s own, about a minute.');
  }
  try {
    const cli = path.join(root, 'node_modules/playwright-core/cli.js');
    execFileSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2] });
  } catch {
    throw new Error('No browser for the UI tests: install Chrome or Chromium, or name one with CHROMIUM=/path/to/it');
  }
  return chromium.executablePath();
}

function isDebianRoot(): boolean {
  return (
    process.getuid?.() === 0 &&
    existsSync('/etc/os-release') &&
    /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}
