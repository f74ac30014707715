/** A stretch of a run as a Mermaid sequence diagram: to look at, to copy, to keep. */
import type { SequenceScene } from './sequence-scene.ts';

/** Steps that a diagram has at most: Mermaid takes a second for a thousand messages. */
export const maxDiagramSteps = 60;

export interface Diagram {
  /** Mermaid source. */
  text: string;
  /** How many steps there are in it, and how many were asked for. */
  steps: number;
  wanted: number;
}

/**
 * The events `from` to `to` of a scene, the first `maxDiagramSteps` of them.
 * @param from,to indices of events, both included
 */
export function diagramOf(scene: SequenceScene, from: number, to: number): Diagram {
  const steps: { at: number; line: string }[] = [];
  const used = new Set<number>();
  const inside = (event: number): boolean => event >= from && event <= to;
  for (const { send, end, from: sender, to: receiver, label, outcome } of scene.messages) {
    const at = outcome === 'delivered' && inside(end) ? end : send;
    if (!inside(at)) continue;
    used.add(sender).add(receiver);
    const arrow = outcome === 'lost' ? '--x' : '->>';
    const open = outcome === 'on its way' || (outcome === 'delivered' && !inside(end)) ? ' (on its way)' : '';
    steps.push({ at, line: `${alias(sender)}${arrow}${alias(receiver)}: ${safe(label)}${open}` });
  }
  for (const { event, lane, tone, text } of scene.moments) {
    if (!inside(event) || tone === 'timer' || tone === 'disk') continue;
    if (lane >= 0) used.add(lane);
    const place =
      lane >= 0
        ? `over ${alias(lane)}`
        : `over ${alias(0)}${scene.lanes.length > 1 ? `,${alias(scene.lanes.length - 1)}` : ''}`;
    if (lane < 0 && scene.lanes.length === 0) continue;
    if (lane < 0) scene.lanes.forEach((_, i) => used.add(i));
    steps.push({ at: event, line: `Note ${place}: ${safe(text)}` });
  }
  steps.sort((a, b) => a.at - b.at);
  const shown = steps.slice(0, maxDiagramSteps);
  const participants = scene.lanes.flatMap((name, lane) =>
    used.has(lane) ? [`    participant ${alias(lane)} as ${safe(name)}`] : [],
  );
  const text = ['sequenceDiagram', ...participants, ...shown.map(({ line }) => `    ${line}`)].join('\n');
  return { text, steps: shown.length, wanted: steps.length };
}

function alias(lane: number): string {
  return `n${lane}`;
}

/** Text without what Mermaid would take for syntax. */
export function safe(text: string): string {
  const plain = text
    .replace(/[;#\r\n]+/g, ' ')
    .replace(/[<>{}"`%]/g, '')
    .trim();
  // `end` alone closes a block; two dollars open a formula.
  return plain === '' ? '-' : plain.replace(/\bend\b/gi, 'End\u200b').replace(/\$(?=\$)/g, '$\u200b');
}
