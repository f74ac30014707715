/** Marks that would lie on one another become one: nothing on a timeline overlaps, however many there are. */
import type { PlacedMark } from '../../labs/engine/scene/outline.ts';
import type { MarkTone } from '../../labs/engine/scene/marks.ts';
import { shareOf, type Span } from './span.ts';

export interface Cluster {
  /** Where it stands, in pixels from the beginning of the span: on its first mark. */
  x: number;
  /** What is worst among its marks. */
  tone: MarkTone;
  /** At least one, in order. */
  marks: readonly PlacedMark[];
}

/**
 * The marks in a span as clusters, any two of them at least `gap` pixels apart.
 * @param marks in order
 * @param width of the span, in pixels
 * @param least what stands further left is moved to here, in pixels
 */
export function clusterMarks(
  marks: readonly PlacedMark[],
  span: Span,
  width: number,
  gap: number,
  least = -Infinity,
): Cluster[] {
  const groups: { x: number; marks: PlacedMark[] }[] = [];
  for (const mark of marks) {
    if (mark.place < span.from || mark.place > span.to) continue;
    const x = Math.max(least, shareOf(span, mark.place) * width);
    const last = groups.at(-1);
    if (last && x - last.x < gap) last.marks.push(mark);
    else groups.push({ x, marks: [mark] });
  }
  return groups.map(({ x, marks }) => ({ x, marks, tone: worstOf(marks) }));
}

function worstOf(marks: readonly PlacedMark[]): MarkTone {
  const order: readonly MarkTone[] = ['broken', 'intervention', 'fault'];
  return order.find((tone) => marks.some((mark) => mark.tone === tone)) ?? 'phase';
}

/** The mark that a click on a cluster goes to: the first one, or the one after the cursor where that stands in it. */
export function markToVisit({ marks }: Cluster, cursor: number): PlacedMark {
  const at = marks.findIndex(({ event }) => event === cursor);
  return marks[(at + 1) % marks.length]!;
}
