/** How fast: each contender's time an operation as a bar, and what that means beside the best peer. */
import type { BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { usePlayground } from './context.ts';

const kinds: Record<BenchmarkRow['kind'], string> = {
  ours: 'shipped',
  edited: 'your edit',
  peer: 'npm',
  floor: 'floor',
};

export function Benchmark() {
  const playground = usePlayground();
  const benchmark = playground.benchmark.value;
  if (!benchmark) {
    return (
      <div class="benchmark-empty">
        <p class="quiet">
          Measures the code in the editor beside the version we ship, its siblings, the best npm package for the job and
          the floor: the cheapest operation that any solution needs.
        </p>
        <Button icon="dashboard" onClick={() => playground.startBenchmark()}>
          Run benchmark
        </Button>
      </div>
    );
  }
  const groups = Map.groupBy(benchmark.results ?? [], ({ group }) => group);
  return (
    <div class="benchmark">
      {benchmark.state === 'running' && (
        <p class="running" role="status">
          <vscode-progress-ring aria-label="Measuring" /> Measuring… {Math.round(100 * benchmark.share)} %{' '}
          <span class="quiet">{benchmark.step}</span>
          <Button onClick={() => playground.cancelBenchmark()}>Cancel</Button>
        </p>
      )}
      {benchmark.message !== undefined && (
        <p class={benchmark.state === 'failed' ? 'failure-message' : 'quiet'} role="status">
          {benchmark.message}
        </p>
      )}
      {[...groups].map(([group, rows]) => (
        <Group key={group} title={group} rows={rows} />
      ))}
      {benchmark.state !== 'running' && (
        <Button icon="refresh" onClick={() => playground.startBenchmark()}>
          Measure again
        </Button>
      )}
    </div>
  );
}

function Group({ title, rows }: { title: string; rows: readonly BenchmarkRow[] }) {
  const slowest = Math.max(...rows.filter(({ problem }) => problem === undefined).map(({ nsPerOp }) => nsPerOp), 1);
  return (
    <section class="benchmark-group">
      <h2>{title}</h2>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Contender</th>
            <th scope="col">Time an operation</th>
            <th scope="col">Beside the best peer</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.contender}`} class={row.kind}>
              <th scope="row">
                {row.contender} <span class="quiet">{row.kind === 'peer' ? row.version : kinds[row.kind]}</span>
              </th>
              <td>
                {row.problem === undefined ? (
                  <span class="bench-bar-track">
                    <span class="bench-bar" style={{ width: `${(100 * row.nsPerOp) / slowest}%` }} />
                    <span class="bench-figure">{formatFigure(Number(row.nsPerOp.toPrecision(3)))} ns</span>
                  </span>
                ) : (
                  <span class="bench-problem">
                    <Icon name="warning" /> {row.problem}
                  </span>
                )}
              </td>
              <td class="figure">{row.problem === undefined && row.kind !== 'floor' && ratioInWords(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A ratio with its interval, and whether the difference is more than noise. */
export function ratioInWords({ ratioToBestPeer, low, high, kind }: BenchmarkRow): string {
  if (ratioToBestPeer === null || kind === 'peer') return '';
  const figure = `${ratioToBestPeer.toPrecision(3)}× [${low.toPrecision(3)} … ${high.toPrecision(3)}]`;
  if (low > 1) return `${figure} faster`;
  return high < 1 ? `${figure} slower` : `${figure} no real difference`;
}
