/** A sweep in uPlot: measured points with their intervals as whiskers, on theory's line; a click on a point opens its run. */
import uPlot from 'uplot';
import type { ParameterValue } from '../../../labs/engine/lab/parameter.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { axisIn } from '../../ui/chart-axis.ts';
import { readPalette, seriesColour, type Palette } from '../../ui/palette.ts';
import type { SweepCurve } from './sweep-curves.ts';

const height = 260;
/** Diameter of a point. */
const pointSize = 8;
/** Half the width of a whisker's end, and of what theory expects at a word. */
const whisker = 4;
/** So near to a point a click is meant for it. */
const reach = 18;

/** Of a series that is no line. */
const noPath: uPlot.Series.PathBuilder = () => null;

/** A point that was clicked. */
export interface SweepTarget {
  algorithm: string;
  value: ParameterValue;
}

export class SweepChart {
  readonly #plot: uPlot;
  readonly #box: HTMLElement;
  readonly #curves: readonly SweepCurve[];
  readonly #values: readonly ParameterValue[];

  /**
   * @param values of the swept parameter: numbers, or words that stand evenly spaced
   * @param onOpen told the point that was clicked
   */
  constructor(
    box: HTMLElement,
    curves: readonly SweepCurve[],
    values: readonly ParameterValue[],
    onOpen: (target: SweepTarget) => void,
  ) {
    this.#box = box;
    this.#curves = curves;
    this.#values = values;
    const palette = readPalette(box);
    const words = values.some((value) => typeof value === 'string');
    const axis = axisIn(palette);
    const options: uPlot.Options = {
      width: box.clientWidth,
      height,
      scales: {
        x: { time: false, range: () => this.#rangeOfX() },
        y: { range: () => this.#rangeOfY() },
      },
      axes: [
        {
          ...axis,
          ...(words ? { splits: () => values.map((_, i) => i), grid: { show: false } } : {}),
          values: (_, splits) => splits.map((at) => (words ? String(values[at] ?? '') : formatFigure(at))),
        },
        { ...axis, size: 58, values: (_, splits) => splits.map((value) => formatFigure(value)) },
      ],
      series: [
        {},
        ...curves.flatMap((_, i) => {
          const colour = seriesColour(palette, i);
          return [
            {
              stroke: colour,
              paths: noPath,
              points: { show: true, size: pointSize, fill: i === 0 ? colour : palette.background, width: 2 },
            },
            {
              stroke: colour,
              width: 1.5,
              dash: i === 0 ? [] : [6, 4],
              points: { show: false },
              ...(words ? { paths: noPath } : {}),
            },
          ];
        }),
      ],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, x: false, y: false, points: { show: false } },
      hooks: {
        draw: [
          (plot) => this.#drawWhiskers(plot, palette),
          ...(words ? [(plot: uPlot) => this.#drawTicks(plot, palette)] : []),
        ],
        ready: [
          (plot) => {
            const at = (event: MouseEvent): SweepTarget | undefined =>
              this.#targetAt(plot, event.offsetX, event.offsetY);
            plot.over.addEventListener('click', (event) => {
              const target = at(event);
              if (target) onOpen(target);
            });
            plot.over.addEventListener('mousemove', (event) => {
              plot.over.style.cursor = at(event) ? 'pointer' : '';
            });
          },
        ],
      },
    };
    this.#plot = new uPlot(options, this.#data(), box);
  }

  resize(): void {
    if (this.#box.clientWidth !== this.#plot.width) this.#plot.setSize({ width: this.#box.clientWidth, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #x(value: ParameterValue): number {
    return typeof value === 'number' ? value : this.#values.indexOf(value);
  }

  #data(): uPlot.AlignedData {
    const table = (points: readonly { value: ParameterValue }[], y: (i: number) => number): uPlot.AlignedData => [
      points.map(({ value }) => this.#x(value)),
      points.map((_, i) => y(i)),
    ];
    return uPlot.join(
      this.#curves.flatMap(({ points, theory }) => [
        table(points, (i) => points[i]!.mean),
        table(theory, (i) => theory[i]!.expected),
      ]),
    );
  }

  /** All values, run or not: points that come in must not move those that are there. */
  #rangeOfX(): uPlot.Range.MinMax {
    const all = this.#values.map((value) => this.#x(value));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const room = typeof this.#values[0] === 'string' ? 0.5 : (high - low) * 0.04 || 1;
    return [low - room, high + room];
  }

  #rangeOfY(): uPlot.Range.MinMax {
    const figures = this.#curves.flatMap(({ points, theory }) => [
      ...points.flatMap(({ mean, interval }) => [mean, interval?.low ?? mean, interval?.high ?? mean]),
      ...theory.map(({ expected }) => expected),
    ]);
    return figures.length === 0 ? [0, 1] : uPlot.rangeNum(Math.min(...figures), Math.max(...figures), 0.1, true);
  }

  #drawWhiskers(plot: uPlot, palette: Palette): void {
    const { ctx } = plot;
    const end = whisker * devicePixelRatio;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([]);
    this.#curves.forEach(({ points }, i) => {
      ctx.strokeStyle = seriesColour(palette, i);
      ctx.beginPath();
      for (const { value, interval } of points) {
        if (!interval) continue;
        const x = plot.valToPos(this.#x(value), 'x', true);
        const [top, bottom] = [interval.high, interval.low].map((y) => plot.valToPos(y, 'y', true)) as [number, number];
        ctx.moveTo(x, top);
        ctx.lineTo(x, bottom);
        for (const y of [top, bottom]) {
          ctx.moveTo(x - end, y);
          ctx.lineTo(x + end, y);
        }
      }
      ctx.stroke();
    });
    ctx.restore();
  }

  /** Between words there is no line: what theory expects is a stroke at each. */
  #drawTicks(plot: uPlot, palette: Palette): void {
    const { ctx } = plot;
    const half = 4 * whisker * devicePixelRatio;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([]);
    this.#curves.forEach(({ theory }, i) => {
      ctx.strokeStyle = seriesColour(palette, i);
      ctx.beginPath();
      for (const { value, expected } of theory) {
        const [x, y] = [plot.valToPos(this.#x(value), 'x', true), plot.valToPos(expected, 'y', true)];
        ctx.moveTo(x - half, y);
        ctx.lineTo(x + half, y);
      }
      ctx.stroke();
    });
    ctx.restore();
  }

  #targetAt(plot: uPlot, left: number, top: number): SweepTarget | undefined {
    let nearest = reach;
    let target: SweepTarget | undefined;
    for (const { algorithm, points } of this.#curves) {
      for (const { value, mean } of points) {
        const away = Math.hypot(plot.valToPos(this.#x(value), 'x') - left, plot.valToPos(mean, 'y') - top);
        if (away < nearest) [nearest, target] = [away, { algorithm, value }];
      }
    }
    return target;
  }
}
