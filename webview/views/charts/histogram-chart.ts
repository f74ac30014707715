/** A histogram in uPlot: bins as steps or bars, theory as a line, the compared run's as a dashed outline over it. */
import uPlot from 'uplot';
import type { Histogram } from '../../../labs/engine/lab/report.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { axisIn } from '../../ui/chart-axis.ts';
import { readPalette, seriesColour, type Palette } from '../../ui/palette.ts';
import type { HistogramCurve, HistogramLook } from './histogram-curves.ts';

const height = 200;
/** Half the width of the stroke that says what theory expects at a name. */
const tick = 9;

const noPath: uPlot.Series.PathBuilder = () => null;

export class HistogramChart {
  readonly #plot: uPlot;
  readonly #box: HTMLElement;

  constructor(box: HTMLElement, histogram: Histogram, curves: readonly HistogramCurve[], look: HistogramLook) {
    this.#box = box;
    const palette = readPalette(box);
    const { names } = histogram;
    const axis = axisIn(palette);
    const per = names ? '' : ' %';
    const tail = look === 'tail' && !names;
    const options: uPlot.Options = {
      width: box.clientWidth,
      height,
      scales: {
        x: { time: false, ...(names ? { range: [-0.6, names.length - 0.4] } : {}) },
        y: tail
          ? { distr: 3, range: (_, low) => [powerBelow(low), 100] }
          : { range: (_, _low, high) => [0, (high || 1) * 1.05] },
      },
      axes: [
        names
          ? {
              ...axis,
              grid: { show: false },
              splits: (plot) => everyNth(names.length, plot.bbox.width / devicePixelRatio),
              values: (_, splits) => splits.map((i) => names[i] ?? ''),
            }
          : { ...axis, values: (_, splits) => splits.map((value) => formatFigure(value)) },
        {
          ...axis,
          size: 66,
          values: (_, splits) => splits.map((value) => (value === null ? null : `${formatFigure(value)}${per}`)),
        },
      ],
      series: [{}, ...curves.map((curve) => seriesOf(curve, palette, names !== undefined, tail))],
      legend: { show: false },
      cursor: { show: false },
      hooks: names ? { draw: [(plot) => drawTicks(plot, curves, palette)] } : {},
    };
    this.#plot = new uPlot(options, uPlot.join(curves.map(({ x, y }): uPlot.AlignedData => [x, y])), box);
  }

  resize(): void {
    if (this.#box.clientWidth !== this.#plot.width) this.#plot.setSize({ width: this.#box.clientWidth, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }
}

function seriesOf({ kind }: HistogramCurve, palette: Palette, named: boolean, tail: boolean): uPlot.Series {
  const colour = seriesColour(palette, kind === 'compared' ? 1 : 0);
  const common = { stroke: colour, points: { show: false } };
  const stepped = tail ? {} : { paths: uPlot.paths.stepped!({ align: 1 }) };
  switch (kind) {
    case 'measured':
      return named
        ? { ...common, width: 1, fill: `${faint(colour)}`, paths: uPlot.paths.bars!({ size: [0.7, 40] }) }
        : { ...common, width: 1.5, ...(tail ? {} : { fill: faint(colour) }), ...stepped };
    case 'compared':
      return named
        ? { stroke: colour, paths: noPath, points: { show: true, size: 8, width: 2, fill: palette.background } }
        : { ...common, width: 1.5, dash: [5, 4], ...stepped };
    case 'theory':
      return named
        ? { ...common, paths: noPath }
        : { ...common, stroke: palette.foreground, width: 1.5, dash: tail ? [2, 3] : [] };
  }
}

/** The power of ten below a share, which is not drawn on the axis itself. */
function powerBelow(low: number | null): number {
  return 10 ** Math.floor(Math.log10(Math.min(low ?? 10, 99)));
}

/** A colour of the theme, mostly transparent. */
function faint(colour: string): string {
  return `color-mix(in srgb, ${colour} 28%, transparent)`;
}

/** Names that have room along the axis. */
function everyNth(names: number, pixels: number): number[] {
  const step = Math.max(1, Math.ceil((names * 34) / pixels));
  return Array.from({ length: Math.ceil(names / step) }, (_, i) => i * step);
}

/** Between names there is no line: what theory expects is a stroke across each bar. */
function drawTicks(plot: uPlot, curves: readonly HistogramCurve[], palette: Palette): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = palette.foreground;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { kind, x, y } of curves) {
    if (kind !== 'theory') continue;
    x.forEach((at, i) => {
      const [left, top] = [plot.valToPos(at, 'x', true), plot.valToPos(y[i]!, 'y', true)];
      ctx.moveTo(left - tick * devicePixelRatio, top);
      ctx.lineTo(left + tick * devicePixelRatio, top);
    });
  }
  ctx.stroke();
  ctx.restore();
}
