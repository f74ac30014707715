import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handMadeTrace } from '../../../labs/engine/scene/hand-made.ts';
import { ringSceneAt, type RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import { addDots, hitRing, layOutRing, positionAt } from './ring-geometry.ts';
import { walkRing } from './ring-keys.ts';
import { arcsOf } from './ring-paint.ts';

/** @param points whether servers have points, or are slots */
function sceneOf(servers: number, keys: number, points: boolean): RingScene {
  const trace = handMadeTrace([
    ...Array.from({ length: servers }, (_, i) => ({ kind: 'join' as const, node: `s${i}`, value: 1 })),
    ...Array.from({ length: points ? servers : 0 }, (_, i) => ({
      kind: 'point' as const,
      node: `s${i}`,
      value: (i + 0.5) / servers,
    })),
    ...Array.from({ length: keys }, (_, i) => ({
      kind: 'place' as const,
      node: `s${Math.floor((i / keys) * servers)}`,
      label: 'key-',
      id: i,
      value: i / keys,
    })),
  ]);
  return ringSceneAt(trace, trace.length - 1);
}

describe('the layout of a ring', () => {
  it('runs clockwise from the top', () => {
    const geometry = layOutRing(sceneOf(4, 4, true), 400, 400);
    assert.ok(Math.abs(positionAt(geometry, 200, 10) - 0) < 1e-9);
    assert.ok(Math.abs(positionAt(geometry, 390, 200) - 0.25) < 1e-9);
    assert.ok(Math.abs(positionAt(geometry, 10, 200) - 0.75) < 1e-9);
  });

  it('keeps every dot inside the band, however many share a place', () => {
    for (const [servers, keys, points] of [
      [5, 24, true],
      [1000, 10_000, true],
      [5, 5_000, false],
    ] as const) {
      const geometry = layOutRing(sceneOf(servers, keys, points), 400, 300);
      for (let item = 0; item < keys; item++) {
        const distance = Math.hypot(geometry.dots[2 * item]! - geometry.x, geometry.dots[2 * item + 1]! - geometry.y);
        assert.ok(distance > 0 && distance < geometry.radius - geometry.band / 2, `key ${item} at ${distance}`);
      }
    }
  });

  it('lets a dot stand for several keys when there are very many', () => {
    const geometry = layOutRing(sceneOf(3, 50_000, true), 400, 400);
    assert.equal(geometry.itemsPerDot, 3);
    assert.equal(geometry.dots.filter((x) => !Number.isNaN(x)).length / 2, Math.ceil(50_000 / 3));
  });

  it('adds keys one by one to where a new layout would put them', () => {
    const trace = handMadeTrace([
      { kind: 'join', node: 'a', value: 1 },
      { kind: 'point', node: 'a', value: 0.5 },
      ...Array.from({ length: 40 }, (_, i) => ({
        kind: 'place' as const,
        node: 'a',
        label: 'key-',
        id: i,
        value: ((i * 7) % 40) / 40,
      })),
    ]);
    const scene = ringSceneAt(trace, 20);
    const geometry = layOutRing(scene, 400, 400);
    ringSceneAt(trace, 41, scene);
    assert.ok(addDots(scene, geometry));
    assert.deepEqual(geometry.dots, layOutRing(scene, 400, 400).dots);
  });

  it('covers the circle once with arcs', () => {
    for (const points of [true, false]) {
      const scene = sceneOf(7, 3, points);
      const arcs = arcsOf(scene, layOutRing(scene, 400, 400));
      assert.ok(Math.abs(arcs.reduce((sum, { from, to }) => sum + to - from, 0) - 1) < 1e-9);
    }
  });
});

describe('pointing at a ring', () => {
  it('finds what is there: a key, a server, the bare circle, nothing', () => {
    const scene = sceneOf(4, 8, true);
    const geometry = layOutRing(scene, 400, 400);
    const { x, y, radius } = geometry;
    assert.deepEqual(hitRing(scene, geometry, geometry.dots[4]!, geometry.dots[5]!), { type: 'item', item: 2 });
    const angle = (0.125 - 0.25) * 2 * Math.PI;
    assert.deepEqual(hitRing(scene, geometry, x + radius * Math.cos(angle), y + radius * Math.sin(angle)), {
      type: 'server',
      server: 0,
    });
    assert.equal(hitRing(scene, geometry, x, y - radius - 5)?.type, 'circle');
    assert.equal(hitRing(scene, geometry, x, y), undefined);
  });

  it('takes a slot as a whole for its server', () => {
    const scene = sceneOf(4, 0, false);
    const geometry = layOutRing(scene, 400, 400);
    assert.deepEqual(hitRing(scene, geometry, geometry.x + geometry.radius, geometry.y + 20), {
      type: 'server',
      server: 1,
    });
  });
});

describe('walking a ring by keyboard', () => {
  it('goes round servers and keys, and from one to the other', () => {
    const scene = sceneOf(3, 4, true);
    let at = walkRing(scene, undefined, 'ArrowRight');
    assert.deepEqual(at, { type: 'server', server: 0 });
    at = walkRing(scene, at, 'ArrowLeft');
    assert.deepEqual(at, { type: 'server', server: 2 });
    at = walkRing(scene, at, 'ArrowDown');
    assert.deepEqual(at, { type: 'item', item: 0 });
    at = walkRing(scene, at, 'ArrowRight');
    assert.deepEqual(at, { type: 'item', item: 1 });
    assert.deepEqual(walkRing(scene, at, 'End'), { type: 'item', item: 3 });
    assert.deepEqual(walkRing(scene, at, 'ArrowUp'), { type: 'server', server: 0 });
  });

  it('has nowhere to go on an empty ring', () => {
    assert.equal(walkRing(sceneOf(0, 0, true), undefined, 'ArrowDown'), undefined);
  });
});
