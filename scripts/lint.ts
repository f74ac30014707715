/** `npm run lint`: the first tier of the tests by itself. */
import { lint } from './tiers/lint.ts';

const { failures } = await lint.run();
if (failures.length > 0) {
  console.log(`\n${failures.join(', ')}: to be mended. npm run format mends the formatting.`);
  process.exitCode = 1;
}
