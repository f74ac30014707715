/** Figures of a report as people read them. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Metric } from '../../labs/engine/lab/lab.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';

/** A metric's value; a share as per cent. Its unit stands beside its title: `unitOf`. */
export function formatMetric(value: number, metric: Pick<Metric, 'unit'> | undefined): string {
  return metric?.unit === 'share' ? `${formatFigure(rounded(value * 100))} %` : formatFigure(rounded(value));
}

/** What a metric is counted in, '' for a bare count and for shares, which say it themselves. */
export function unitOf(metric: Pick<Metric, 'unit'> | undefined): string {
  return metric?.unit === undefined || metric.unit === 'share' ? '' : metric.unit;
}

/** Three significant digits are what one compares; whole figures keep all of theirs. */
function rounded(value: number): number {
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

/** A metric's title with its unit: mean time in system, ms. */
export function metricTitle({ metrics }: Pick<LabEntry, 'metrics'>, metric: string): string {
  const unit = unitOf(metrics[metric]);
  return `${metrics[metric]?.title ?? metric}${unit === '' ? '' : `, ${unit}`}`;
}

/** The ends of a range; of shares in per cent, whose sign the figure beside it has. */
export function formatRange(low: number, high: number, metric: Pick<Metric, 'unit'> | undefined): string {
  const scale = metric?.unit === 'share' ? 100 : 1;
  return `${formatFigure(rounded(low * scale))} … ${formatFigure(rounded(high * scale))}`;
}

/** When something was, for a list: the time of day, with the date unless it was today. */
export function formatMoment(milliseconds: number, now: number): string {
  const moment = new Date(milliseconds);
  const time = moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return moment.toDateString() === new Date(now).toDateString() ? time : `${moment.toLocaleDateString()} ${time}`;
}
