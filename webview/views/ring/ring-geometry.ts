/**
 * Where everything of a ring stands on the screen. Positions run clockwise from the top; items are
 * stacked inwards where many share a place, so that the circle is a histogram of where the keys fall.
 */
import type { RingScene } from '../../../labs/engine/scene/ring-scene.ts';

const turn = 2 * Math.PI;
/** Items that are drawn one by one; of more, every n-th stands for n. */
const maxDots = 20_000;

export interface RingGeometry {
  width: number;
  height: number;
  x: number;
  y: number;
  /** Radius of the middle of the servers' band. */
  radius: number;
  /** Thickness of the band. */
  band: number;
  /** Radius of an item's dot. */
  dot: number;
  /** How many items a dot stands for. */
  itemsPerDot: number;
  /** x, y of each item, two numbers each; NaN for those that are not drawn. */
  dots: Float32Array;
  /** Where each server's slot begins, in turns, for algorithms without points; −1 for those that are not there. */
  slots: Float64Array;
  /** Width of a slot, in turns. */
  slot: number;
  stacking?: Stacking;
}

/** The angle of a position, in radians as a canvas counts them. */
export function angleOf(position: number): number {
  return position * turn - Math.PI / 2;
}

/** The position, in [0, 1), that a place on the screen lies at. */
export function positionAt(geometry: RingGeometry, x: number, y: number): number {
  const angle = Math.atan2(y - geometry.y, x - geometry.x) + Math.PI / 2;
  return (((angle / turn) % 1) + 1) % 1;
}

/** Lays a scene out in a box of `width` × `height` pixels. */
export function layOutRing(scene: RingScene, width: number, height: number): RingGeometry {
  const few = scene.servers.length <= 24;
  // Room for the servers' names around a small ring.
  const margin = few && width >= 260 ? Math.min(66, width * 0.16) : 14;
  const vertical = few ? 30 : 14;
  const radius = Math.max(40, Math.min(width / 2 - margin, height / 2 - vertical));
  const count = scene.items.number.length;
  const itemsPerDot = Math.max(1, Math.ceil(count / maxDots));
  const geometry: RingGeometry = {
    width,
    height,
    x: width / 2,
    y: height / 2,
    radius,
    band: radius < 110 ? 9 : 13,
    dot: dotRadius(count / itemsPerDot, radius),
    itemsPerDot,
    dots: new Float32Array(2 * count).fill(NaN),
    ...(scene.hasPoints ? { slots: new Float64Array(0), slot: 0 } : layOutSlots(scene)),
  };
  placeDots(scene, geometry);
  return geometry;
}

function dotRadius(dots: number, radius: number): number {
  if (dots <= 60) return radius < 110 ? 3.5 : 4.5;
  if (dots <= 400) return 3;
  return dots <= 3000 ? 1.75 : 1.25;
}

function layOutSlots(scene: RingScene): { slots: Float64Array; slot: number } {
  const slot = 1 / Math.max(1, scene.presentServers);
  const slots = new Float64Array(scene.servers.length).fill(-1);
  let next = 0;
  scene.servers.forEach((server, i) => {
    if (server.present) slots[i] = next++ * slot;
  });
  return { slots, slot };
}

/** The angle, in turns, at which an item is drawn: its position, or inside its owner's slot. */
export function turnOfItem(scene: RingScene, geometry: RingGeometry, item: number): number {
  const position = scene.items.position[item]!;
  if (scene.hasPoints) return position;
  const start = geometry.slots[scene.items.owner[item]!]!;
  // A tenth of the slot stays free at either side, so that neighbours do not run into each other.
  return start < 0 ? position : start + geometry.slot * (0.1 + 0.8 * position);
}

/** How items are stacked inwards from the band. */
interface Stacking {
  /** Radius of the outermost dots. */
  outer: number;
  /** How many dots each place on the circle holds so far. */
  depth: Uint32Array;
  /** The most that any place holds. */
  deepest: number;
  /** From one dot of a stack to the next. */
  step: number;
}

function placeDots(scene: RingScene, geometry: RingGeometry): void {
  const { radius, band, dot, itemsPerDot } = geometry;
  const outer = radius - band / 2 - dot - 4;
  const depth = new Uint32Array(Math.max(8, Math.floor((turn * outer) / (2 * dot + 0.5))));
  const stacking: Stacking = { outer, depth, deepest: 1, step: 2 * dot + (dot > 2 ? 1 : 0.5) };
  const count = scene.items.number.length;
  for (let item = 0; item < count; item += itemsPerDot) {
    const bin = binOf(scene, geometry, stacking, item);
    stacking.deepest = Math.max(stacking.deepest, ++depth[bin]!);
  }
  // A hot spot is squeezed rather than let through the middle.
  stacking.step = Math.min(stacking.step, deepestRoom(outer) / stacking.deepest);
  depth.fill(0);
  for (let item = 0; item < count; item += itemsPerDot) stackDot(scene, geometry, stacking, item);
  geometry.stacking = stacking;
}

function deepestRoom(outer: number): number {
  return outer * 0.72;
}

function binOf(scene: RingScene, geometry: RingGeometry, { depth }: Stacking, item: number): number {
  return Math.floor(turnOfItem(scene, geometry, item) * depth.length) % depth.length;
}

function stackDot(scene: RingScene, geometry: RingGeometry, stacking: Stacking, item: number): void {
  const { outer, depth, step } = stacking;
  const bin = binOf(scene, geometry, stacking, item);
  const inward = outer - step * depth[bin]!++;
  // Where stacks are high they stand in rows; a few keys stand exactly where they belong.
  const share = geometry.dot < 3 ? (bin + 0.5) / depth.length : turnOfItem(scene, geometry, item);
  geometry.dots[2 * item] = geometry.x + inward * Math.cos(angleOf(share));
  geometry.dots[2 * item + 1] = geometry.y + inward * Math.sin(angleOf(share));
}

/**
 * Places items that were added since, without moving any other.
 * @returns false where that cannot be: everything is then to be laid out again
 */
export function addDots(scene: RingScene, geometry: RingGeometry): boolean {
  const { stacking, dots, itemsPerDot } = geometry;
  const count = scene.items.number.length;
  const known = dots.length / 2;
  const perDot = Math.max(1, Math.ceil(count / maxDots));
  if (!stacking || perDot !== itemsPerDot || dotRadius(count / perDot, geometry.radius) !== geometry.dot) return false;
  geometry.dots = new Float32Array(2 * count).fill(NaN, 2 * known);
  geometry.dots.set(dots);
  for (let item = known; item < count; item++) {
    if (item % itemsPerDot !== 0) continue;
    stackDot(scene, geometry, stacking, item);
    stacking.deepest = Math.max(stacking.deepest, stacking.depth[binOf(scene, geometry, stacking, item)]!);
  }
  return stacking.deepest * stacking.step <= deepestRoom(stacking.outer);
}

/** What lies under a place on the screen. */
export type RingHit =
  { type: 'item'; item: number } | { type: 'server'; server: number } | { type: 'circle'; position: number };

/** What a pointer at x, y points at: an item before a server, a server before the bare circle. */
export function hitRing(scene: RingScene, geometry: RingGeometry, x: number, y: number): RingHit | undefined {
  const item = nearestDot(geometry, x, y);
  if (item >= 0) return { type: 'item', item };
  const distance = Math.hypot(x - geometry.x, y - geometry.y);
  const reach = geometry.band / 2 + 10;
  if (Math.abs(distance - geometry.radius) > reach) return undefined;
  const position = positionAt(geometry, x, y);
  const server = scene.hasPoints ? nearestPoint(scene, geometry, position) : slotAt(geometry, position);
  return server >= 0 ? { type: 'server', server } : { type: 'circle', position };
}

function nearestDot({ dots, dot }: RingGeometry, x: number, y: number): number {
  let best = -1;
  let nearest = Math.max(5, dot + 2) ** 2;
  for (let item = 0; 2 * item < dots.length; item++) {
    const distance = (dots[2 * item]! - x) ** 2 + (dots[2 * item + 1]! - y) ** 2;
    if (distance < nearest) {
      nearest = distance;
      best = item;
    }
  }
  return best;
}

/** The server of a point within reach of a position, −1 if there is none. */
function nearestPoint(scene: RingScene, { radius }: RingGeometry, position: number): number {
  const reach = 9 / (turn * radius);
  let best = -1;
  let nearest = reach;
  for (const point of scene.points) {
    const gap = Math.abs(point.position - position);
    const distance = Math.min(gap, 1 - gap);
    if (distance < nearest) {
      nearest = distance;
      best = point.server;
    }
  }
  return best;
}

function slotAt({ slots, slot }: RingGeometry, position: number): number {
  return slots.findIndex((start) => start >= 0 && position >= start && position < start + slot);
}
