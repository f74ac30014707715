/** What a panel would run. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { PanelState, RunChoice } from '../../labs/engine/protocol/panel.ts';

/**
 * What a panel would run for an algorithm: its own choice where it has made one in that lab, the first scenario otherwise.
 * A panel that was only just told of the lab knows nothing but the seed.
 */
export function choiceFor(
  state: PanelState | undefined,
  lab: LabEntry | undefined,
  target: { lab: string; algorithm: string },
  defaultSeed: number,
): RunChoice {
  const { lab: id, algorithm } = target;
  const scenario = lab?.scenarios[0];
  if (state?.lab !== id || state.seed === undefined || state.parameters === undefined) {
    const seed = state?.seed ?? defaultSeed;
    return { lab: id, algorithm, ...(scenario ? { scenario: scenario.id } : {}), seed, parameters: {} };
  }
  const known = state.scenario === undefined ? {} : { scenario: state.scenario };
  return { lab: id, algorithm, ...known, seed: state.seed, parameters: state.parameters };
}
