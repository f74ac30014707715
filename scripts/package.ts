/** `npm run package` makes this platform's .vsix, `-- --target all` every one, `-- --target linux-arm64` that one. */
import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { packageExtension } from './package/package-extension.ts';
import { targets, thisPlatform, type Target } from './package/targets.ts';

function chosen(): readonly Target[] {
  const { target } = parseArgs({ options: { target: { type: 'string' } } }).values;
  if (target === undefined) return [thisPlatform()];
  if (target === 'all') return targets;
  const known = targets.find((name) => name === target);
  if (known !== undefined) return [known];
  console.error(`There is no target '${target}'. The targets are: ${targets.join(', ')}, and all.`);
  process.exit(2);
}

await packageExtension(chosen()).catch(fail);
