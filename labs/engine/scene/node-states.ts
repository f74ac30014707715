/** In which of a machine's states the nodes of a run are at a moment. */
import type { StateMachine } from '../lab/diagram.ts';
import { EventKind } from '../trace/event.ts';
import type { ClusterNode, ClusterScene } from './cluster-scene.ts';
import { textOf, type TraceView } from './trace-view.ts';

/** A node, and the states that it is in: several where it does several things at once, none while its memory is gone. */
export interface NodeInStates {
  name: string;
  /** Ids of states. */
  states: string[];
  /** What it says of itself, '' for nothing. */
  status: string;
  condition: ClusterNode['condition'];
}

/**
 * The nodes that are such a machine, in the order in which they appeared.
 * @param scene of the trace at the cursor
 */
export function nodesInStates(machine: StateMachine, trace: TraceView, scene: ClusterScene): NodeInStates[] {
  const isMine = new RegExp(machine.nodes);
  const nodes = scene.nodes.filter(({ name, condition }) => isMine.test(name) && condition !== 'absent');
  const marked = lastMarked(machine, trace, scene.cursor, nodes);
  return nodes.map((node) => ({
    name: node.name,
    states: statesOf(machine, node, marked.get(node.name)),
    status: node.state,
    condition: node.condition,
  }));
}

function statesOf({ states, initial }: StateMachine, { state, condition }: ClusterNode, marked?: string): string[] {
  const bySelf = states.some(({ status }) => status !== undefined);
  // What others hold of a node outlives its crash; what it knew itself does not.
  if (bySelf && condition === 'down') return [];
  const words = new Set(state.split(',').map((piece) => piece.trim().split(' ')[0]!));
  const said = states.filter(({ status }) => status !== undefined && words.has(status)).map(({ id }) => id);
  return said.length > 0 ? said : [marked ?? initial];
}

/** The state into which the last mark has put each node. */
function lastMarked(
  { states }: StateMachine,
  trace: TraceView,
  cursor: number,
  nodes: readonly ClusterNode[],
): Map<string, string> {
  const entered = new Map<string, { node: string; state: string }>();
  for (const { id, marks = [] } of states) {
    for (const mark of marks) {
      for (const { name } of nodes) entered.set(mark.replace('{node}', name), { node: name, state: id });
    }
  }
  const marked = new Map<string, string>();
  if (entered.size === 0) return marked;
  const { kind, label } = trace.columns;
  for (let row = 0; row <= cursor; row++) {
    if (kind[row] !== EventKind.mark) continue;
    const entry = entered.get(textOf(trace, label[row]!));
    if (entry) marked.set(entry.node, entry.state);
  }
  return marked;
}
