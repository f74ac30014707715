/** Where the scripts keep what does not belong in the source tree, by the custom of each system. */
import os from 'node:os';
import path from 'node:path';

const name = 'system-design-labs';

/** The root of the source tree. */
export const root = path.dirname(import.meta.dirname);

/** Can be deleted at any time: the browser workbench, other platforms' binaries. */
export function cacheFolder(): string {
  if (process.platform === 'win32') return path.join(localAppData(), name, 'Cache');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches', name);
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), name);
}

/** The learner's: the profile of VS Code and the copy of the labs that `npm start` opens. */
export function dataFolder(): string {
  if (process.platform === 'win32') return path.join(localAppData(), name);
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Application Support', name);
  return path.join(process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local/share'), name);
}

function localAppData(): string {
  return process.env.LOCALAPPDATA || path.join(os.homedir(), 'AppData/Local');
}
