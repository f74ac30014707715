/** What has just happened on the ring, shown for half a second: a server comes or goes, an item changes hands. */
import type { RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import { textOf, type TraceView } from '../../../labs/engine/scene/trace-view.ts';
import { EventKind } from '../../../labs/engine/trace/event.ts';
import { seriesColour, type Palette } from '../../ui/palette.ts';
import { angleOf, type RingGeometry } from './ring-geometry.ts';

/** How long an effect lasts, in milliseconds. */
export const effectTime = 520;
/** More at once than this, and they would be noise. */
const maxEffects = 240;

export type RingEffect =
  | { type: 'arc'; server: number; from: number; to: number; leaving: boolean; begun: number }
  | { type: 'hop'; item: number; begun: number };

/** The stretches that a server owns, as they are at this moment. */
export interface OwnedArc {
  server: number;
  from: number;
  to: number;
}

/**
 * The effects of the events after `before` up to `after`.
 * @param arcsBefore what was owned before them: where a leaving server's arcs lay
 * @param arcsAfter what is owned after them
 */
export function effectsBetween(
  trace: TraceView,
  scene: RingScene,
  before: number,
  after: number,
  arcsBefore: readonly OwnedArc[],
  arcsAfter: readonly OwnedArc[],
  now: number,
): RingEffect[] {
  const effects: RingEffect[] = [];
  if (after - before > 2000) return effects;
  for (const item of scene.touched) {
    if (scene.items.movedAt[item]! > before && effects.length < maxEffects)
      effects.push({ type: 'hop', item, begun: now });
  }
  const coming = new Set<number>();
  const going = new Set<number>();
  const { kind, node } = trace.columns;
  for (let row = before + 1; row <= after && arcsAfter.length + arcsBefore.length > 0; row++) {
    if (kind[row] === EventKind.join || kind[row] === EventKind.point) {
      coming.add(scene.findServer(textOf(trace, node[row]!)));
    } else if (kind[row] === EventKind.leave || kind[row] === EventKind.unpoint) {
      going.add(scene.findServer(textOf(trace, node[row]!)));
    }
  }
  for (const arc of arcsAfter)
    if (coming.has(arc.server)) effects.push({ type: 'arc', ...arc, leaving: false, begun: now });
  for (const arc of arcsBefore)
    if (going.has(arc.server)) effects.push({ type: 'arc', ...arc, leaving: true, begun: now });
  return effects.slice(0, maxEffects);
}

/**
 * Paints effects as they stand at a moment.
 * @returns those that go on
 */
export function paintEffects(
  context: CanvasRenderingContext2D,
  scene: RingScene,
  geometry: RingGeometry,
  palette: Palette,
  effects: readonly RingEffect[],
  now: number,
): RingEffect[] {
  const { x, y, radius, band, dots, dot } = geometry;
  const going = effects.filter(({ begun }) => now - begun < effectTime);
  for (const effect of going) {
    const progress = easeOut((now - effect.begun) / effectTime);
    if (effect.type === 'arc') {
      // A server that leaves floats outwards and fades; one that joins settles in from outside.
      const away = (effect.leaving ? progress : 1 - progress) * (band + 8);
      context.globalAlpha = effect.leaving ? 1 - progress : progress;
      context.strokeStyle = seriesColour(palette, effect.server);
      context.lineWidth = band;
      context.beginPath();
      context.arc(x, y, radius + away, angleOf(effect.from), angleOf(effect.to));
      context.stroke();
    } else {
      const dotX = dots[2 * effect.item]!;
      const dotY = dots[2 * effect.item + 1]!;
      if (Number.isNaN(dotX)) continue;
      context.globalAlpha = 1 - progress;
      context.strokeStyle = seriesColour(palette, scene.items.owner[effect.item]!);
      context.lineWidth = 2;
      context.beginPath();
      context.arc(dotX, dotY, dot + 2 + 10 * progress, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  return going;
}

function easeOut(share: number): number {
  return 1 - (1 - share) ** 3;
}
