/** One uPlot chart in the theme's colours, with the panel's cursor as a line; a click on it moves the cursor. */
import uPlot from 'uplot';
import { formatDuration, formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { axisIn } from '../../ui/chart-axis.ts';
import { readPalette, seriesColour, type Palette } from '../../ui/palette.ts';
import type { Band, ChartSeries } from './beside.ts';

const height = 170;

/** What x is: nanoseconds of a run, milliseconds of a workload, or the number of the operation. */
export type XUnit = 'ns' | 'ms' | 'operation';

export class Chart {
  readonly #plot: uPlot;
  readonly #box: HTMLElement;
  #now = NaN;

  /**
   * @param series the run's curves, and those of the run it is compared with
   * @param bands the ranges that theory allows the curves
   * @param onSeek told the x that was clicked
   */
  constructor(
    box: HTMLElement,
    series: readonly ChartSeries[],
    bands: readonly Band[],
    unit: XUnit,
    onSeek: (x: number) => void,
  ) {
    this.#box = box;
    const palette = readPalette(box);
    const x = { ns: formatDuration, ms: (value: number) => `${formatFigure(value)} ms`, operation: formatFigure }[unit];
    const axis = axisIn(palette);
    const options: uPlot.Options = {
      width: box.clientWidth,
      height,
      scales: { x: { time: false }, y: { range: (_, low, high) => rangeOf(low, high, bands) } },
      axes: [
        { ...axis, values: (_, splits) => splits.map((value) => x(value)) },
        { ...axis, size: 66, values: (_, splits) => splits.map((value) => formatFigure(value)) },
      ],
      series: [
        {},
        ...series.map(({ title, beside, colour }) => ({
          label: title,
          stroke: seriesColour(palette, colour),
          width: beside ? 1 : 1.5,
          ...(beside ? { dash: [5, 4] } : {}),
          spanGaps: true,
          points: { show: false },
          value: (_: uPlot, value: number | null) =>
            value === null ? '–' : formatFigure(Number(value.toPrecision(4))),
        })),
      ],
      legend: { show: series.length > 1, live: false },
      cursor: { drag: { x: false, y: false } },
      hooks: {
        drawClear: [(plot) => drawBands(plot, bands, series, palette)],
        draw: [(plot) => this.#drawCursor(plot, palette.foreground)],
        ready: [(plot) => plot.over.addEventListener('click', () => onSeek(plot.posToVal(plot.cursor.left ?? 0, 'x')))],
      },
    };
    this.#plot = new uPlot(options, joined(series), box);
  }

  /** Where the panel's cursor stands. */
  mark(x: number): void {
    this.#now = x;
    this.#plot.redraw(false);
  }

  resize(): void {
    if (this.#box.clientWidth !== this.#plot.width) this.#plot.setSize({ width: this.#box.clientWidth, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #drawCursor(plot: uPlot, colour: string): void {
    const left = Math.round(plot.valToPos(this.#now, 'x', true));
    const { ctx, bbox } = plot;
    if (!(left >= bbox.left && left <= bbox.left + bbox.width)) return;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

/** A range of y with the bands in it. uPlot says null where no curve has a value. */
function rangeOf(low: number | null, high: number | null, bands: readonly Band[]): uPlot.Range.MinMax {
  const least = Math.min(low ?? Infinity, ...bands.map((band) => band.low));
  const most = Math.max(high ?? -Infinity, ...bands.map((band) => band.high));
  return least > most ? [0, 1] : uPlot.rangeNum(least, most, 0.1, true);
}

/** Shades what theory allows, each band in the colour of its curve, at least a line high. */
function drawBands(plot: uPlot, bands: readonly Band[], series: readonly ChartSeries[], palette: Palette): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.globalAlpha = 0.3;
  for (const { series: title, low, high } of bands) {
    const top = plot.valToPos(high, 'y', true);
    const bottom = Math.max(plot.valToPos(low, 'y', true), top + 2 * devicePixelRatio);
    ctx.fillStyle = seriesColour(palette, series.find((one) => one.title === title)?.colour ?? 0);
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  }
  ctx.restore();
}

/** Curves with points of their own at x values of their own, as uPlot wants them: one x for all, gaps as null. */
function joined(series: readonly ChartSeries[]): uPlot.AlignedData {
  const tables = series.map(({ x, y }): uPlot.AlignedData => {
    // Of several samples at one time the last one counts: x values must differ.
    const last = new Map<number, number | null>();
    x.forEach((value, i) => last.set(value, Number.isNaN(y[i]!) ? null : y[i]!));
    return [[...last.keys()], [...last.values()]];
  });
  return tables.length === 1 ? tables[0]! : uPlot.join(tables);
}
