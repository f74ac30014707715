/**
 * The engine's own version: it goes up whenever the same code, parameters, seed and interventions may give another trace
 * than before, whatever the release is called.
 */
export const engineVersion = '0.2.0';

/**
 * Where a run comes from, if not from this engine: run again, it may come out otherwise.
 * @param made version of the engine that made it; the first did not note it in every place
 * @returns '' for a run of this engine
 */
export function madeByOther(made = '0.1.0'): '' | 'made by an earlier engine' | 'made by a later engine' {
  const order = made.localeCompare(engineVersion, 'en', { numeric: true });
  if (order === 0) return '';
  return order < 0 ? 'made by an earlier engine' : 'made by a later engine';
}
