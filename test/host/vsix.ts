/** The package under test. */
import { existsSync } from 'node:fs';
import { packageFile } from '../../scripts/package/package-extension.ts';
import { thisPlatform } from '../../scripts/package/targets.ts';

/**
 * Path of this platform's package. `npm test` makes a fresh one before the browser tests.
 * @throws Error when there is none
 */
export async function builtPackage(): Promise<string> {
  const file = await packageFile(thisPlatform());
  if (!existsSync(file)) throw new Error(`There is no ${file}: run npm run package first`);
  return file;
}
