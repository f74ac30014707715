/**
 * Diagrams that a lab has of itself: how its parts are connected, and through which states its nodes go. Plain data, of
 * which the panel makes Mermaid text; what of it is the case at the cursor is read from the trace.
 */

/** The states that nodes of a kind go through, and what takes them from one to the next. */
export interface StateMachine {
  kind: 'states';
  /** Stable. */
  id: string;
  title: string;
  /** Ids of the algorithms that it describes; all where left out. */
  algorithms?: readonly string[];
  /** The nodes that are such a machine: a regular expression over their names. */
  nodes: string;
  /** Where a node is of which the trace has said nothing yet. */
  initial: string;
  states: readonly MachineState[];
  transitions: readonly Transition[];
}

/** One state, and how the trace tells that a node is in it. */
export interface MachineState {
  id: string;
  title: string;
  /** First word of the node's visible state: 'voting' of 'voting 2.0'. A list with commas is several states at once. */
  status?: string;
  /** Texts of marks by which a node enters it; {node} stands for its name. */
  marks?: readonly string[];
}

export interface Transition {
  /** Ids of states. */
  from: string;
  to: string;
  /** What makes it, and what is done: 'all said Yes: commit to all'. */
  label: string;
}

/** The parts of a system and who talks to whom. */
export interface Architecture {
  kind: 'architecture';
  /** Stable. */
  id: string;
  title: string;
  parts: readonly Part[];
  links: readonly Link[];
}

export interface Part {
  id: string;
  title: string;
  /** How it is drawn: a round box for who uses the system, a drum for what keeps data; a box where left out. */
  shape?: 'user' | 'store';
  /** The nodes of a run that it stands for, a box for each: a regular expression over their names. */
  nodes?: string;
}

export interface Link {
  /** Ids of parts. */
  from: string;
  to: string;
  label?: string;
}

export type LabDiagram = StateMachine | Architecture;

/** The diagrams that describe an algorithm. One of the learner's own, which no diagram names, may be like any of them. */
export function diagramsFor(diagrams: readonly LabDiagram[], algorithm: string): LabDiagram[] {
  const of = (diagram: LabDiagram): readonly string[] | undefined =>
    diagram.kind === 'states' ? diagram.algorithms : undefined;
  const isNamed = diagrams.some((diagram) => of(diagram)?.includes(algorithm));
  return diagrams.filter((diagram) => !isNamed || (of(diagram)?.includes(algorithm) ?? true));
}

/** @throws TypeError for a state or part that is named and not there, or an expression that is none */
export function requireSound(lab: string, diagram: LabDiagram): void {
  const known = new Set((diagram.kind === 'states' ? diagram.states : diagram.parts).map(({ id }) => id));
  const arrows = diagram.kind === 'states' ? diagram.transitions : diagram.links;
  const named = [
    ...arrows.flatMap(({ from, to }) => [from, to]),
    ...(diagram.kind === 'states' ? [diagram.initial] : []),
  ];
  const stranger = named.find((id) => !known.has(id));
  if (stranger !== undefined)
    throw new TypeError(`${lab}: diagram '${diagram.id}' names '${stranger}', which is not in it`);
  const expressions = diagram.kind === 'states' ? [diagram.nodes] : diagram.parts.flatMap(({ nodes }) => nodes ?? []);
  for (const expression of expressions) {
    try {
      new RegExp(expression);
    } catch {
      throw new TypeError(
        `${lab}: diagram '${diagram.id}' finds nodes by '${expression}', which is no regular expression`,
      );
    }
  }
}
