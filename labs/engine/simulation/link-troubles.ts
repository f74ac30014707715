/** Links that are cut, lossy, slow or doubling: which they are, and what the trace says of it. */
import { EventKind } from '../trace/event.ts';
import { nodeIndex, type Arguments } from './action-arguments.ts';
import type { Simulation } from './simulation.ts';
import type { LinkRecord } from './world.ts';

/** The links that an action is meant for, by the indices of their ends. */
export function linksOf(simulation: Simulation, given: Arguments): [number, number][] {
  const { nodes } = simulation.world;
  if (given.node !== undefined) {
    const index = nodeIndex(simulation, given.node);
    return nodes.flatMap((_, other): [number, number][] =>
      other === index
        ? []
        : [
            [index, other],
            [other, index],
          ],
    );
  }
  const from = nodeIndex(simulation, given.from);
  const to = nodeIndex(simulation, given.to);
  return given.oneWay === true
    ? [[from, to]]
    : [
        [from, to],
        [to, from],
      ];
}

/** The links with which something is wrong. */
export function troubledLinks(simulation: Simulation): [number, number][] {
  return [...simulation.world.links]
    .filter(([, record]) => troubleOf(record)[0] !== 'healed')
    .map(([key]) => {
      const [from, to] = key.split('>').map((name) => simulation.nodeIndex.get(name)!);
      return [from!, to!];
    });
}

/** What is wrong with a link, the worst of it, as its event says it; 'healed' where nothing is. */
export function troubleOf({ cut, loss, delay, duplication }: LinkRecord): [label: string, figure: number] {
  if (cut) return ['cut', 0];
  if (loss >= 0) return ['lossy', loss];
  if (delay > 0) return ['slow', delay];
  return duplication >= 0 ? ['doubling', duplication] : ['healed', 0];
}

/** Says in the trace what a link is from now on. */
export function linkEvent(
  simulation: Simulation,
  from: number,
  to: number,
  label: string,
  value: number,
  cause: number,
): void {
  const { nodes } = simulation.world;
  simulation.emit(EventKind.link, nodes[from], nodes[to]!.id, simulation.writer.intern(label), cause, 0, value);
}
