/** The decisions of limiters: whom they let through, whom they refused. */
import { EventKind } from '../trace/event.ts';
import type { Found, Span } from './found.ts';
import { formatFigure } from './event-text.ts';
import { textOf, type TraceView } from './trace-view.ts';

/** The first decisions of a kind. They take no time. */
export function findDecisions(trace: TraceView, which: 'admitted' | 'refused', limit: number): Found {
  const { kind, node, label, id, value } = trace.columns;
  const wanted = which === 'refused' ? EventKind.refuse : EventKind.admit;
  const spans: Span[] = [];
  let count = 0;
  for (let row = 0; row < trace.length; row++) {
    if (kind[row] !== wanted || ++count > limit) continue;
    spans.push({
      name: `${textOf(trace, label[row]!)}${id[row]!}`,
      outcome: `${which}: ${textOf(trace, node[row]!)} at level ${formatFigure(value[row]!)}`,
      event: row,
      total: 0,
      waiting: 0,
      service: 0,
    });
  }
  return { spans, count, mean: { total: 0, waiting: 0, service: 0 } };
}
