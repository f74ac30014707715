/** `npm test` runs every tier, `npm test -- unit lint` only those that are named, `npm test -- --lab NAME` one lab's. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './folders.ts';
import { endWithParent } from './lifetime.ts';
import { chosenTiers } from './tiers/chosen.ts';
import { labsInTree } from './tiers/one-lab.ts';
import type { Tier, TierResult } from './tiers/tier.ts';

async function runTier(tier: Tier): Promise<TierResult> {
  try {
    return await tier.run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failures: [`it could not run: ${(error as Error).message.split('\n')[0]}`] };
  }
}

/** What was asked for; the script ends where it makes no sense. */
async function askedTiers(): Promise<readonly Tier[]> {
  try {
    return chosenTiers(process.argv.slice(2), await labsInTree());
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

endWithParent();
const tiers = await askedTiers();
for (const leftover of ['logs', 'screenshots'])
  await rm(path.join(root, 'out', leftover), { recursive: true, force: true });

let passed = 0;
const failures: string[] = [];
const summary: string[] = [];
for (const tier of tiers) {
  console.log(`\n━━ ${tier.name}: ${tier.title}\n`);
  const started = Date.now();
  const result = await runTier(tier);
  passed += result.passed;
  failures.push(...result.failures.map((line) => `${tier.name}: ${line}`));
  const seconds = Math.round((Date.now() - started) / 1000);
  summary.push(`${tier.name.padEnd(8)} ${result.passed} passed, ${result.failures.length} failed, ${seconds} s`);
}

console.log(`\n━━ summary\n\n${summary.join('\n')}\n`);
for (const line of failures) console.log(`✖ ${line}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
