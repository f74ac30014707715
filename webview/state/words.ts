/** Nodes in words, the same wherever they are shown. */
import type { ClusterNode } from '../../labs/engine/scene/cluster-scene.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';

/** up, down, paused, gone; with how much slower than usual where it is. */
export function conditionInWords({ condition, slowness }: Pick<ClusterNode, 'condition' | 'slowness'>): string {
  const word = condition === 'absent' ? 'gone' : condition;
  return slowness === 1 || condition !== 'up' ? word : `${word}, ${formatFigure(slowness)}× slower`;
}
