/** What a sweep found: the picture, what theory says and under which conditions, and the same as a table. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { Metric } from '../../../labs/engine/lab/lab.ts';
import type { ParameterValue } from '../../../labs/engine/lab/parameter.ts';
import type { Interval } from '../../../labs/engine/metrics/interval.ts';
import type { SweepRequest } from '../../../labs/engine/protocol/panel.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { usePlayground } from '../../state/context.ts';
import { titleOf } from '../../state/words.ts';
import { formatMetric, formatRange, metricTitle } from '../../state/format.ts';
import { useCalm } from '../../ui/calm.ts';
import { seriesFill } from '../../ui/series.ts';
import { watchTheme } from '../../ui/theme.ts';
import type { SweepChart } from './sweep-chart.ts';
import { sweepCurves, theoryNear, type SweepCurve } from './sweep-curves.ts';

interface SweepResultsProps {
  entry: LabEntry;
  request: SweepRequest;
}

export function SweepResults({ entry, request }: SweepResultsProps) {
  const playground = usePlayground();
  const { sweep } = playground;
  const runs = useCalm(sweep.runs, 200);
  const expectations = sweep.expectations.value;
  const metric = sweep.form.metric.value;
  const curves = useMemo(() => sweepCurves(request, runs, expectations, metric), [request, runs, expectations, metric]);
  const parameter = entry.parameters.find(({ name }) => name === request.parameter);
  const titles = request.algorithms.map((id) => byId(entry.algorithms, id)?.title ?? id);
  const open = (algorithm: string, value: ParameterValue): void => {
    const run = sweep.runs.value.find((one) => one.algorithm === algorithm && one.value === value);
    if (run) playground.openPoint(run);
  };
  const over = parameter ? titleOf(parameter) : request.parameter;
  return (
    <figure class="chart sweep-figure">
      <figcaption>
        {metricTitle(entry, metric)} over {over}
      </figcaption>
      <SweepPicture curves={curves} request={request} onOpen={open} />
      <SweepTheory curves={curves} titles={titles} />
      <SweepTable {...{ entry, request, curves, titles, over, metric }} onOpen={open} />
    </figure>
  );
}

interface PictureProps {
  curves: readonly SweepCurve[];
  request: SweepRequest;
  onOpen: (algorithm: string, value: ParameterValue) => void;
}

function SweepPicture({ curves, request, onOpen }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<SweepChart>(undefined);
  useEffect(() => {
    let gone = false;
    const element = box.current!;
    const draw = async (): Promise<void> => {
      const { SweepChart } = await import('./sweep-chart.ts');
      if (gone) return;
      chart.current?.destroy();
      chart.current = new SweepChart(element, curves, request.values, ({ algorithm, value }) =>
        onOpen(algorithm, value),
      );
    };
    void draw();
    const forget = watchTheme(() => void draw());
    const size = new ResizeObserver(() => chart.current?.resize());
    size.observe(element);
    return () => {
      gone = true;
      forget();
      size.disconnect();
    };
  }, [curves]);
  useEffect(() => () => chart.current?.destroy(), []);
  return <div ref={box} class="chart-box sweep-box" aria-hidden="true" />;
}

/** The legend: which formulas the lines are, and why some of them cannot be held against the points. */
function SweepTheory({ curves, titles }: { curves: readonly SweepCurve[]; titles: readonly string[] }) {
  return (
    <ul class="sweep-theory">
      {curves.map(({ algorithm, formulas, conditions }, i) => (
        <li key={algorithm}>
          <span class={i === 0 ? 'swatch' : 'swatch hollow'} style={{ '--colour': seriesFill(i) }} /> {titles[i]}:
          points measured,{' '}
          {formulas.length === 0
            ? 'no theory for this metric.'
            : `line ${i === 0 ? '' : 'dashed '}${formulas.join('; ')}.`}
          {conditions.length > 0 && <span class="quiet"> Not comparable: {conditions.join('; ')}.</span>}
        </li>
      ))}
    </ul>
  );
}

interface TableProps extends PictureProps, SweepResultsProps {
  titles: readonly string[];
  over: string;
  metric: string;
}

function SweepTable({ entry, request, curves, titles, over, metric, onOpen }: TableProps) {
  const declared = entry.metrics[metric];
  const several = curves.length > 1;
  const rows = request.values.flatMap((value) =>
    curves.map((curve, i) => ({
      value,
      curve,
      title: titles[i]!,
      point: curve.points.find((one) => one.value === value),
    })),
  );
  return (
    <details class="as-table" open>
      <summary>Points in figures, with the 95 % interval</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{over}</th>
            {several && <th scope="col">Algorithm</th>}
            <th scope="col" class="figure">
              Measured
            </th>
            <th scope="col" class="figure">
              Theory
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ value, curve, title, point }) => {
            const failure = curve.failed.find((one) => one.value === value);
            const expected = theoryNear(curve, value);
            const said = typeof value === 'number' ? formatFigure(value) : value;
            return (
              <tr key={`${value} ${curve.algorithm}`}>
                <th scope="row">
                  {(point ?? failure) ? (
                    <button
                      type="button"
                      class="link"
                      title="Open this run"
                      aria-label={`${said}: open the run with ${over} ${said}, ${title}`}
                      onClick={() => onOpen(curve.algorithm, value)}
                    >
                      {said}
                    </button>
                  ) : (
                    said
                  )}
                </th>
                {several && <td>{title}</td>}
                <td class="figure" title={failure?.why}>
                  {point ? formatMetric(point.mean, declared) : failure ? 'failed' : '…'}
                  {point?.interval && <span class="quiet"> {intervalInWords(point.interval, declared)}</span>}
                </td>
                {typeof expected === 'object' ? (
                  <td class="figure quiet" title={`Not comparable: ${expected.condition}`}>
                    not comparable
                  </td>
                ) : (
                  <td class="figure">{expected === undefined ? '–' : formatMetric(expected, declared)}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {curves.flatMap(({ failed, algorithm }, i) =>
        failed.slice(0, 1).map(({ value, why }) => (
          <p key={algorithm} class="failure-message">
            {titles[i]}, {over} {String(value)}: {why}
          </p>
        )),
      )}
    </details>
  );
}

/** How far an interval reaches to either side; from where to where, if it ends at nothing. */
function intervalInWords({ mean, low, high }: Interval, metric: Metric | undefined): string {
  if (low === 0 && mean > 0) return `${formatRange(low, high, metric)}`;
  // What is left of rounding where all runs gave the same is nothing.
  const half = high - mean > 1e-9 * Math.abs(mean) ? high - mean : 0;
  return `± ${formatMetric(half, metric)}`;
}
