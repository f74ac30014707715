/** A ring in words and rows: what hovering says, what a screen reader walks. */
import { formatFigure, formatPosition } from './event-text.ts';
import { destinationOf, type RingScene } from './ring-scene.ts';

/** One server in a sentence. */
export function explainServer(scene: RingScene, server: number): string {
  const { name, present, load } = scene.servers[server]!;
  if (!present) {
    const left =
      load === 0 ? '' : ` ${plural(load, 'key')} of it ${load === 1 ? 'has' : 'have'} not been looked up again yet.`;
    return `${name} is not there at this moment.${left}`;
  }
  const count = scene.items.number.length;
  const share = count === 0 ? '' : ` (${formatShare(load / count)})`;
  const points = scene.points.filter((point) => point.server === server);
  const where =
    points.length === 0
      ? ''
      : points.length === 1
        ? `, one point at ${formatPosition(points[0]!.position)}`
        : `, ${formatFigure(points.length)} points that own ${formatShare(arcShare(scene, server))} of the circle`;
  return `${name} owns ${formatFigure(load)} of ${formatFigure(count)} keys${share}${where}.`;
}

/** One item in a sentence or two: where it sits, who owns it and how that came. */
export function explainItem(scene: RingScene, item: number): string {
  const { position, owner, previous } = scene.items;
  const name = scene.itemName(item);
  const server = scene.servers[owner[item]!]!.name;
  const target = destinationOf(scene, item);
  const walk = target
    ? `${name} sits at ${formatPosition(position[item]!)} and walks ${formatPosition(
        target.position >= position[item]! ? target.position - position[item]! : target.position + 1 - position[item]!,
      )} clockwise to ${server}.`
    : `${name} belongs to ${server}.`;
  const came = scene.hasMoved(item) ? ` It has just moved there from ${scene.servers[previous[item]!]!.name}.` : '';
  return walk + came;
}

/** The state of the whole ring in a sentence. */
export function describeRing(scene: RingScene): string {
  const count = scene.items.number.length;
  const moved = scene.phase.event < 0 ? 0 : scene.movedItems;
  const keys = `${plural(count, 'key')} on ${plural(scene.presentServers, 'server')}`;
  const movers = moved === 0 ? '' : `; ${formatFigure(moved)} moved (${formatShare(moved / count)})`;
  const left = leftBehind(scene);
  return `${keys}${movers}${left === 0 ? '' : `; ${formatFigure(left)} not looked up again yet`}.`;
}

/** How many keys still belong to servers that have left: nobody has looked them up since. */
export function leftBehind(scene: RingScene): number {
  let left = 0;
  for (const { present, load } of scene.servers) if (!present) left += load;
  return left;
}

/** The share of the circle that leads to a server's points. */
export function arcShare(scene: RingScene, server: number): number {
  const { points } = scene;
  let share = 0;
  points.forEach((point, i) => {
    if (point.server !== server) return;
    const before = points[(i + points.length - 1) % points.length]!.position;
    share += i === 0 ? point.position - before + 1 : point.position - before;
  });
  return share;
}

export interface ServerRow {
  server: number;
  name: string;
  /** False for one that has left, and keys of it have not been looked up again yet. */
  present: boolean;
  load: number;
  /** Share of all keys, 0 … 1. */
  share: number;
  points: number;
  /** Keys that came to it in this phase. */
  gained: number;
}

/** The servers that are there or still own keys, as a table has them: their loads add up to all keys. */
export function serverRows(scene: RingScene): ServerRow[] {
  const count = Math.max(1, scene.items.number.length);
  const points = new Uint32Array(scene.servers.length);
  for (const point of scene.points) points[point.server]!++;
  const gained = new Uint32Array(scene.servers.length);
  scene.items.owner.forEach((owner, item) => {
    if (scene.hasMoved(item)) gained[owner]!++;
  });
  return scene.servers.flatMap(({ name, present, load }, server) =>
    present || load > 0
      ? [{ server, name, present, load, share: load / count, points: points[server]!, gained: gained[server]! }]
      : [],
  );
}

export interface LoadBin {
  /** Fewest and most keys a server of this bin has. */
  from: number;
  to: number;
  servers: number;
}

/** How many servers have how many keys, in at most `bins` bins of equal width. */
export function loadHistogram(scene: RingScene, bins: number): LoadBin[] {
  const loads = scene.servers.filter(({ present }) => present).map(({ load }) => load);
  if (loads.length === 0) return [];
  const most = Math.max(...loads);
  const width = Math.max(1, Math.ceil((most + 1) / bins));
  const histogram: LoadBin[] = [];
  for (let from = 0; from <= most; from += width) histogram.push({ from, to: from + width - 1, servers: 0 });
  for (const load of loads) histogram[Math.floor(load / width)]!.servers++;
  return histogram;
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function plural(count: number, noun: string): string {
  return `${formatFigure(count)} ${noun}${count === 1 ? '' : 's'}`;
}
