/** How cost grows with n in one group: drawn beside the claim, said in words, and as a table. uPlot comes when it is looked at. */
import { useEffect, useRef } from 'preact/hooks';
import type { BenchmarkCurve } from '../../labs/engine/protocol/panel.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { watchTheme } from '../ui/theme.ts';
import { formatTime } from './figures.ts';
import type { SizeChart } from './size-chart.ts';

interface SizeCurvesProps {
  group: string;
  /** Of this group, one or more. */
  curves: readonly BenchmarkCurve[];
}

export function SizeCurves({ group, curves }: SizeCurvesProps) {
  const box = useRef<HTMLDivElement>(null);
  const { unit } = curves[0]!;
  useEffect(() => {
    const element = box.current!;
    let chart: SizeChart | undefined;
    let gone = false;
    const draw = async (): Promise<void> => {
      const { SizeChart } = await import('./size-chart.ts');
      if (gone) return;
      chart?.destroy();
      chart = new SizeChart(element, curves);
    };
    void draw();
    const forget = watchTheme(() => void draw());
    const size = new ResizeObserver(() => chart?.resize());
    size.observe(element);
    return () => {
      gone = true;
      forget();
      size.disconnect();
      chart?.destroy();
    };
  }, [curves]);
  return (
    <figure class="chart bench-sizes">
      <figcaption>
        {group}: time an operation by the number of {unit}
      </figcaption>
      <div ref={box} class="chart-box" aria-hidden="true" />
      <ul>
        {curves.map(({ contender, verdict }) => (
          <li key={contender}>
            {contender}: {verdict}.
          </li>
        ))}
      </ul>
      <SizeTable group={group} curves={curves} />
    </figure>
  );
}

function SizeTable({ group, curves }: SizeCurvesProps) {
  const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ n }) => n)))].sort((a, b) => a - b);
  return (
    <details class="as-table">
      <summary>{group} by size, in figures</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{curves[0]!.unit}</th>
            {curves.map(({ contender }) => (
              <th key={contender} scope="col" class="figure">
                {contender}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map((size) => (
            <tr key={size}>
              <th scope="row">{formatFigure(size)}</th>
              {curves.map(({ contender, points }) => {
                const point = points.find(({ n }) => n === size);
                return (
                  <td key={contender} class="figure">
                    {point ? formatTime(point.nsPerOp) : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
