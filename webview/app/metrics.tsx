/** The figures of a run: with theory beside them, or with those of another run and the differences. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { RunReport, Theory } from '../../labs/engine/lab/report.ts';
import type { Metric } from '../../labs/engine/lab/lab.ts';
import { formatMetric, formatRange, unitOf } from '../state/format.ts';
import { Icon } from '../ui/controls.tsx';
import { usePlayground } from '../state/context.ts';

interface MetricsProps {
  lab: LabEntry;
  report: RunReport;
}

export function Metrics({ lab, report }: MetricsProps) {
  const theory = new Map(report.theory.map((one) => [one.metric, one]));
  return (
    <table class="metrics">
      <MetricsCaption lab={lab} />
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" class="figure">
            Measured
          </th>
          <th scope="col">Theory</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(report.metrics).map(([name, value]) => (
          <tr key={name}>
            <MetricName name={name} metric={lab.metrics[name]} />
            <td class="figure">
              <Figure name={name} metric={lab.metrics[name]} value={value} />
            </td>
            <td>
              {theory.has(name) && (
                <TheoryCell
                  theory={theory.get(name)!}
                  metric={lab.metrics[name]}
                  repeated={isRepeated(report.theory, theory.get(name)!)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function MetricsCaption({ lab }: { lab: LabEntry }) {
  const asked = Object.values(lab.metrics).some(({ behind }) => behind !== undefined);
  return (
    <caption>Figures {asked && <span class="quiet caption-hint">Click one to see what is behind it.</span>}</caption>
  );
}

export function MetricName({ name, metric }: { name: string; metric: Metric | undefined }) {
  return (
    <th scope="row" title={metric?.help}>
      {metric?.title ?? name}
      {unitOf(metric) !== '' && <span class="quiet unit"> {unitOf(metric)}</span>}
    </th>
  );
}

interface FigureProps {
  name: string;
  metric: Metric | undefined;
  value: number;
}

/** A figure; a button where the trace shows what it was counted from. */
export function Figure({ name, metric, value }: FigureProps) {
  const { selection } = usePlayground();
  const text = formatMetric(value, metric);
  if (!metric?.behind) return <>{text}</>;
  return (
    <button
      type="button"
      class="figure-link"
      title="Why? Shows what it was counted from"
      aria-label={`${text}. Why? Shows what ${metric.title} was counted from`}
      onClick={() => (selection.value = { type: 'metric', metric: name })}
    >
      {text}
    </button>
  );
}

/** Whether an earlier row has the same condition: one reading is enough. */
function isRepeated(theory: readonly Theory[], one: Theory): boolean {
  return theory.findIndex(({ condition }) => condition === one.condition) < theory.indexOf(one);
}

/** The range that theory allows, where the measurement lies in it, and the verdict in a word. */
interface TheoryCellProps {
  theory: Theory;
  metric: Metric | undefined;
  /** Its condition was told before. */
  repeated: boolean;
}

function TheoryCell({ theory, metric, repeated }: TheoryCellProps) {
  const { low, high, expected, agrees } = theory;
  const word = agrees === null ? 'not comparable' : agrees ? 'agrees' : 'differs';
  return (
    <div
      class={`theory ${agrees === null ? 'open' : agrees ? 'agrees' : 'differs'}`}
      title={[theory.formula, theory.condition].filter(Boolean).join(' – ')}
    >
      <RangeMark theory={theory} />
      <span class="verdict">
        <Icon name={agrees === null ? 'dash' : agrees ? 'check' : 'info'} /> {word}
      </span>
      <span class="theory-figures">
        {formatMetric(expected, metric)} <span class="quiet">[{formatRange(low, high, metric)}]</span>
      </span>
      {theory.condition !== undefined && !repeated && <span class="quiet theory-condition">{theory.condition}</span>}
    </div>
  );
}

/** A line with the range as a band and the measurement as a dot. */
function RangeMark({ theory: { low, high, measured } }: { theory: Theory }) {
  const from = Math.min(low, measured);
  const to = Math.max(high, measured);
  const padding = (to - from) * 0.15 || 1;
  const x = (value: number): number => (80 * (value - from + padding)) / (to - from + 2 * padding);
  return (
    <svg class="range" viewBox="0 0 80 10" aria-hidden="true">
      <line x1="0" y1="5" x2="80" y2="5" class="axis" />
      <rect x={x(low)} y="2" width={Math.max(1, x(high) - x(low))} height="6" class="band" />
      <circle cx={x(measured)} cy="5" r="3.5" class="dot" />
    </svg>
  );
}
