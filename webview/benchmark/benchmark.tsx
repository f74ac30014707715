/** The Benchmark tab: how fast the code in the editor is, beside whom, how sure that is, and how it grows. */
import type { BenchmarkMessage } from '../../labs/engine/protocol/panel.ts';
import { whyNotBenchmarked } from '../../labs/engine/benchmark/not-benchmarked.ts';
import { Icon, Button } from '../ui/controls.tsx';
import { usePlayground } from '../state/context.ts';
import { Earlier } from './earlier.tsx';
import { changeInWords } from './figures.ts';
import { Group } from './group.tsx';
import { SizeCurves } from './size-curves.tsx';

export function Benchmark() {
  const playground = usePlayground();
  const lab = playground.form.entry.value;
  if (lab && !lab.benchmarked) return <p class="quiet">{whyNotBenchmarked(lab)}</p>;
  const { value: benchmark } = playground.benchmarks.latest;
  const shown = benchmark && (benchmark.state === 'running' || benchmark.lab === lab?.id) ? benchmark : undefined;
  return (
    <div class="benchmark">
      {shown ? <Result benchmark={shown} /> : <Invitation />}
      <Earlier />
    </div>
  );
}

function Invitation() {
  const playground = usePlayground();
  return (
    <>
      <p class="quiet">
        Measures the code in the editor beside the version we ship, its siblings, the best npm package for the job and
        the floor: the cheapest operation that any solution needs.
      </p>
      <Button icon="dashboard" onClick={() => playground.benchmarks.start()}>
        Run benchmark
      </Button>
    </>
  );
}

function Result({ benchmark }: { benchmark: BenchmarkMessage }) {
  const playground = usePlayground();
  const { state, share, step, message, results = [], curves = [], warnings = [], sinceLastEdit, machine } = benchmark;
  const groups = Map.groupBy(results, ({ group }) => group);
  const sizes = Map.groupBy(curves, ({ group }) => group);
  return (
    <>
      {state === 'running' && (
        <p class="running" role="status">
          <vscode-progress-ring aria-label="Measuring" /> Measuring… {Math.round(100 * share)} %{' '}
          <span class="quiet">{step}</span>
          <Button onClick={() => playground.benchmarks.cancel()}>Cancel</Button>
        </p>
      )}
      {message !== undefined && (
        <p class={state === 'failed' ? 'failure-message' : 'quiet'} role="status">
          {message}
        </p>
      )}
      {sinceLastEdit !== undefined && <p class="bench-change">{changeInWords(sinceLastEdit)}</p>}
      {warnings.length > 0 && (
        <ul class="bench-warnings" aria-label="What makes the figures doubtful">
          {warnings.map((warning) => (
            <li key={warning}>
              <Icon name="warning" /> {warning}
            </li>
          ))}
        </ul>
      )}
      {[...groups].map(([group, rows]) => (
        <Group key={group} title={group} rows={rows} algorithm={playground.form.algorithm.value} />
      ))}
      {groups.size > 0 && (
        <p class="quiet">
          Bars: time an operation, shorter is faster; the line across the end of each is its 95 % interval.
        </p>
      )}
      {[...sizes].map(([group, ofGroup]) => (
        <SizeCurves key={group} group={group} curves={ofGroup} />
      ))}
      {machine && (
        <p class="quiet">
          Measured on {machine.processor}, {machine.cores} cores, {machine.platform}, Node {machine.node}.
        </p>
      )}
      {state !== 'running' && (
        <Button icon="refresh" onClick={() => playground.benchmarks.start()}>
          Measure again
        </Button>
      )}
    </>
  );
}
