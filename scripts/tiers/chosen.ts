/** Which tiers a command line asks for. */
import { parseArgs } from 'node:util';
import { browser } from './browser.ts';
import { floor } from './floor.ts';
import { host } from './host.ts';
import { lint } from './lint.ts';
import { tierOfLab } from './one-lab.ts';
import type { Tier } from './tier.ts';
import { unit } from './unit.ts';

const all: readonly Tier[] = [lint, unit, floor, host, browser];

/**
 * All of them, those that are named, or those of one lab.
 * @param args `unit lint`, `--lab consistent-hashing`
 * @param labs ids of those that there are
 * @throws Error what makes no sense of it, to be read by whoever wrote it
 */
export function chosenTiers(args: readonly string[], labs: readonly string[]): readonly Tier[] {
  const { values, positionals: names } = parseArgs({
    args: [...args],
    options: { lab: { type: 'string' } },
    allowPositionals: true,
  });
  const { lab } = values;
  if (lab === undefined) {
    const unknown = names.find((name) => all.every((tier) => tier.name !== name));
    if (unknown !== undefined) {
      throw new Error(`There is no tier '${unknown}'. The tiers are: ${all.map(({ name }) => name).join(', ')}.`);
    }
    return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  }
  if (!labs.includes(lab)) throw new Error(`There is no lab '${lab}'. The labs are: ${labs.join(', ')}.`);
  if (names.length > 0) throw new Error(`--lab is a tier of its own: leave out ${names.join(' ')}.`);
  return [tierOfLab(lab)];
}
