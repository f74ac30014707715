/**
 * The ring on three canvases, one over the other: servers, items, and what is pointed at. A layer is painted again
 * only when it has changed; of the items only those that were touched.
 */
import { ringSceneAt, type RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import type { TraceView } from '../../../labs/engine/scene/trace-view.ts';
import { readPalette, type Palette } from '../../ui/palette.ts';
import { effectsBetween, paintEffects, type RingEffect } from './ring-effects.ts';
import { addDots, layOutRing, type RingGeometry, type RingHit } from './ring-geometry.ts';
import { arcsOf, paintItems, paintPointer, paintServers } from './ring-paint.ts';

export interface RingMoment {
  trace: TraceView;
  cursor: number;
  pointed: RingHit | undefined;
  selected: RingHit | undefined;
  still: boolean;
}

export class RingPicture {
  readonly #frame: HTMLElement;
  readonly #layers: CanvasRenderingContext2D[];
  #trace: TraceView | undefined;
  #scene: RingScene | undefined;
  #geometry: RingGeometry | undefined;
  #palette: Palette | undefined;
  #structure = -1;
  #phase = -1;
  #effects: RingEffect[] = [];

  /** @param frame positioned; the canvases fill it */
  constructor(frame: HTMLElement) {
    this.#frame = frame;
    this.#layers = Array.from({ length: 3 }, () => {
      const canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      frame.append(canvas);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('this browser has no canvas: the table below the ring shows the same');
      return context;
    });
  }

  get scene(): RingScene | undefined {
    return this.#scene;
  }

  get geometry(): RingGeometry | undefined {
    return this.#geometry;
  }

  /** The theme or the size has changed: everything is to be painted again. */
  invalidate(): void {
    this.#palette = undefined;
    this.#geometry = undefined;
  }

  /**
   * Paints a moment of a run.
   * @param now in milliseconds, as the browser's frames count them
   * @returns whether something still moves, so that the next frame is wanted too
   */
  paint(moment: RingMoment, now: number): boolean {
    const [servers, items, pointer] = this.#layers as [
      CanvasRenderingContext2D,
      CanvasRenderingContext2D,
      CanvasRenderingContext2D,
    ];
    this.#palette ??= readPalette(this.#frame);
    const palette = this.#palette;
    const fresh = this.#trace !== moment.trace;
    const before = fresh ? undefined : this.#scene;
    const beforeCursor = before?.cursor ?? -1;
    const arcsBefore = before && this.#geometry && before.servers.length <= 64 ? arcsOf(before, this.#geometry) : [];
    const scene = ringSceneAt(moment.trace, moment.cursor, before);
    const jumped = scene !== before;
    this.#trace = moment.trace;
    this.#scene = scene;

    const restructured = jumped || !this.#geometry || scene.structure !== this.#structure;
    const known = (this.#geometry?.dots.length ?? 0) / 2;
    // In slots an item that moves goes to another place; on a circle it only changes its colour.
    const slotsMoved = !scene.hasPoints && scene.touched.some((item) => item < known);
    const grown = !restructured && !slotsMoved && scene.items.number.length > known && !addDots(scene, this.#geometry!);
    if (restructured || grown || slotsMoved) {
      this.#geometry = layOutRing(scene, this.#frame.clientWidth, this.#frame.clientHeight);
      this.#fit();
    }
    const geometry = this.#geometry!;
    if (restructured) paintServers(servers, scene, geometry, palette);
    if (restructured || grown || slotsMoved || scene.phase.event !== this.#phase || scene.touched.length > 400) {
      paintItems(items, scene, geometry, palette);
    } else if (scene.touched.length > 0) {
      // The first move of a phase dims all the others.
      const dims = scene.touched.length === scene.movedItems;
      paintItems(items, scene, geometry, palette, dims ? undefined : scene.touched);
    }

    if (moment.still || jumped) this.#effects = [];
    else if (scene.cursor > beforeCursor) {
      const arcsAfter = scene.servers.length <= 64 ? arcsOf(scene, geometry) : [];
      this.#effects.push(
        ...effectsBetween(moment.trace, scene, beforeCursor, scene.cursor, arcsBefore, arcsAfter, now),
      );
    }
    pointer.clearRect(0, 0, geometry.width, geometry.height);
    this.#effects = paintEffects(pointer, scene, geometry, palette, this.#effects, now);
    if (moment.selected) paintPointer(pointer, scene, geometry, palette, moment.selected);
    if (moment.pointed) paintPointer(pointer, scene, geometry, palette, moment.pointed);
    scene.touched.length = 0;
    this.#structure = scene.structure;
    this.#phase = scene.phase.event;
    return this.#effects.length > 0;
  }

  /** Gives the canvases as many pixels as the screen has for them. */
  #fit(): void {
    const { width, height } = this.#geometry!;
    const scale = window.devicePixelRatio || 1;
    for (const context of this.#layers) {
      const { canvas } = context;
      const [pixelsWide, pixelsHigh] = [Math.round(width * scale), Math.round(height * scale)];
      if (canvas.width === pixelsWide && canvas.height === pixelsHigh) continue;
      canvas.width = pixelsWide;
      canvas.height = pixelsHigh;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      context.setTransform(scale, 0, 0, scale, 0, 0);
    }
  }
}
