/** The contenders of one group: a bar with its interval for each, on one axis, and what it means in words. */
import type { BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import { Icon } from '../ui/controls.tsx';
import {
  allocationInWords,
  axisOf,
  fastestFirst,
  formatTime,
  intervalOf,
  isMeasured,
  ratioInFigures,
  type Axis,
} from './figures.ts';

const kinds: Record<BenchmarkRow['kind'], string> = {
  ours: 'shipped',
  edited: 'your edit',
  peer: 'npm',
  floor: 'floor',
};

interface GroupProps {
  title: string;
  rows: readonly BenchmarkRow[];
  /** The algorithm that was asked about. */
  algorithm: string;
}

export function Group({ title, rows, algorithm }: GroupProps) {
  const axis = axisOf(rows);
  return (
    <section class="bench-group">
      <h3>{title}</h3>
      <ul>
        {fastestFirst(rows).map((row) => (
          <Row
            key={`${row.kind} ${row.contender}`}
            row={row}
            axis={axis}
            asked={row.contender === algorithm && row.kind !== 'peer'}
          />
        ))}
      </ul>
      {rows.some(isMeasured) && <Scale axis={axis} />}
    </section>
  );
}

interface RowProps {
  row: BenchmarkRow;
  axis: Axis;
  asked: boolean;
}

function Row({ row, axis, asked }: RowProps) {
  const kind = row.kind === 'peer' ? `npm ${row.version}` : kinds[row.kind];
  const name = (
    <span class="bench-name">
      <span class={asked ? 'bench-asked' : ''}>{row.contender}</span> <span class="quiet">{kind.trim()}</span>
    </span>
  );
  if (!isMeasured(row)) {
    return (
      <li class={`bench-row ${row.kind}`}>
        {name}
        <span class="bench-problem">
          <Icon name="warning" /> Not ranked: {row.problem ?? 'it was not measured'}
        </span>
      </li>
    );
  }
  const facts = [ratioInFigures(row), allocationInWords(row.bytesPerOp)].filter((text) => text !== '');
  return (
    <li class={`bench-row ${row.kind}`}>
      {name}
      <span class="figure">{formatTime(row.nsPerOp)}</span>
      <Bar row={row} axis={axis} />
      <span class="bench-words">
        {row.verdict !== undefined && row.kind !== 'floor' && <span>{row.verdict}</span>}
        {row.besideOurs && <span>{row.besideOurs.verdict}</span>}
        {facts.map((fact) => (
          <span key={fact} class="quiet">
            {fact}
          </span>
        ))}
      </span>
    </li>
  );
}

/** Kinds differ in their filling as well as in colour; the line on top reaches over the interval. */
function Bar({ row, axis }: Omit<RowProps, 'asked'>) {
  const share = (time: number): string => `${(100 * Math.min(time, axis.end)) / axis.end}%`;
  const { low, high } = intervalOf(row);
  return (
    <span class="bench-track" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span key={tick} class="bench-line" style={{ left: share(tick) }} />
      ))}
      <span class="bench-bar" style={{ width: share(row.nsPerOp) }} />
      <span class="bench-interval" style={{ left: share(low), width: share(high - low) }} />
    </span>
  );
}

function Scale({ axis }: { axis: Axis }) {
  return (
    <div class="bench-scale" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span key={tick} style={{ left: `${(100 * tick) / axis.end}%` }}>
          {tick === 0 ? '0' : formatTime(tick)}
        </span>
      ))}
    </div>
  );
}
