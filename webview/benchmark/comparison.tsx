/** Two results side by side: the speed in words that claim no more than the results, the figures, and the way to the diff. */
import { isSameText, speedChange, type SpeedChange } from '../../labs/engine/benchmark/speed-change.ts';
import type { BenchmarkRow, KeptBenchmark } from '../../labs/engine/protocol/panel.ts';
import { usePlayground } from '../state/context.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { bytesInWords, bestPeerOf, formatTime, isMeasured, ratioInFigures } from './figures.ts';

interface ComparisonProps {
  before: KeptBenchmark;
  /** Undefined: what stands in the editor. */
  after: KeptBenchmark | undefined;
}

export function Comparison({ before, after }: ComparisonProps) {
  const playground = usePlayground();
  return (
    <div class="bench-comparison" aria-live="polite">
      {after && after !== before && <Speed before={before} after={after} />}
      {!after && <p class="quiet">What stands in the editor has no figures until it is measured.</p>}
      {after !== before && (
        <Button icon="diff" onClick={() => playground.benchmarks.compareCode(before.id, after?.id)}>
          Compare the code
        </Button>
      )}
    </div>
  );
}

function Speed({ before, after }: { before: KeptBenchmark; after: KeptBenchmark }) {
  const change = speedChange(before, after);
  return (
    <>
      <p class="bench-change">{changeText(before, after, change)}</p>
      {change && (
        <p class="quiet">
          They were not measured in turn, so that their times do not compare. What does is how each stood beside{' '}
          {change.beside}, measured in turn with it: {change.ratio.toPrecision(3)}× the speed [
          {change.low.toPrecision(3)} … {change.high.toPrecision(3)}].
        </p>
      )}
      {change?.doubts.map((doubt) => (
        <p key={doubt}>
          <Icon name="warning" /> {doubt}
        </p>
      ))}
      <Figures before={before} after={after} />
    </>
  );
}

function changeText(before: KeptBenchmark, after: KeptBenchmark, change: SpeedChange | undefined): string {
  if (before.row.problem !== undefined || after.row.problem !== undefined) return 'One of them has no figures.';
  if (!change) return 'They have nothing in common that both were measured beside: their speeds do not compare.';
  return `${isSameText(before, after) ? 'The same text: ' : ''}${change.verdict}.`;
}

function Figures({ before, after }: { before: KeptBenchmark; after: KeptBenchmark }) {
  const both = [before, after];
  const [then, now] = both.map(({ beside }) => nameOfPeer(beside));
  const rows: [string, (one: KeptBenchmark) => string][] = [
    ['Time', ({ row }) => row.problem ?? (isMeasured(row) ? formatTime(row.nsPerOp) : '–')],
    [`× ${now}`, ({ row }) => (then === now && isMeasured(row) && ratioInFigures(row)) || '–'],
    ['× what ships', ({ row }) => (row.besideOurs ? `${row.besideOurs.ratio.toPrecision(3)}×` : '–')],
    ['Memory', ({ row: { bytesPerOp } }) => (bytesPerOp === undefined ? '–' : bytesInWords(bytesPerOp))],
  ];
  const shown = rows.filter(([, say]) => both.some((one) => say(one) !== '–'));
  return (
    <table class="bench-figures">
      <thead>
        <tr>
          <td />
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(([title, say]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {both.map((one, n) => (
              <td key={n}>{say(one)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOfPeer(rows: readonly BenchmarkRow[]): string {
  const { contender = '', version = '' } = bestPeerOf(rows) ?? {};
  return `${contender} ${version}`;
}
