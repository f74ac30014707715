/** What of the parameters does nothing in a run. */
import type { Ignored } from 'system-design-labs/engine';
import { parameters, parseSlowness, parseWeights, type Values } from '../parameters.ts';

/** Factors for servers that are not there, and how to probe where nobody probes. */
export function ignored(values: Values): Ignored[] {
  const { servers, healthInterval } = values;
  const lists = { weights: parseWeights(values.weights), slowness: parseSlowness(values.slowness) };
  const tooLong = Object.entries(lists)
    .filter(([, list]) => list.length > servers)
    .map(([what, list]) => ({ what, why: `it has ${list.length} figures, and there are ${servers} servers` }));
  const ofProbes = (['unhealthyAfter', 'healthyAfter', 'probe'] as const)
    .filter((name) => healthInterval === 0 && values[name] !== parameters[name].default)
    .map((what) => ({ what, why: 'there are no health checks: healthInterval is 0' }));
  return [...tooLong, ...ofProbes];
}
