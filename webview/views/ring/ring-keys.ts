/** Walking a ring with the arrow keys: left and right along the circle, up and down between keys and servers. */
import type { RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import type { RingHit } from './ring-geometry.ts';

type Step = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

/** Whether a key of the keyboard walks the ring. */
export function isStep(key: string): key is Step {
  return ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key);
}

/** What is pointed at after a step from `from`; undefined on an empty ring. */
export function walkRing(scene: RingScene, from: RingHit | undefined, step: Step): RingHit | undefined {
  const kind =
    step === 'ArrowUp' ? 'server' : step === 'ArrowDown' ? 'item' : from?.type === 'item' ? 'item' : 'server';
  const order = kind === 'server' ? serversInOrder(scene) : itemsInOrder(scene);
  if (order.length === 0) return kind === 'item' ? walkRing(scene, undefined, 'ArrowUp') : undefined;
  const current = from?.type === kind ? order.indexOf(kind === 'item' ? itemOf(from) : serverOf(from)) : -1;
  const next = nextIndex(step, current, order.length);
  return kind === 'item' ? { type: 'item', item: order[next]! } : { type: 'server', server: order[next]! };
}

function nextIndex(step: Step, current: number, length: number): number {
  if (step === 'End') return length - 1;
  if (step === 'Home' || current < 0) return 0;
  if (step === 'ArrowRight') return (current + 1) % length;
  if (step === 'ArrowLeft') return (current + length - 1) % length;
  return current;
}

function itemOf(hit: RingHit): number {
  return hit.type === 'item' ? hit.item : -1;
}

function serverOf(hit: RingHit): number {
  return hit.type === 'server' ? hit.server : -1;
}

/** Present servers, clockwise by their first point; by number where there are no points. */
function serversInOrder(scene: RingScene): number[] {
  const order = new Set<number>();
  for (const point of scene.points) order.add(point.server);
  scene.servers.forEach(({ present }, server) => present && order.add(server));
  return [...order];
}

/** Items clockwise; with slots, slot by slot. */
function itemsInOrder(scene: RingScene): number[] {
  const { position, owner } = scene.items;
  const order = position.map((_, item) => item);
  return scene.hasPoints
    ? order.sort((a, b) => position[a]! - position[b]!)
    : order.sort((a, b) => owner[a]! - owner[b]! || position[a]! - position[b]!);
}
