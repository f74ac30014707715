/** `npm test` runs every tier, `npm test -- unit lint` only those that are named. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './folders.ts';
import { endWithParent } from './lifetime.ts';
import { browser } from './tiers/browser.ts';
import { floor } from './tiers/floor.ts';
import { host } from './tiers/host.ts';
import { lint } from './tiers/lint.ts';
import type { Tier, TierResult } from './tiers/tier.ts';
import { unit } from './tiers/unit.ts';

const all: readonly Tier[] = [lint, unit, floor, host, browser];

function chosenTiers(names: readonly string[]): readonly Tier[] {
  const unknown = names.find((name) => all.every((tier) => tier.name !== name));
  if (unknown !== undefined) {
    console.error(`There is no tier '${unknown}'. The tiers are: ${all.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

async function runTier(tier: Tier): Promise<TierResult> {
  try {
    return await tier.run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failures: [`it could not run: ${(error as Error).message.split('\n')[0]}`] };
  }
}

endWithParent();
const tiers = chosenTiers(process.argv.slice(2));
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
