/** Cost against size in uPlot, both axes logarithmic: a curve of its own kind of line for each contender, its claim dashed. */
import uPlot from 'uplot';
import type { BenchmarkCurve } from '../../labs/engine/protocol/panel.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { axisIn } from '../ui/chart-axis.ts';
import { readPalette, seriesColour } from '../ui/palette.ts';
import { claimedTimes, formatTime } from './figures.ts';

const height = 180;

export class SizeChart {
  readonly #plot: uPlot;
  readonly #box: HTMLElement;

  /** @param curves of one group, which are all over the same unit */
  constructor(box: HTMLElement, curves: readonly BenchmarkCurve[]) {
    this.#box = box;
    const palette = readPalette(box);
    const plain = axisIn(palette);
    const filter = (_: uPlot, splits: number[]): (number | null)[] => splits.map(onlyPowerOfTen);
    const axis: uPlot.Axis = { ...plain, grid: { ...plain.grid, filter }, ticks: { ...plain.ticks, filter } };
    const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ n }) => n)))].sort((a, b) => a - b);
    const series: uPlot.Series[] = [{}];
    const data: (number | null)[][] = [];
    for (const [i, curve] of curves.entries()) {
      const colour = seriesColour(palette, i);
      const at = (times: readonly number[]): (number | null)[] =>
        sizes.map((size) => times[curve.points.findIndex(({ n }) => n === size)] ?? null);
      series.push({
        label: curve.contender,
        stroke: colour,
        width: 2,
        spanGaps: true,
        points: { show: true, size: 7, fill: curve.kind === 'edited' ? palette.background : colour },
      });
      data.push(at(curve.points.map(({ nsPerOp }) => nsPerOp)));
      const claimed = claimedTimes(curve);
      if (!claimed) continue;
      series.push({
        label: `${curve.claim}, as claimed`,
        stroke: palette.muted,
        width: 1.5,
        dash: [5, 4],
        spanGaps: true,
        points: { show: false },
      });
      data.push(at(claimed));
    }
    const times = data.flat().filter((time) => time !== null);
    const options: uPlot.Options = {
      width: box.clientWidth,
      height,
      scales: {
        x: { time: false, distr: 3 },
        // A decade at least: what differs by a few per cent must look flat.
        y: { distr: 3, range: () => decades(Math.min(...times), Math.max(...times)) },
      },
      axes: [
        { ...axis, values: (_, splits) => splits.map((n) => (n === null ? '' : formatFigure(n))) },
        { ...axis, size: 60, values: (_, splits) => splits.map((time) => (time === null ? '' : formatTime(time))) },
      ],
      series,
      legend: { show: true, live: false },
      cursor: { show: false },
    };
    this.#plot = new uPlot(options, [sizes, ...data] as uPlot.AlignedData, box);
  }

  resize(): void {
    if (this.#box.clientWidth !== this.#plot.width) this.#plot.setSize({ width: this.#box.clientWidth, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }
}

/** Whole powers of ten around two times, one apart at least. */
function decades(low: number, high: number): [number, number] {
  const from = Math.floor(Math.log10(low));
  return [10 ** from, 10 ** Math.max(from + 1, Math.ceil(Math.log10(high)))];
}

/** Lines at powers of ten are enough, and in high contrast all that can be borne. */
function onlyPowerOfTen(value: number): number | null {
  return Number.isInteger(Math.log10(value)) ? value : null;
}
