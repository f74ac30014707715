/** What a benchmark's rows come to on an axis and in words. */
import type { BenchmarkCurve, BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import { formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';

/** A row that has figures. */
export function isMeasured({ problem, nsPerOp }: BenchmarkRow): boolean {
  return problem === undefined && Number.isFinite(nsPerOp);
}

/** Rows with figures, fastest first. */
export function fastestFirst(rows: readonly BenchmarkRow[]): BenchmarkRow[] {
  return rows.filter(isMeasured).toSorted((a, b) => a.nsPerOp - b.nsPerOp);
}

/**
 * The 95 % interval of a row in nanoseconds. Where there is a peer, what is known is the interval of the speed beside
 * it, which is narrower than that of the time: both were measured in turn, on a machine in the same mood.
 */
export function intervalOf({ nsPerOp, ratioToBestPeer, low, high }: BenchmarkRow): { low: number; high: number } {
  if (ratioToBestPeer === null) return { low, high };
  return { low: (nsPerOp * ratioToBestPeer) / high, high: (nsPerOp * ratioToBestPeer) / low };
}

/** An axis from 0: its end, and where its marks stand. Times are in nanoseconds. */
export interface Axis {
  end: number;
  ticks: number[];
}

/** An axis that all rows with figures fit on, with round marks. */
export function axisOf(rows: readonly BenchmarkRow[]): Axis {
  const most = Math.max(1, ...rows.filter(isMeasured).map((row) => Math.max(row.nsPerOp, intervalOf(row).high)));
  const power = 10 ** Math.floor(Math.log10(most / 2));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((width) => most / width <= 4) ?? 10 * power;
  const count = Math.ceil(most / step - 1e-9);
  return { end: count * step, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** '433 ns', to three digits. */
export function formatTime(nanoseconds: number): string {
  return formatDuration(Number(nanoseconds.toPrecision(3)));
}

/** The peer that ratios are taken to, among the rows of a group. */
export function bestPeerOf(rows: readonly BenchmarkRow[]): BenchmarkRow | undefined {
  return rows.find((row) => row.kind === 'peer' && row.ratioToBestPeer === 1 && isMeasured(row));
}

/** A ratio with its interval, '2.10× [2.02 … 2.17]'; '' where it is nobody's or the best peer's own. */
export function ratioInFigures({ ratioToBestPeer, low, high, kind }: BenchmarkRow): string {
  if (ratioToBestPeer === null || kind === 'peer' || kind === 'floor') return '';
  return `${ratioToBestPeer.toPrecision(3)}× [${low.toPrecision(3)} … ${high.toPrecision(3)}]`;
}

/** What an operation leaves for the garbage collector; less than a byte is a rare one, spread over all. */
export function allocationInWords(bytesPerOp: number | undefined): string {
  if (bytesPerOp === undefined || !Number.isFinite(bytesPerOp)) return '';
  return `allocates ${bytesInWords(bytesPerOp)}${bytesPerOp < 1 ? '' : ' an operation'}`;
}

/** 'nothing', '48 bytes'. */
export function bytesInWords(bytes: number): string {
  return bytes < 1 ? 'nothing' : `${formatFigure(Math.round(bytes))} bytes`;
}

/** How an edit has changed the speed: 0.08 is 8 % faster. */
export function changeInWords(sinceLastEdit: number): string {
  const percent = Math.round(100 * Math.abs(sinceLastEdit));
  if (percent === 0) return 'As fast as before your last edit.';
  return `${formatFigure(percent)} % ${sinceLastEdit > 0 ? 'faster' : 'slower'} than before your last edit.`;
}

/** What grows with n in a claim: 'O(log n)' → log n. Undefined for a claim of another form. */
function growthOf(claim: string): ((n: number) => number) | undefined {
  const growths: Record<string, (n: number) => number> = {
    'O(1)': () => 1,
    'O(log n)': Math.log,
    'O(√n)': Math.sqrt,
    'O(n)': (n) => n,
    'O(n log n)': (n) => n * Math.log(n),
  };
  return growths[claim];
}

/**
 * What the claimed growth would make of a curve, moved to where it fits best: a claim says how cost grows, not how
 * large it is.
 * @returns nanoseconds at each of the curve's points; undefined where the claim is of no known form
 */
export function claimedTimes({ claim, points }: BenchmarkCurve): number[] | undefined {
  const growth = growthOf(claim);
  const shape = growth && points.map(({ n }) => growth(n));
  if (!shape || shape.some((value) => !(value > 0))) return undefined;
  const factor = Math.exp(
    points.reduce((sum, { nsPerOp }, i) => sum + Math.log(nsPerOp / shape[i]!), 0) / points.length,
  );
  return shape.map((value) => value * factor);
}
