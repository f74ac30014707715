/** What was answered in tours, as it is kept: one entry a step, so that a later answer takes the place of an earlier one. */
import { idsOf, type Known } from '../../labs/engine/lab/formerly.ts';
import type { ScenarioEntry } from '../../labs/engine/lab/catalogue.ts';
import type { TourAnswer } from '../../labs/engine/protocol/panel.ts';

/** By lab/scenario/step: true for a right answer, the misconception behind a wrong one, false where it has no name. */
export type KeptAnswers = Readonly<Record<string, boolean | string>>;

/** The answers with one more. */
export function withAnswer(kept: KeptAnswers, answer: TourAnswer): KeptAnswers {
  const { lab, scenario, step, right, misconception } = answer;
  return { ...kept, [`${lab}/${scenario}/${step}`]: right || (misconception ?? false) };
}

/** The answers as a panel knows them; entries that are not understood are left out. */
export function answersIn(kept: KeptAnswers): TourAnswer[] {
  return Object.entries(kept).flatMap(([where, said]) => {
    const [lab, scenario, step] = where.split('/');
    if (lab === undefined || scenario === undefined || step === undefined) return [];
    return [
      { lab, scenario, step, right: said === true, ...(typeof said === 'string' ? { misconception: said } : {}) },
    ];
  });
}

/** How many of a lab's tours have an answer to each of their questions. */
export function toursTaken(
  kept: KeptAnswers,
  lab: Known,
  scenarios: readonly Pick<ScenarioEntry, 'id' | 'formerly' | 'tour'>[],
): number {
  return scenarios.filter((scenario) => {
    const places = idsOf(lab).flatMap((ofLab) => idsOf(scenario).map((id) => `${ofLab}/${id}`));
    return scenario.tour?.questions.every((id) => places.some((place) => `${place}/${id}` in kept));
  }).length;
}
