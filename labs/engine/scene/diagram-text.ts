/** A lab's own diagrams as Mermaid text, with what is the case at a moment marked. */
import type { Architecture, Part, StateMachine } from '../lab/diagram.ts';
import type { ClusterNode } from './cluster-scene.ts';
import { safe } from './mermaid.ts';
import type { NodeInStates } from './node-states.ts';

/** Boxes that a part has at most; the rest are counted. */
const maxBoxes = 6;

/** A state machine. @param nodes in their states: those states are marked */
export function stateMachineText(
  { states, initial, transitions }: StateMachine,
  nodes: readonly NodeInStates[],
): string {
  const alias = (id: string): string => `s${states.findIndex((state) => state.id === id)}`;
  const current = states.filter(({ id }) => nodes.some((node) => node.states.includes(id)));
  return [
    'stateDiagram-v2',
    ...states.map(({ id, title }) => `    state "${safe(title)}" as ${alias(id)}`),
    `    [*] --> ${alias(initial)}`,
    ...transitions.map(({ from, to, label }) => `    ${alias(from)} --> ${alias(to)}: ${safe(label)}`),
    ...marked(
      'current',
      current.map(({ id }) => alias(id)),
    ),
  ].join('\n');
}

/**
 * How a system is built.
 * @param nodes of the run, by which parts that stand for several get their boxes
 * @param active name of the node at which the last event happened, '' for none
 */
export function architectureText(
  { parts, links }: Architecture,
  nodes: readonly Pick<ClusterNode, 'name' | 'condition'>[],
  active: string,
): string {
  const boxes = new Map(parts.map((part, i) => [part.id, boxesOf(part, `p${i}`, nodes, active)]));
  const lines = links.flatMap(({ from, to, label = '' }) => {
    const arrows = boxes
      .get(from)!
      .flatMap((left) => boxes.get(to)!.map((right) => [left.alias, right.alias] as const));
    // The one in the middle says what all of them are.
    const middle = Math.floor((arrows.length - 1) / 2);
    return arrows.map(
      ([left, right], i) => `    ${left} ${i === middle && label !== '' ? `-- "${safe(label)}" -->` : '-->'} ${right}`,
    );
  });
  const all = [...boxes.values()].flat();
  return [
    'flowchart LR',
    ...all.map(({ text }) => `    ${text}`),
    ...lines,
    ...marked(
      'current',
      all.filter(({ isActive }) => isActive).map(({ alias }) => alias),
    ),
    ...marked(
      'down',
      all.filter(({ isDown }) => isDown).map(({ alias }) => alias),
    ),
  ].join('\n');
}

interface Box {
  alias: string;
  text: string;
  isActive: boolean;
  isDown: boolean;
}

function boxesOf(
  { title, shape, nodes: expression }: Part,
  alias: string,
  nodes: readonly Pick<ClusterNode, 'name' | 'condition'>[],
  active: string,
): Box[] {
  const box = (own: string, words: string, isActive: boolean, isDown: boolean): Box => {
    const text = `"${safe(words)}"`;
    const drawn = { user: `([${text}])`, store: `[(${text})]`, box: `[${text}]` }[shape ?? 'box'];
    return { alias: own, text: `${own}${drawn}`, isActive, isDown };
  };
  if (expression === undefined) return [box(alias, title, false, false)];
  const isMine = new RegExp(expression);
  const mine = nodes.filter(({ name, condition }) => isMine.test(name) && condition !== 'absent');
  if (mine.length === 0) return [box(alias, title, false, false)];
  const some = mine.length > maxBoxes ? mine.slice(0, maxBoxes - 1) : mine;
  const shown = some.map(({ name, condition }, i) => {
    const isDown = condition === 'down' || condition === 'paused';
    const words = title === name ? name : `${title} ${name}`;
    return box(`${alias}x${i}`, isDown ? `${words}, ${condition}` : words, name === active, isDown);
  });
  const more = mine.slice(some.length);
  if (more.length === 0) return shown;
  const down = more.filter(({ condition }) => condition === 'down' || condition === 'paused').length;
  const words = `${title}, ${more.length} more${down > 0 ? `, ${down} of them not there` : ''}`;
  return [
    ...shown,
    box(
      `${alias}x${some.length}`,
      words,
      more.some(({ name }) => name === active),
      down > 0,
    ),
  ];
}

/** A class of boxes: bold outlines for what is the case, dashed ones for what is not there; colours are the theme's. */
function marked(name: 'current' | 'down', aliases: readonly string[]): string[] {
  if (aliases.length === 0) return [];
  const style = name === 'current' ? 'stroke-width:3px,font-weight:bold' : 'stroke-dasharray:4 3';
  return [`    classDef ${name} ${style}`, `    class ${aliases.join(',')} ${name}`];
}
