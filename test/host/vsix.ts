/** The packages under test. */
import { existsSync } from 'node:fs';
import { packageFile } from '../../scripts/package/package-extension.ts';
import { thisPlatform, type Target } from '../../scripts/package/targets.ts';

/** The packages that the tests install: this platform's, and the one for platforms that have none. */
export const testedTargets: readonly Target[] = [...new Set([thisPlatform(), 'universal'] as const)];

/**
 * Path of a package, this platform's where none is named. `npm test` makes fresh ones before the browser tests.
 * @throws Error when there is none
 */
export async function builtPackage(target: Target = thisPlatform()): Promise<string> {
  const file = await packageFile(target);
  if (!existsSync(file)) throw new Error(`There is no ${file}: run npm run package -- --target ${target} first`);
  return file;
}
