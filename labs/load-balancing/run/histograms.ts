/** How times and loads are spread over requests and servers, with what theory expects. */
import { binsOf, expectedShares, type CountedValue, type Histogram } from 'system-design-labs/engine';
import { parseWeights, perServer, type Values } from '../parameters.ts';
import type { Measurements } from './measurements.ts';
import type { Prediction } from './prediction.ts';

/** More servers than this are not shown one by one. */
const mostNamed = 40;

/** What a run leaves to be spread out. */
export interface Spread {
  measurements: Measurements;
  prediction: Prediction | undefined;
  /** Requests that each server got. */
  counts: readonly number[];
  /** Names of the servers. */
  servers: readonly string[];
}

export function histogramsOf(values: Values, algorithm: string, spread: Spread): Histogram[] {
  return [timesInSystem(values, spread), loads(values, algorithm, spread)].filter(({ counts }) => counts.length > 0);
}

function timesInSystem({ serviceRate }: Values, { measurements, prediction }: Spread): Histogram {
  const { edges, counts, beyond } = binsOf(inMs(measurements.timesInSystem.values()));
  const shape = { id: 'timeInSystem', title: 'time in system', unit: 'ms', of: 'requests', edges, counts, beyond };
  if (!prediction?.tail) return shape;
  const { tail, formula, condition } = prediction;
  const shares = expectedShares(edges, (time) => tail((time * serviceRate) / 1000));
  return { ...shape, theory: { shares, formula, ...(condition === undefined ? {} : { condition }) } };
}

function* inMs(values: Iterable<CountedValue>): Generator<CountedValue> {
  for (const [time, count] of values) yield [time / 1e6, count];
}

function loads(values: Values, algorithm: string, { counts, servers }: Spread): Histogram {
  const shape = { id: 'perServer', title: 'requests a server got', unit: '' };
  if (servers.length > mostNamed) {
    return {
      ...shape,
      of: 'servers',
      ...binsOf(
        counts.map((count) => [count, 1]),
        20,
      ),
    };
  }
  const named = { ...shape, of: 'requests', names: [...servers], counts: [...counts], beyond: 0 };
  const shares = sharesOf(values, algorithm);
  return shares ? { ...named, theory: shares } : named;
}

/** What each server should get in the long run, of algorithms that promise it whatever the servers are busy with. */
function sharesOf({ weights, servers, topology, failures }: Values, algorithm: string): Histogram['theory'] {
  if (topology === 'sharedQueue') return undefined;
  const condition = failures.trim() === '' ? {} : { condition: 'the formula wants servers that are always there' };
  if (algorithm === 'random' || algorithm === 'round-robin') {
    return { shares: new Array<number>(servers).fill(1 / servers), formula: 'an equal share for each', ...condition };
  }
  if (algorithm !== 'weighted-bursty' && algorithm !== 'weighted-smooth') return undefined;
  const each = perServer(parseWeights(weights), servers);
  const all = each.reduce((sum, weight) => sum + weight, 0);
  return { shares: each.map((weight) => weight / all), formula: 'its weight over all weights', ...condition };
}
