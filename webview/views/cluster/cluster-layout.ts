/** Where a cluster's nodes stand: on a circle while they are few, in a grid when they are many. */
export interface ClusterLayout {
  width: number;
  height: number;
  /** Size of a node's box. */
  box: { width: number; height: number };
  /** Middle of each node. */
  places: readonly { x: number; y: number }[];
}

/** Up to here nodes stand on a circle. */
const maxOnCircle = 12;

/**
 * Lays out `count` nodes in a box of `width` × `height` pixels; the height grows where a grid needs it.
 * @param hub the node that talks to all others and stands in their middle, −1 if there is none
 */
export function layOutCluster(count: number, hub: number, width: number, height: number): ClusterLayout {
  const box = { width: width < 420 ? 82 : 124, height: 54 };
  if (count <= maxOnCircle) {
    const around = hub >= 0 ? count - 1 : count;
    const radiusX = Math.max(20, (width - box.width) / 2 - 8);
    const radiusY = Math.max(20, (height - box.height) / 2 - 14);
    const places = Array.from({ length: count }, (_, i) => {
      const place = hub >= 0 && i > hub ? i - 1 : i;
      const angle = (2 * Math.PI * place) / around - Math.PI / 2;
      return count === 1 || i === hub
        ? { x: width / 2, y: height / 2 }
        : { x: width / 2 + radiusX * Math.cos(angle), y: height / 2 + radiusY * Math.sin(angle) };
    });
    return { width, height, box, places };
  }
  const gap = 14;
  const columns = Math.max(1, Math.floor((width - gap) / (box.width + gap)));
  const rows = Math.ceil(count / columns);
  const needed = rows * (box.height + 2 * gap) + gap;
  const places = Array.from({ length: count }, (_, i) => ({
    x: gap + box.width / 2 + (i % columns) * (box.width + gap),
    y: gap + box.height / 2 + Math.floor(i / columns) * (box.height + 2 * gap),
  }));
  return { width, height: Math.max(height, needed), box, places };
}

/** The one node that exchanges messages with all others, where there are three others or more; −1 if there is none. */
export function hubOf(count: number, pairs: readonly (readonly [number, number])[]): number {
  if (count < 4) return -1;
  const partners = new Uint32Array(count);
  for (const [a, b] of pairs) {
    partners[a]!++;
    partners[b]!++;
  }
  const hubs = [...partners.keys()].filter((node) => partners[node] === count - 1);
  return hubs.length === 1 ? hubs[0]! : -1;
}
