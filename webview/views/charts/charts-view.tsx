/** Figures over time as curves, with what theory allows them and the run that is compared. uPlot is loaded when the first chart is looked at. */
import { signal, useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { chartsOf } from '../../../labs/engine/scene/overview.ts';
import { workloadClock, type SeriesGroup } from '../../../labs/engine/scene/series.ts';
import { firstRowOf } from '../../../labs/engine/scene/trace-view.ts';
import type { Playground } from '../../state/playground.ts';
import { usePlayground } from '../../state/context.ts';
import { useArrivals } from '../../ui/calm.ts';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { watchTheme } from '../../ui/theme.ts';
import { viewState } from '../view-state.ts';
import { bandsOf, tooMany, withBeside, type Band, type ChartSeries } from './beside.ts';
import type { Chart, XUnit } from './chart.ts';
import { HistogramsView } from './histograms-view.tsx';
import { SweepView } from './sweep-view.tsx';

/** The charts that there are: figures over the time of a run, how they are spread, and over a parameter of many runs. */
type ChartsTab = 'time' | 'histograms' | 'sweep';

const tabs: readonly Tab<ChartsTab>[] = [
  { id: 'time', title: 'Over time' },
  { id: 'histograms', title: 'Histograms' },
  { id: 'sweep', title: 'Sweep' },
];

/** Which charts are looked at. */
const useActive = viewState(() => signal<ChartsTab>('time'));

export function ChartsView() {
  const active = useActive();
  return (
    <Tabs label="Charts" tabs={tabs} active={active.value} onChange={(id) => (active.value = id)}>
      {active.value === 'time' && <TimeCharts />}
      {active.value === 'histograms' && <HistogramsView />}
      {active.value === 'sweep' && <SweepView />}
    </Tabs>
  );
}

function TimeCharts() {
  const playground = usePlayground();
  const { trace, comparedTrace, holding, shown, compared } = playground;
  const timed = playground.nature.value.clock !== 'operations';
  const arrivals = useArrivals();
  const clock = useComputed(() => {
    void arrivals.value;
    return timed ? undefined : workloadClock(trace.value);
  });
  const groups = useComputed(() => {
    void arrivals.value;
    // Of a run that is not at hand as a whole, the host has made the charts.
    return holding.overviews.of(shown.value)?.charts ?? chartsOf(trace.value, timed);
  });
  const others = useComputed(() => {
    void arrivals.value;
    const other = comparedTrace.value;
    return other ? (holding.overviews.of(compared.value)?.charts ?? chartsOf(other, timed)) : [];
  });
  if (groups.value.length === 0) return <p class="quiet">This run measured nothing over time.</p>;
  const unit = timed ? 'ns' : clock.value ? 'ms' : 'operation';
  return (
    <div class="charts-view">
      {groups.value.map((group) => (
        <ChartFigure
          key={group.title}
          group={group}
          other={others.value.find(({ title }) => title === group.title)}
          unit={unit}
          clock={clock.value}
        />
      ))}
    </div>
  );
}

interface ChartFigureProps {
  group: SeriesGroup;
  /** The same chart of the run that is compared. */
  other: SeriesGroup | undefined;
  unit: XUnit;
  /** From operations to milliseconds, where the workload has a clock. */
  clock: ReadonlyMap<number, number> | undefined;
}

function ChartFigure({ group, other, unit, clock }: ChartFigureProps) {
  const playground = usePlayground();
  const { player, trace, run, runs, compared } = playground;
  const name = runs.find(compared.value)?.summary.algorithm ?? 'the other run';
  const theory = run.value?.report?.theory;
  const series = useMemo(() => withBeside(group, other, name), [group, other, name]);
  const bands = useMemo(() => bandsOf(theory ?? [], group.title), [group, theory]);
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);
  const cursor = player.cursor.value;
  const xOf = (event: number): number => {
    const time = trace.peek().columns.time[event]!;
    return clock?.get(time) ?? time;
  };
  const now = cursor < trace.value.length ? xOf(cursor) : 0;
  useEffect(() => {
    let gone = false;
    const element = box.current!;
    const draw = async (): Promise<void> => {
      const { Chart } = await import('./chart.ts');
      if (gone) return;
      chart.current?.destroy();
      chart.current = new Chart(element, series, bands, unit, seek);
      chart.current.mark(now);
    };
    /** Puts the cursor on the last event at or before a time: times ascend along a trace. */
    const seek = (at: number): void => {
      const far = farEventAt(playground, at, xOf);
      if (far !== undefined) return playground.goTo(far);
      let low = 0;
      let high = trace.peek().length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (xOf(middle) <= at) low = middle + 1;
        else high = middle;
      }
      player.step(low - 1 - player.cursor.peek());
    };
    void draw();
    const forget = watchTheme(() => void draw());
    const size = new ResizeObserver(() => chart.current?.resize());
    size.observe(element);
    return () => {
      gone = true;
      forget();
      size.disconnect();
      chart.current?.destroy();
    };
  }, [series, bands]);
  useEffect(() => chart.current?.mark(now), [now]);
  return (
    <figure class="chart">
      <figcaption>{group.title}</figcaption>
      {bands.length > 0 && (
        <p class="quiet">Shaded: what theory allows the run as a whole: {bands.map(sayBand).join(', ')}.</p>
      )}
      {other && tooMany(group) && <p class="quiet">Too many curves to lay those of the other run over them.</p>}
      <div ref={box} class="chart-box" aria-hidden="true" />
      <ChartTable title={group.title} series={series} />
    </figure>
  );
}

/** About which event of the run an x is, where it is not one of those at hand. */
function farEventAt(
  { holding, shown, trace }: Playground,
  x: number,
  xOf: (event: number) => number,
): number | undefined {
  const overview = holding.overviews.of(shown.peek());
  const { value: held } = trace;
  if (!overview || held.length === 0) return undefined;
  if (x >= xOf(firstRowOf(held)) && x <= xOf(held.length - 1)) return undefined;
  const part = overview.at.findLastIndex((from) => from <= x);
  return Math.floor((Math.max(0, part) * overview.events) / overview.at.length);
}

function sayBand({ series, low, high }: Band): string {
  const figure = (value: number): string => formatFigure(Number(value.toPrecision(3)));
  return `${series} ${figure(low)} to ${figure(high)}`;
}

/** The curves in figures: lowest, mean, highest and last value of each. */
function ChartTable({ title, series }: { title: string; series: readonly ChartSeries[] }) {
  return (
    <details class="as-table">
      <summary>{title} in figures</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Curve</th>
            {['Lowest', 'Mean', 'Highest', 'Last'].map((title) => (
              <th key={title} scope="col" class="figure">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ title, y }) => {
            const known = y.filter((value) => !Number.isNaN(value));
            const figures = [
              known.reduce((least, value) => Math.min(least, value), Infinity),
              known.reduce((sum, value) => sum + value, 0) / known.length,
              known.reduce((most, value) => Math.max(most, value), -Infinity),
              known.at(-1) ?? NaN,
            ];
            return (
              <tr key={title}>
                <th scope="row">{title}</th>
                {figures.map((value, i) => (
                  <td key={i} class="figure">
                    {formatFigure(Number(value.toPrecision(4)))}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
