/** What a run teaches, in sentences that quote its figures. */
import type { Values } from '../parameters.ts';
import { underModulo } from '../theory/moving.ts';
import { loadOnTheRing } from '../theory/spread.ts';
import { counted, grouped, percent, rounded } from './wording.ts';

export interface Findings {
  algorithm: string;
  parameters: Values;
  /** Those of the report. */
  metrics: Readonly<
    Record<
      'loadMean' | 'loadStdDev' | 'loadMax' | 'emptyServers' | 'movedOnRemove' | 'movedOnAdd' | 'movedBetweenSurvivors',
      number
    >
  >;
  /** Whether the learner made servers come or go as well. */
  interfered: boolean;
}

/** @returns a few sentences, the most telling first */
export function takeawaysOf(findings: Findings): string[] {
  const sentences = [onRemoval(findings), onSurvivors(findings), onAddition(findings), onLoad(findings)];
  return sentences.filter((sentence) => sentence !== undefined);
}

function onRemoval({ algorithm, parameters, metrics, interfered }: Findings): string | undefined {
  const { keys, servers, remove } = parameters;
  const moved = `${counted(metrics.movedOnRemove, 'key', 'moves', 'move')} (${percent(metrics.movedOnRemove / keys)})`;
  if (interfered) return `With the servers that you made come and go, ${moved} because servers left.`;
  if (remove === 0) return undefined;
  const sentence = `${counted(remove, 'server', 'leaves', 'leave')} (${percent(remove / servers)} of them) and ${moved}`;
  if (algorithm === 'modulo') {
    return `${sentence}: the number of servers stands in the formula, so each change of it deals the keys anew.`;
  }
  const modulo = underModulo(keys, servers, servers - remove, []).counts.mean;
  return `${sentence}. Under modulo it would be ${counted(Math.round(modulo), 'key')} or so.`;
}

/** Why keys move between servers that stay, where an algorithm lets them. */
const reasons: Readonly<Record<string, string>> = {
  modulo: 'the rest of a division says nothing of the rest by another number',
  jump: 'buckets are numbered, and every server behind one that leaves gets a new number',
  maglev: 'with other servers taking turns, a few entries of the table fall to someone else',
  'bounded-loads': 'a newcomer lowers the bound, and servers that are now too full pass keys on',
};

function onSurvivors({ algorithm, parameters, metrics, interfered }: Findings): string | undefined {
  const { movedBetweenSurvivors: moved } = metrics;
  if (parameters.remove + parameters.add === 0 && !interfered) return undefined;
  if (moved === 0) return 'No key moves between two servers that stay: that is what makes hashing consistent.';
  const reason = reasons[algorithm];
  return `${counted(moved, 'key', 'moves', 'move')} between two servers that both stay${reason ? `: ${reason}` : ''}.`;
}

function onAddition({ parameters, metrics, interfered }: Findings): string | undefined {
  const { keys, servers, remove, add } = parameters;
  if (add === 0 || interfered) return undefined;
  const share = percent(add / (servers - remove + add));
  return `${counted(add, 'server', 'joins', 'join')}, ${share} of all there are then, and ${counted(metrics.movedOnAdd, 'key', 'moves', 'move')} (${percent(metrics.movedOnAdd / keys)}).`;
}

function onLoad({ algorithm, parameters, metrics }: Findings): string {
  const { keys, servers, virtualNodes } = parameters;
  const { loadMax, loadMean, loadStdDev, emptyServers } = metrics;
  const fullest = `The fullest server holds ${counted(loadMax, 'key')}, ${rounded(loadMax / loadMean)} times the mean`;
  const empty = emptyServers > 0 ? `, and ${grouped(emptyServers)} of ${counted(servers, 'server')} hold none` : '';
  const few = algorithm === 'ring' && virtualNodes < 100 && servers > 1;
  if (!few) return `${fullest}${empty}.`;
  const withMany = Math.sqrt(loadOnTheRing(keys, servers, 100).variance);
  return `${fullest}${empty}. The loads have a standard deviation of ${rounded(loadStdDev)}; with 100 virtual nodes a server it would be about ${rounded(withMany)}.`;
}
