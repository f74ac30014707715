/** What is drawn into a chart beside the run's own curves: the theory's range, and the run it is compared with. */
import type { Theory } from '../../../labs/engine/lab/report.ts';
import type { Series, SeriesGroup } from '../../../labs/engine/scene/series.ts';

/** A range of y that theory allows one of the curves. */
export interface Band {
  /** Title of the curve. */
  series: string;
  low: number;
  high: number;
}

/** A curve; `beside` one of the run that is compared. */
export interface ChartSeries extends Series {
  beside: boolean;
  /** By which number it takes its colour: a curve and its counterpart have the same. */
  colour: number;
}

/** Compared curves of one chart at most: with more, dashed and whole lines could not be told apart. */
const maxBeside = 6;

/** The theory's ranges that belong into a chart. Where a formula's conditions do not hold, it has nothing to say. */
export function bandsOf(theory: readonly Theory[], chart: string): Band[] {
  return theory.flatMap(({ curve, low, high, agrees }) =>
    curve === undefined || curve.chart !== chart || agrees === null
      ? []
      : [{ series: curve.title, low: low * curve.scale, high: high * curve.scale }],
  );
}

/**
 * The curves of a chart, and after each the same one of the run that is compared.
 * @param other the chart of that run
 * @param name what that run is called
 */
export function withBeside(group: SeriesGroup, other: SeriesGroup | undefined, name: string): ChartSeries[] {
  const left = other !== undefined && !tooMany(group) ? other.series : [];
  return group.series.flatMap((series, colour) => {
    const same = left.find(({ title }) => title === series.title);
    return [
      { ...series, beside: false, colour },
      ...(same ? [{ ...same, title: `${series.title}, ${name}`, beside: true, colour }] : []),
    ];
  });
}

/** Whether a chart has more curves than can be compared in one picture. */
export function tooMany(group: SeriesGroup): boolean {
  return group.series.length > maxBeside;
}
