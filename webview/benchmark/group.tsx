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

const kinds: Record<Exclude<BenchmarkRow['kind'], 'peer'>, string> = {
  ours: 'shipped',
  edited: 'your edit',
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
  const ranked = fastestFirst(rows);
  const others = rows.filter((row) => !isMeasured(row));
  return (
    <section class="bench-group">
      <h3>{title}</h3>
      {ranked.length > 0 && (
        <ul>
          {ranked.map((row) => (
            <Ranked key={keyOf(row)} row={row} axis={axis} asked={row.contender === algorithm && row.kind !== 'peer'} />
          ))}
        </ul>
      )}
      {ranked.length > 0 && <Scale axis={axis} />}
      {others.length > 0 && (
        <ul aria-label="Not ranked">
          {others.map((row) => (
            <NotRanked key={keyOf(row)} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function keyOf({ kind, contender }: BenchmarkRow): string {
  return `${kind} ${contender}`;
}

interface RankedProps {
  row: BenchmarkRow;
  axis: Axis;
  asked: boolean;
}

function Name({ row, asked }: Omit<RankedProps, 'axis'>) {
  return (
    <span class="bench-name">
      <span class={asked ? 'bench-asked' : ''}>{row.contender}</span>{' '}
      <span class="quiet">{row.kind === 'peer' ? `npm ${row.version}`.trim() : kinds[row.kind]}</span>
    </span>
  );
}

function NotRanked({ row }: { row: BenchmarkRow }) {
  return (
    <li class="bench-row">
      <Name row={row} asked={false} />
      <span class="bench-problem">
        <Icon name="warning" /> Not ranked: it {row.problem ?? 'was not measured'}
      </span>
    </li>
  );
}

function Ranked({ row, axis, asked }: RankedProps) {
  const facts = [ratioInFigures(row), allocationInWords(row.bytesPerOp)].filter((text) => text !== '');
  return (
    <li class={`bench-row ${row.kind}`}>
      <Name row={row} asked={asked} />
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
function Bar({ row, axis }: Omit<RankedProps, 'asked'>) {
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
