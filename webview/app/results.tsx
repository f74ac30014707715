/** What a run came to: figures with theory beside them, checks, take-aways, or why it ended badly. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Check, RunReport, Theory } from '../../labs/engine/lab/report.ts';
import type { Metric, Scenario } from '../../labs/engine/lab/lab.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { firstDifference } from '../../labs/engine/scene/difference.ts';
import { describeEvent, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventAt, type TraceView } from '../../labs/engine/scene/trace-view.ts';
import { formatMetric, formatRange, unitOf } from '../state/format.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { usePlayground } from './context.ts';
import { Failure } from './failure.tsx';
import { titleOf } from './parameter-form.tsx';

export function Results() {
  const playground = usePlayground();
  const run = playground.run.value;
  const lab = playground.lab.value;
  if (!run || !lab) return null;
  if (run.failure) {
    // Where there is no picture, the failure stands in its place.
    return playground.player.length.value > 0 ? (
      <Failure failure={run.failure} />
    ) : (
      <p class="quiet">Nothing was measured: the run ended before anything happened.</p>
    );
  }
  if (!run.report) {
    return (
      <p class="running" role="status">
        <vscode-progress-ring aria-label="Running" /> Running… {Math.round(100 * run.share)} %
      </p>
    );
  }
  const beside = playground.runs.find(playground.compared.value)?.report;
  return (
    <div class="results">
      <Takeaways takeaways={run.report.takeaways} />
      <Parting />
      <Metrics lab={lab} report={run.report} beside={beside} />
      <Checks lab={lab} checks={run.report.checks} />
      <Contrast />
      <Facts report={run.report} />
    </div>
  );
}

/** Where this run and the one it is compared with part. */
function Parting() {
  const playground = usePlayground();
  const { trace, comparedTrace, player } = playground;
  const other = comparedTrace.value;
  void [trace.value.revision.value, other?.revision.value];
  if (!other || other.length === 0) return null;
  if (playground.holding.isStretched) {
    return (
      <section class="parting">
        <h2>Compared with another run</h2>
        <p>Where they part is not looked for: the run is too long.</p>
        <button type="button" class="link" onClick={() => playground.compare(undefined)}>
          Stop comparing
        </button>
      </section>
    );
  }
  const at = firstDifference(trace.value, other);
  const say = (one: TraceView): string => (at < one.length ? describeEvent(eventAt(one, at)) : 'the end');
  return (
    <section class="parting">
      <h2>Compared with another run</h2>
      {at < 0 ? (
        <p>The two runs are the same, event for event.</p>
      ) : (
        <p>
          They part at{' '}
          <button type="button" class="link" onClick={() => player.step(at - player.cursor.value)}>
            event {formatFigure(at + 1)}
          </button>
          : here “{say(trace.value)}”, there “{say(other)}”.
        </p>
      )}
      <button type="button" class="link" onClick={() => playground.compare(undefined)}>
        Stop comparing
      </button>
    </section>
  );
}

interface MetricsProps {
  lab: LabEntry;
  report: RunReport;
  /** The run it is compared with. */
  beside: RunReport | undefined;
}

function Metrics({ lab, report, beside }: MetricsProps) {
  const theory = new Map(report.theory.map((one) => [one.metric, one]));
  return (
    <table class={beside ? 'metrics compared' : 'metrics'}>
      <caption>Figures</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" class="figure">
            {beside ? report.algorithm : 'Measured'}
          </th>
          {beside && (
            <th scope="col" class="figure">
              {beside.algorithm}
            </th>
          )}
          <th scope="col">Theory</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(report.metrics).map(([name, value]) => (
          <tr key={name}>
            <th scope="row" title={lab.metrics[name]?.help}>
              {lab.metrics[name]?.title ?? name}
              {unitOf(lab.metrics[name]) !== '' && <span class="quiet unit"> {unitOf(lab.metrics[name])}</span>}
            </th>
            <td class="figure">{formatMetric(value, lab.metrics[name])}</td>
            {beside && (
              <td class="figure">
                {beside.metrics[name] === undefined ? '–' : formatMetric(beside.metrics[name], lab.metrics[name])}
              </td>
            )}
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

const verdictIcons = { held: 'pass', broken: 'error', unknown: 'question' } as const;

function Checks({ lab, checks }: { lab: LabEntry; checks: readonly Check[] }) {
  const playground = usePlayground();
  if (checks.length === 0) return null;
  return (
    <section class="checks">
      <h2>Checks</h2>
      <ul>
        {checks.map((check) => (
          <li key={check.name} class={check.ok ? 'as-expected' : 'unexpected'}>
            <Icon name={check.ok && check.verdict === 'broken' ? 'pass' : verdictIcons[check.verdict]} />
            <div>
              <strong title={lab.checks[check.name]?.help}>{lab.checks[check.name]?.title ?? check.name}</strong>{' '}
              <span class="verdict">{verdictInWords(check)}</span>
              <p class="quiet">{check.detail}</p>
              {check.event !== undefined && (
                <button type="button" class="link" onClick={() => playground.goTo(check.event!)}>
                  Go to the event
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A verdict beside what was expected: held, broken as expected, unknown though expected to hold. */
export function verdictInWords({ verdict, expected, ok }: Pick<Check, 'verdict' | 'expected' | 'ok'>): string {
  if (ok) return verdict === 'held' ? 'held' : `${verdict}, as expected`;
  return `${verdict}, though it should be ${expected}`;
}

function Takeaways({ takeaways }: { takeaways: readonly string[] }) {
  if (takeaways.length === 0) return null;
  return (
    <section class="takeaways">
      <h2>What this run shows</h2>
      <ul>
        {takeaways.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

/** The other half of a contrast pair: the same seed, one difference. */
function Contrast() {
  const playground = usePlayground();
  const lab = playground.lab.value;
  const run = playground.run.value?.summary;
  const beside = lab?.scenarios.find(({ id }) => id === run?.scenario)?.beside;
  if (!lab || !run || !beside || isBeside(beside, run)) return null;
  return (
    <section class="contrast">
      <h2>The other half</h2>
      <p class="quiet">The same seed, one difference. Run both and compare.</p>
      <Button icon="git-compare" onClick={() => playground.runBeside()}>
        Run with {besideInWords(lab, beside)}
      </Button>
    </section>
  );
}

/** The one difference: an algorithm's title, or a parameter and its value. */
function besideInWords(lab: LabEntry, { algorithm, parameters = {} }: NonNullable<Scenario['beside']>): string {
  const words = Object.entries(parameters).map(([name, value]) => `${titleOf({ name })} ${value}`);
  const title = lab.algorithms.find(({ id }) => id === algorithm)?.title;
  return [...(title === undefined ? [] : [title]), ...words].join(', ');
}

/** Whether a run is the other half itself. */
function isBeside({ algorithm, parameters = {} }: NonNullable<Scenario['beside']>, run: RunSummary): boolean {
  const sameAlgorithm = algorithm === undefined || algorithm === run.algorithm;
  return sameAlgorithm && Object.entries(parameters).every(([name, value]) => run.parameters[name] === value);
}

function Facts({ report }: { report: RunReport }) {
  const playground = usePlayground();
  const { events, dropped, hash } = report.trace;
  return (
    <p class="facts quiet">
      {events.toLocaleString('en-US')} events{dropped > 0 && `, ${dropped.toLocaleString('en-US')} not kept`} · trace{' '}
      <button
        type="button"
        class="link mono"
        title={`Copy the trace hash ${hash}`}
        onClick={() => playground.copy(hash)}
      >
        {hash.slice(0, 12)}
      </button>
    </p>
  );
}
