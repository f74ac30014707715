/** Figures of a report as people read them. */
import type { Metric } from '../../labs/engine/lab/lab.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';

/** A metric's value with its unit; a share as per cent. */
export function formatMetric(value: number, metric: Pick<Metric, 'unit'> | undefined): string {
  if (metric?.unit === 'share') return `${formatFigure(value * 100)} %`;
  const rounded = Math.abs(value) >= 100 ? Math.round(value * 10) / 10 : value;
  return metric?.unit === undefined ? formatFigure(rounded) : `${formatFigure(rounded)} ${metric.unit}`;
}

/** When something was, for a list: the time of day, with the date unless it was today. */
export function formatMoment(milliseconds: number, now: number): string {
  const moment = new Date(milliseconds);
  const time = moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return moment.toDateString() === new Date(now).toDateString() ? time : `${moment.toLocaleDateString()} ${time}`;
}
