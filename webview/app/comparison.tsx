/** Two runs side by side: where they part, and by how much their figures differ. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { PairedDifference } from '../../labs/engine/compare/paired.ts';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Metric } from '../../labs/engine/lab/lab.ts';
import { firstDifference } from '../../labs/engine/scene/difference.ts';
import { describeEvent, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventAt, type TraceView } from '../../labs/engine/scene/trace-view.ts';
import { tellApart } from '../state/apart.ts';
import { formatMetric, formatRange } from '../state/format.ts';
import { seedPairs } from '../state/pairs.ts';
import type { KnownRun } from '../state/runs.ts';
import { useArrivals } from '../ui/calm.ts';
import { usePlayground } from '../state/context.ts';
import { Figure, MetricName, MetricsCaption } from './metrics.tsx';

/** Where this run and the one it is compared with part. */
export function Parting() {
  const playground = usePlayground();
  const { trace, comparedTrace, player, run, runs, compared, lab } = playground;
  const arrived = useArrivals().value;
  const other = comparedTrace.value;
  const stretched = playground.holding.isStretched;
  const at = useMemo(
    () => (other && !stretched ? firstDifference(trace.value, other) : -1),
    [trace.value, other, arrived, stretched],
  );
  const beside = runs.find(compared.value);
  if (!run.value || !beside || !other || other.length === 0) return null;
  const [here, there] = tellApart(run.value.summary, beside.summary, lab.value);
  const say = (one: TraceView): string => (at < one.length ? describeEvent(eventAt(one, at)) : 'the end');
  return (
    <section class="parting">
      <h2>Compared with another run</h2>
      {stretched ? (
        <p>Where they part is not looked for: the run is too long.</p>
      ) : at < 0 ? (
        <p>The two runs are the same, event for event.</p>
      ) : (
        <>
          <p>
            They part at{' '}
            <button type="button" class="link" onClick={() => playground.goTo(Math.min(at, player.end))}>
              event {formatFigure(at + 1)}
            </button>
            :
          </p>
          <dl class="parting-sides">
            <dt>{here}</dt>
            <dd>{say(trace.value)}</dd>
            <dt>{there}</dt>
            <dd>{say(other)}</dd>
          </dl>
        </>
      )}
      <div class="parting-actions">
        <button type="button" class="link" onClick={() => playground.compareOther()}>
          Show the other one
        </button>
        <button type="button" class="link" onClick={() => playground.compare(undefined)}>
          Stop comparing
        </button>
      </div>
    </section>
  );
}

interface ComparedMetricsProps {
  lab: LabEntry;
  here: KnownRun;
  there: KnownRun;
}

/** The figures of both, and `here − there`: over several seeds with an interval, where both were run under several. */
export function ComparedMetrics({ lab, here, there }: ComparedMetricsProps) {
  const overSeeds = useSeeds(here, there);
  const [ours, theirs] = tellApart(here.summary, there.summary, lab);
  const beside = there.report!.metrics;
  return (
    <>
      <table class="metrics compared">
        <MetricsCaption lab={lab} />
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" class="figure">
              {ours}
            </th>
            <th scope="col" class="figure">
              {theirs}
            </th>
            <th scope="col" class="figure">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(here.report!.metrics).map(([name, value]) => (
            <tr key={name}>
              <MetricName name={name} metric={lab.metrics[name]} />
              <td class="figure">
                <Figure name={name} metric={lab.metrics[name]} value={value} />
              </td>
              <td class="figure">{beside[name] === undefined ? '–' : formatMetric(beside[name], lab.metrics[name])}</td>
              <td class="figure">
                {beside[name] === undefined ? '–' : signed(value - beside[name], lab.metrics[name])}
                <OverSeeds difference={overSeeds?.get(name)} metric={lab.metrics[name]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Caution here={here} there={there} seeds={overSeeds?.values().next().value?.difference.count} />
    </>
  );
}

/** Differences over every seed under which both have been run, by metric. Student's t is loaded only where it is needed. */
function useSeeds(here: KnownRun, there: KnownRun): ReadonlyMap<string, PairedDifference> | undefined {
  const { runs } = usePlayground();
  const list = runs.list.value;
  const found = useSignal<ReadonlyMap<string, PairedDifference> | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    const pairs = seedPairs(list, here.summary, there.summary);
    found.value = undefined;
    if (!pairs) return;
    void import('../../labs/engine/compare/paired.ts').then(({ pairedDifferences }) => {
      if (!wanted) return;
      found.value = new Map(pairedDifferences(pairs.there, pairs.here).map((one) => [one.metric, one]));
    });
    return () => void (wanted = false);
  }, [list, here, there]);
  return found.value;
}

/** The interval of the difference over the seeds. */
function OverSeeds({ difference, metric }: { difference: PairedDifference | undefined; metric: Metric | undefined }) {
  if (!difference) return null;
  const { low, high } = difference.difference;
  return (
    <span class="quiet over-seeds" title={difference.differs ? 'More than luck' : 'May be luck'}>
      [{formatRange(low, high, metric)}]{!difference.differs && ' luck?'}
    </span>
  );
}

/** What one must know before one believes a difference. */
function Caution({ here, there, seeds }: { here: KnownRun; there: KnownRun; seeds: number | undefined }) {
  let words: ComponentChildren;
  if (seeds !== undefined)
    words = `In brackets: the 95 % interval of the difference over the ${seeds} seeds run so far.`;
  else if (here.summary.seed !== there.summary.seed) words = 'The seeds differ: the differences may be luck.';
  else words = 'One seed, the same draws. Run both under more seeds for an interval.';
  return <p class="quiet">{words}</p>;
}

function signed(difference: number, metric: Metric | undefined): string {
  return `${difference > 0 ? '+' : ''}${formatMetric(difference, metric)}`;
}
