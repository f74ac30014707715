/** A histogram as points of curves: the run's bins, those of the run it is compared with, and what theory expects. */
import type { Histogram } from '../../../labs/engine/lab/report.ts';

/** How a histogram is looked at: how many in each bin, or how many beyond each value. */
export type HistogramLook = 'bins' | 'tail';

export interface HistogramCurve {
  kind: 'measured' | 'compared' | 'theory';
  title: string;
  x: number[];
  /** Per cent of all; of a histogram with names, how many. */
  y: number[];
}

/** How many values a histogram has counted. */
export function totalOf({ counts, beyond }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, 0) + beyond;
}

/** Width of the bins, which all have the same. */
export function binWidth({ edges }: Histogram): number {
  return edges && edges.length > 1 ? edges[1]! - edges[0]! : 1;
}

/**
 * The curves of one picture. Of two runs with bins of different width, both are told per bin of the first: else the
 * wider ones would look like more.
 * @param other the same histogram of the run that is compared, `name` what that run is called
 */
export function histogramCurves(
  histogram: Histogram,
  other: Histogram | undefined,
  name: string,
  look: HistogramLook,
): HistogramCurve[] {
  const draw = histogram.names ? inNames : look === 'tail' ? inTail : inBins(binWidth(histogram));
  const { theory, of } = histogram;
  const all = totalOf(histogram);
  const beyond = 1 - (theory?.shares.reduce((sum, share) => sum + share, 0) ?? 1);
  const expected: Histogram | undefined = theory && {
    ...histogram,
    counts: theory.shares.map((share) => share * all),
    beyond: Math.max(0, beyond) * all,
  };
  return [
    { kind: 'measured', title: `${of}, measured`, ...draw(histogram) },
    ...(expected ? [{ kind: 'theory' as const, title: 'theory', ...centred(expected, draw, look) }] : []),
    ...(other ? [{ kind: 'compared' as const, title: `${of}, ${name}`, ...draw(other) }] : []),
  ];
}

type Points = Pick<HistogramCurve, 'x' | 'y'>;

function inNames({ counts }: Histogram): Points {
  return { x: counts.map((_, i) => i), y: counts };
}

/** Steps: each bin from its edge on, and the end of the last. */
function inBins(width: number): (histogram: Histogram) => Points {
  return (histogram) => {
    const { edges = [], counts } = histogram;
    const scale = (100 * width) / binWidth(histogram) / totalOf(histogram);
    const y = counts.map((count) => count * scale);
    return { x: [...edges], y: [...y, y.at(-1) ?? 0] };
  };
}

/** The share beyond each edge; where nobody is left there is nothing to draw on a logarithmic axis. */
function inTail(histogram: Histogram): Points {
  const { edges = [], counts } = histogram;
  const all = totalOf(histogram);
  const points: Points = { x: [], y: [] };
  let left = all;
  edges.forEach((edge, i) => {
    if (left > 1e-9) {
      points.x.push(edge);
      points.y.push((100 * left) / all);
    }
    left -= counts[i] ?? 0;
  });
  return points;
}

/** A formula is drawn as a line through the middles of the bins rather than as steps. */
function centred(expected: Histogram, draw: (histogram: Histogram) => Points, look: HistogramLook): Points {
  const points = draw(expected);
  if (look === 'tail' || expected.names) return points;
  const half = binWidth(expected) / 2;
  return { x: points.x.slice(0, -1).map((edge) => edge + half), y: points.y.slice(0, -1) };
}
