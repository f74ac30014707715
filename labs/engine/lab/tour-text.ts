/** Figures in the texts of a tour, and answers to its questions, from the run that is on the screen. */
import type { TourQuestion } from './tour.ts';

const placeholder = /\{(\w+)\}/g;

/** The metrics that a text quotes: `{loadMax}` names loadMax. */
export function metricsQuoted(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, metric]) => metric!);
}

/**
 * A text with the run's figures in it. A metric that the run does not have is written as '?'.
 * @param metrics those of the run's report
 */
export function withFigures(text: string, metrics: Readonly<Record<string, number>>): string {
  return text.replaceAll(placeholder, (_, metric: string) => figure(metrics[metric]));
}

/** 12345.678 → '12,346', 0.8536 → '0.854': whole from a hundred on, three digits below. '?' for none. */
export function figure(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '?';
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return Math.round(value).toLocaleString('en-US');
}

/** Whether a guess is near enough to what was measured. */
export function isNearEnough(
  guess: number,
  { within }: Extract<TourQuestion, { kind: 'number' }>,
  measured: number,
): boolean {
  return Math.abs(guess - measured) <= within * Math.abs(measured);
}
