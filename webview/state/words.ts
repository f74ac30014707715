/** Nodes, parameters, verdicts and interventions in words, the same wherever they are shown. */
import type { ClusterNode } from '../../labs/engine/scene/cluster-scene.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';

/** Whose text a run ran, as it knows by itself: copies may have come and gone since. */
export function textInWords({ edited, copy }: Pick<RunSummary, 'edited' | 'copy'>): string {
  if (copy) return `your copy (${copy.label})`;
  return edited ? 'an edited text' : 'the bundled text';
}

/** up, down, paused, gone; with how much slower than usual where it is. */
export function conditionInWords({ condition, slowness }: Pick<ClusterNode, 'condition' | 'slowness'>): string {
  const word = condition === 'absent' ? 'gone' : condition;
  return slowness === 1 || condition !== 'up' ? word : `${word}, ${formatFigure(slowness)}× slower`;
}

/** A parameter's title, or its name in words: virtualNodes → virtual nodes. */
export function titleOf({ title, name }: { title?: string | undefined; name: string }): string {
  return title ?? name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** An intervention in a few words: `crash coordinator`, `cut client – stock`, `remove server shard-0`. */
export function deedInWords({ action, arguments: given }: RunSummary['interventions'][number]): string {
  const verb = action.replaceAll('-', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const { from, to, ...others } = given;
  const parts = typeof from === 'string' && typeof to === 'string' ? [`${from} – ${to}`] : [];
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === 'string') parts.push(value);
    else if (typeof value === 'number' && name in figures) parts.push(figures[name]!(value));
  }
  return [verb, ...parts].join(' ');
}

/** How the figures of the engine's own actions read; a lab's own speak through what they are done to. */
const figures: Readonly<Record<string, (value: number) => string>> = {
  factor: (value) => `× ${formatFigure(value)}`,
  share: (value) => `${formatFigure(value * 100)} %`,
  by: (value) => `by ${formatFigure(value)} ms`,
  offset: (value) => `by ${formatFigure(value)} ms`,
};
