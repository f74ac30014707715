/** Draws a laid-out ring: servers, items, and over them what is pointed at. Every function paints one layer, whole or in part. */
import { destinationOf, type RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import { seriesColour, type Palette } from '../../ui/palette.ts';
import { angleOf, turnOfItem, type RingGeometry, type RingHit } from './ring-geometry.ts';

type Context = CanvasRenderingContext2D;

/** Servers: each arc of the circle in its owner's colour, points as beads while there is room, names around. */
export function paintServers(context: Context, scene: RingScene, geometry: RingGeometry, palette: Palette): void {
  context.clearRect(0, 0, geometry.width, geometry.height);
  const { x, y, radius, band } = geometry;
  if (scene.presentServers === 0) {
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
    return;
  }
  context.lineWidth = band;
  for (const arc of arcsOf(scene, geometry)) strokeArc(context, geometry, arc, seriesColour(palette, arc.server));
  if (scene.hasPoints) paintBeads(context, scene, geometry, palette);
  paintNames(context, scene, geometry, palette);
}

interface Arc {
  server: number;
  /** In turns; `to` may lie above 1. */
  from: number;
  to: number;
}

/** The stretches of the circle and who owns them: up to each point from the one before, or a slot a server. */
export function arcsOf(scene: RingScene, geometry: RingGeometry): Arc[] {
  if (!scene.hasPoints) {
    return [...geometry.slots].flatMap((from, server) =>
      from < 0 ? [] : [{ server, from, to: from + geometry.slot }],
    );
  }
  const { points } = scene;
  return points.map((point, i) => {
    const before = points[(i + points.length - 1) % points.length]!.position;
    return { server: point.server, from: i === 0 ? before - 1 : before, to: point.position };
  });
}

function strokeArc(context: Context, { x, y, radius }: RingGeometry, { from, to }: Arc, colour: string): void {
  // A hair of background between neighbours, unless that would swallow the arc.
  const length = (to - from) * 2 * Math.PI * radius;
  const gap = length > 5 ? 1 / radius : 0;
  context.strokeStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, angleOf(from) + gap, angleOf(to) - gap);
  context.stroke();
}

function paintBeads(context: Context, scene: RingScene, geometry: RingGeometry, palette: Palette): void {
  const { x, y, radius, band } = geometry;
  const room = (2 * Math.PI * radius) / Math.max(1, scene.points.length);
  if (room < 7) return;
  const size = Math.min(band / 2 + 2.5, room / 2.5);
  context.lineWidth = 2;
  for (const point of scene.points) {
    const angle = angleOf(point.position);
    context.beginPath();
    context.arc(x + radius * Math.cos(angle), y + radius * Math.sin(angle), size, 0, 2 * Math.PI);
    context.fillStyle = seriesColour(palette, point.server);
    context.fill();
    context.strokeStyle = palette.background;
    context.stroke();
  }
}

/** Names of a few servers beside their points; one that would run into another is left to the list beside the ring. */
function paintNames(context: Context, scene: RingScene, geometry: RingGeometry, palette: Palette): void {
  if (scene.presentServers > 24 || geometry.width < 260) return;
  const { x, y, radius, band, width, height } = geometry;
  context.font = `12px ${palette.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = palette.foreground;
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  for (const { server, at } of namedPlaces(scene, geometry)) {
    const angle = angleOf(at);
    const away = radius + band / 2 + 8;
    const side = Math.cos(angle);
    const text = scene.servers[server]!.name;
    const size = context.measureText(text).width;
    const left = x + away * side - (side > 0.3 ? 0 : side < -0.3 ? size : size / 2);
    const middle = y + (away + (Math.abs(side) <= 0.3 ? 4 : 0)) * Math.sin(angle);
    const box = { left: left - 3, right: left + size + 3, top: middle - 8, bottom: middle + 8 };
    if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
    if (taken.some((b) => b.left < box.right && box.left < b.right && b.top < box.bottom && box.top < b.bottom))
      continue;
    taken.push(box);
    context.fillText(text, left, middle);
  }
}

/** Where each server's name goes: at the point that ends its widest arc, or in the middle of its slot. */
function namedPlaces(scene: RingScene, geometry: RingGeometry): { server: number; at: number }[] {
  const widest = new Map<number, Arc>();
  for (const arc of arcsOf(scene, geometry)) {
    const known = widest.get(arc.server);
    if (!known || arc.to - arc.from > known.to - known.from) widest.set(arc.server, arc);
  }
  return [...widest.values()]
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .map(({ server, from, to }) => ({ server, at: scene.hasPoints ? to : (from + to) / 2 }));
}

/** How strongly items are drawn that did not move while others did. */
const dimmed = { light: 0.35, dark: 0.35, 'hc-light': 0.5, 'hc-dark': 0.5 } as const;

/**
 * Items as dots in their owners' colours; those that moved in this phase stand out.
 * @param some only these, over what is already painted; all, on a clean layer, where left out
 */
export function paintItems(
  context: Context,
  scene: RingScene,
  geometry: RingGeometry,
  palette: Palette,
  some?: readonly number[],
): void {
  const count = scene.items.number.length;
  if (!some) context.clearRect(0, 0, geometry.width, geometry.height);
  const anyMoved = scene.phase.event >= 0 && scene.movedItems > 0;
  const colours = scene.servers.map((_, i) => seriesColour(palette, i));
  const paint = (item: number, moved: boolean): void => {
    const x = geometry.dots[2 * item]!;
    if (Number.isNaN(x)) return;
    context.fillStyle = colours[scene.items.owner[item]!]!;
    paintDot(context, x, geometry.dots[2 * item + 1]!, geometry.dot + (moved ? 0.75 : 0));
    if (moved && geometry.dot >= 3) {
      context.strokeStyle = palette.moved;
      context.lineWidth = 2;
      context.stroke();
    }
  };
  if (some) {
    for (const item of some) paint(item, scene.hasMoved(item));
    return;
  }
  if (anyMoved) context.globalAlpha = dimmed[palette.kind];
  for (let item = 0; item < count; item++) if (!anyMoved || !scene.hasMoved(item)) paint(item, false);
  context.globalAlpha = 1;
  if (anyMoved) for (let item = 0; item < count; item++) if (scene.hasMoved(item)) paint(item, true);
}

/** Small dots as squares: nobody sees the difference, and ten thousand circles cost a frame. */
function paintDot(context: Context, x: number, y: number, radius: number): void {
  if (radius < 2.9) {
    context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    return;
  }
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** What is pointed at or selected: an item with its walk to its owner, a server with all that it owns. */
export function paintPointer(
  context: Context,
  scene: RingScene,
  geometry: RingGeometry,
  palette: Palette,
  hit: RingHit,
): void {
  if (hit.type === 'item') paintWalk(context, scene, geometry, palette, hit.item);
  else if (hit.type === 'server') paintHoldings(context, scene, geometry, palette, hit.server);
  else paintGhost(context, geometry, palette, hit.position);
}

function paintWalk(context: Context, scene: RingScene, geometry: RingGeometry, palette: Palette, item: number): void {
  const dotX = geometry.dots[2 * item]!;
  const dotY = geometry.dots[2 * item + 1]!;
  if (Number.isNaN(dotX)) return;
  const { x, y, radius, band, dot } = geometry;
  const inner = radius - band / 2 - 3;
  const from = turnOfItem(scene, geometry, item);
  const target = destinationOf(scene, item);
  context.strokeStyle = palette.foreground;
  context.fillStyle = palette.foreground;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(dotX, dotY);
  context.lineTo(x + inner * Math.cos(angleOf(from)), y + inner * Math.sin(angleOf(from)));
  if (target) {
    const to = target.position >= from ? target.position : target.position + 1;
    context.arc(x, y, inner, angleOf(from), angleOf(to));
    context.stroke();
    paintArrow(context, geometry, angleOf(to));
  } else {
    context.stroke();
  }
  context.beginPath();
  context.arc(dotX, dotY, dot + 2.5, 0, 2 * Math.PI);
  context.stroke();
}

/** An arrow head that points outwards at the band. */
function paintArrow(context: Context, { x, y, radius, band }: RingGeometry, angle: number): void {
  const tip = radius - band / 2 + 3;
  const spread = 5 / radius;
  context.beginPath();
  context.moveTo(x + tip * Math.cos(angle), y + tip * Math.sin(angle));
  context.lineTo(x + (tip - 8) * Math.cos(angle - spread), y + (tip - 8) * Math.sin(angle - spread));
  context.lineTo(x + (tip - 8) * Math.cos(angle + spread), y + (tip - 8) * Math.sin(angle + spread));
  context.closePath();
  context.fill();
}

function paintHoldings(
  context: Context,
  scene: RingScene,
  geometry: RingGeometry,
  palette: Palette,
  server: number,
): void {
  const { x, y, radius, band, dot, dots } = geometry;
  context.strokeStyle = palette.foreground;
  context.lineWidth = 2;
  for (const arc of arcsOf(scene, geometry)) {
    if (arc.server !== server) continue;
    context.beginPath();
    context.arc(x, y, radius + band / 2 + 2, angleOf(arc.from), angleOf(arc.to));
    context.stroke();
  }
  const { owner } = scene.items;
  context.lineWidth = 1;
  for (let item = 0; item < owner.length; item++) {
    if (owner[item] !== server || Number.isNaN(dots[2 * item]!)) continue;
    context.beginPath();
    context.arc(dots[2 * item]!, dots[2 * item + 1]!, dot + 1.5, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** Where a click would add something. */
function paintGhost(context: Context, { x, y, radius, band }: RingGeometry, palette: Palette, position: number): void {
  const angle = angleOf(position);
  context.strokeStyle = palette.foreground;
  context.lineWidth = 1.5;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.arc(x + radius * Math.cos(angle), y + radius * Math.sin(angle), band / 2 + 4, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}
