/** A diagram of the lab itself, with what is the case at the cursor marked, and the same as tables. */
import { useRef } from 'preact/hooks';
import type { Architecture, LabDiagram, StateMachine } from '../../../labs/engine/lab/diagram.ts';
import { clusterSceneAt, type ClusterScene } from '../../../labs/engine/scene/cluster-scene.ts';
import { architectureText, stateMachineText } from '../../../labs/engine/scene/diagram-text.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { nodesInStates, type NodeInStates } from '../../../labs/engine/scene/node-states.ts';
import { textOf, type TraceView } from '../../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../../state/context.ts';
import { useArrivals, useCalm } from '../../ui/calm.ts';
import { MermaidPicture } from './mermaid-picture.tsx';

/** More nodes than this are counted by state rather than listed. */
const mostListed = 12;

export function LabDiagramView({ diagram }: { diagram: LabDiagram }) {
  const { trace, player } = usePlayground();
  // Mermaid takes a tenth of a second: while the run is played, not every event is drawn.
  const cursor = useCalm(player.cursor, 250);
  void useArrivals().value;
  const scene = useScene(trace.value, cursor);
  return diagram.kind === 'states' ? (
    <Machine machine={diagram} trace={trace.value} scene={scene} />
  ) : (
    <Parts architecture={diagram} trace={trace.value} scene={scene} />
  );
}

/** The cluster at the cursor, carried on from the last one where it lies ahead. */
function useScene(trace: TraceView, cursor: number): ClusterScene {
  const earlier = useRef<{ trace: TraceView; scene: ClusterScene }>(undefined);
  const scene = clusterSceneAt(trace, cursor, earlier.current?.trace === trace ? earlier.current.scene : undefined);
  earlier.current = { trace, scene };
  return scene;
}

interface MachineProps {
  machine: StateMachine;
  trace: TraceView;
  scene: ClusterScene;
}

function Machine({ machine, trace, scene }: MachineProps) {
  const nodes = nodesInStates(machine, trace, scene);
  return (
    <div class="diagram-view">
      <MermaidPicture
        text={stateMachineText(machine, nodes)}
        name={machine.id}
        label={`${machine.title}: a state machine; the tables below have the same in words`}
        note="Bold: where they are at the cursor"
      />
      {nodes.length > mostListed ? (
        <StateCounts machine={machine} nodes={nodes} />
      ) : (
        <NodeStates machine={machine} nodes={nodes} />
      )}
      <details class="as-table">
        <summary>Transitions</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">When / what it does</th>
            </tr>
          </thead>
          <tbody>
            {machine.transitions.map(({ from, to, label }, i) => (
              <tr key={i}>
                <td>{titleIn(machine, from)}</td>
                <td>{titleIn(machine, to)}</td>
                <td>{label}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function NodeStates({ machine, nodes }: { machine: StateMachine; nodes: readonly NodeInStates[] }) {
  const speak = nodes.some(({ status }) => status !== '');
  return (
    <table class="node-states">
      <caption class="visually-hidden">{machine.title}: states at the cursor</caption>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">State</th>
          {speak && <th scope="col">It says</th>}
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ name, states, status, condition }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {states.map((id) => titleIn(machine, id)).join(' and ') || '–'}
              {condition !== 'up' && <span class="ill"> ({condition})</span>}
            </td>
            {speak && <td class="quiet">{status || '–'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StateCounts({ machine, nodes }: { machine: StateMachine; nodes: readonly NodeInStates[] }) {
  return (
    <ul class="state-counts">
      {machine.states.map(({ id, title }) => {
        const inside = nodes.filter(({ states }) => states.includes(id));
        const few = inside.slice(0, 4).map(({ name }) => name);
        const names = inside.length > few.length ? `${few.join(', ')}, …` : few.join(', ');
        return (
          <li key={id}>
            {title}: {formatFigure(inside.length)} of {formatFigure(nodes.length)}
            {inside.length > 0 && <span class="quiet"> ({names})</span>}
          </li>
        );
      })}
    </ul>
  );
}

interface PartsProps {
  architecture: Architecture;
  trace: TraceView;
  scene: ClusterScene;
}

function Parts({ architecture, trace, scene }: PartsProps) {
  const { node } = trace.columns;
  const active = scene.cursor >= 0 ? textOf(trace, node[scene.cursor]!) : '';
  const titleOf = (id: string): string => architecture.parts.find((part) => part.id === id)?.title ?? id;
  return (
    <div class="diagram-view">
      <MermaidPicture
        text={architectureText(architecture, scene.nodes, active)}
        name={architecture.id}
        label={`${architecture.title}; the table below has the same in words`}
        note="Bold: where the last event happened. Dashed: not there"
      />
      <details class="as-table">
        <summary>Who talks to whom</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {architecture.links.map(({ from, to, label }, i) => (
              <tr key={i}>
                <td>{titleOf(from)}</td>
                <td>{titleOf(to)}</td>
                <td>{label ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function titleIn({ states }: StateMachine, id: string): string {
  return states.find((state) => state.id === id)?.title ?? id;
}
