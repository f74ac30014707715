/** How times and loads are spread: histograms of the run's own figures, with theory's and the compared run's over them. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Histogram } from '../../../labs/engine/lab/report.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { usePlayground } from '../../state/context.ts';
import { Dropdown } from '../../ui/controls.tsx';
import { seriesFill } from '../../ui/series.ts';
import { watchTheme } from '../../ui/theme.ts';
import type { HistogramChart } from './histogram-chart.ts';
import { binWidth, histogramCurves, totalOf, type HistogramCurve, type HistogramLook } from './histogram-curves.ts';

export function HistogramsView() {
  const { run, runs, compared } = usePlayground();
  const other = runs.find(compared.value);
  const histograms = run.value?.report?.histograms ?? [];
  if (histograms.length === 0) {
    return (
      <p class="quiet">
        {run.value?.report
          ? 'This run counted too little to be spread out.'
          : 'Histograms are drawn when the run is over.'}
      </p>
    );
  }
  return (
    <div class="charts-view">
      {histograms.map((histogram) => (
        <HistogramFigure
          key={histogram.id}
          histogram={histogram}
          other={other?.report?.histograms?.find(
            ({ id, names }) => id === histogram.id && isSame(names, histogram.names),
          )}
          name={other?.summary.algorithm ?? ''}
        />
      ))}
    </div>
  );
}

/** Bins can be laid over each other whatever their edges; names only where they are the same. */
function isSame(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one?.join('\n') === other?.join('\n');
}

interface FigureProps {
  histogram: Histogram;
  /** The same of the run that is compared. */
  other: Histogram | undefined;
  name: string;
}

function HistogramFigure({ histogram, other, name }: FigureProps) {
  const look = useSignal<HistogramLook>('bins');
  const { title, unit, names } = histogram;
  const curves = useMemo(
    () => histogramCurves(histogram, other, name, look.value),
    [histogram, other, name, look.value],
  );
  return (
    <figure class="chart">
      <div class="histogram-head">
        <figcaption>
          {title}
          {unit === '' ? '' : `, ${unit}`}
        </figcaption>
        {!names && (
          <Dropdown
            label={`How to show: ${title}`}
            hideLabel
            value={look.value}
            options={[
              { id: 'bins', title: `share in each ${formatFigure(binWidth(histogram))} ${unit}` },
              { id: 'tail', title: 'share that exceeds it' },
            ]}
            onChange={(id) => (look.value = id as HistogramLook)}
          />
        )}
      </div>
      <Picture histogram={histogram} curves={curves} look={look.value} />
      <Legend histogram={histogram} curves={curves} />
      <HistogramTable histogram={histogram} other={other} name={name} />
    </figure>
  );
}

interface PictureProps {
  histogram: Histogram;
  curves: readonly HistogramCurve[];
  look: HistogramLook;
}

function Picture({ histogram, curves, look }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let chart: HistogramChart | undefined;
    const element = box.current!;
    const draw = async (): Promise<void> => {
      const { HistogramChart } = await import('./histogram-chart.ts');
      if (gone) return;
      chart?.destroy();
      chart = new HistogramChart(element, histogram, curves, look);
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
  return <div ref={box} class="chart-box histogram-box" aria-hidden="true" />;
}

const colours: Readonly<Record<HistogramCurve['kind'], string>> = {
  measured: seriesFill(0),
  compared: seriesFill(1),
  theory: 'var(--foreground)',
};

function Legend({ histogram, curves }: Omit<PictureProps, 'look'>) {
  const { theory, beyond, edges } = histogram;
  return (
    <ul class="sweep-theory">
      {curves.map(({ kind, title }) => (
        <li key={kind}>
          <span class={kind === 'measured' ? 'swatch' : 'swatch hollow'} style={{ '--colour': colours[kind] }} />{' '}
          {kind === 'theory' ? `theory: ${theory!.formula}.` : title}
          {kind === 'theory' && theory!.condition !== undefined && (
            <span class="quiet"> Not comparable: {theory!.condition}.</span>
          )}
          {kind === 'measured' && beyond > 0 && (
            <span class="quiet">
              {' '}
              {formatFigure(beyond)} of {formatFigure(totalOf(histogram))} lie beyond {formatFigure(edges!.at(-1)!)}.
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The bins in figures. */
function HistogramTable({ histogram, other, name }: FigureProps) {
  const { title, unit, of, edges, names, counts, theory } = histogram;
  const total = totalOf(histogram);
  const per = (share: number): string => `${formatFigure(Number((100 * share).toPrecision(3)))} %`;
  return (
    <details class="as-table">
      <summary>{title} in figures</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{names ? 'Server' : `From, ${unit || of}`}</th>
            <th scope="col" class="figure">
              {of}
            </th>
            <th scope="col" class="figure">
              Share
            </th>
            {theory && (
              <th scope="col" class="figure">
                Theory
              </th>
            )}
            {other && names && (
              <th scope="col" class="figure">
                {name}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {counts.map(
            (count, i) =>
              (names || count > 0) && (
                <tr key={i}>
                  <th scope="row">{names ? names[i] : formatFigure(edges![i]!)}</th>
                  <td class="figure">{formatFigure(count)}</td>
                  <td class="figure">{per(count / total)}</td>
                  {theory && <td class="figure">{per(theory.shares[i]!)}</td>}
                  {other && names && <td class="figure">{formatFigure(other.counts[i]!)}</td>}
                </tr>
              ),
          )}
        </tbody>
      </table>
    </details>
  );
}
