/** Figures as text to read, or as JSON. */
import { keepsGoal, type Figure, type Unit } from './figure.ts';
import type { Machine } from './machine.ts';

/** What one measurement found. */
export interface Findings {
  /** The name it is asked for by. */
  measurement: string;
  title: string;
  figures: Figure[];
}

/** One measurement's figures as a table. */
export function asText({ title, figures }: Findings): string {
  const rows = figures.map((one) => [
    one.name,
    inUnits(one.median, one.unit),
    one.n === 1 ? '' : `${inUnits(one.low, one.unit)} – ${inUnits(one.high, one.unit)}`,
    one.n === 1 ? '' : `n ${one.n}`,
    goalOf(one),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.flatMap((row, i) => {
    const line = row.map((cell, c) => (c === 0 || c === 4 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)));
    const { note } = figures[i]!;
    return [`  ${line.join('  ')}`.trimEnd(), ...(note === undefined ? [] : [`      ${note}`])];
  });
  return [title, ...lines, ''].join('\n');
}

/** The machine in a few lines: figures mean nothing without it. */
export function machineAsText({ processor, cores, memory, system, load, versions }: Machine): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${cores} cores of ${processor}, ${inUnits(memory, 'bytes')} of memory, ${system}, load ${load.toFixed(1)} at the start`,
    names.join(', '),
    'Absolute figures drift with the machine and what else it does. Goals are told, not asserted.',
    '',
  ].join('\n');
}

function goalOf(one: Figure): string {
  if (!one.goal) return '';
  const goal =
    'atMost' in one.goal ? `≤ ${inUnits(one.goal.atMost, one.unit)}` : `≥ ${inUnits(one.goal.atLeast, one.unit)}`;
  return `goal ${goal}${keepsGoal(one) ? '' : ', missed here'}`;
}

function inUnits(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
    case 'bytes':
      return value < 1e9
        ? `${(value / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} kB`
        : `${(value / 2 ** 30).toFixed(1)} GB`;
    case 'events/s':
      return `${(value / 1e6).toFixed(2)} M events/s`;
  }
}
