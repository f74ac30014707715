import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MarkTone } from '../../labs/engine/scene/marks.ts';
import type { PlacedMark } from '../../labs/engine/scene/outline.ts';
import { clusterMarks, markToVisit } from './clusters.ts';

const markAt = (place: number, tone: MarkTone = 'phase', event = place): PlacedMark => ({
  event,
  place,
  tone,
  text: `at ${place}`,
});
const span = { from: 0, to: 100 };

describe('marks', () => {
  it('become one where they are too close, in the colour of the worst of them', () => {
    const clusters = clusterMarks([markAt(0), markAt(5, 'fault'), markAt(9, 'broken'), markAt(50)], span, 100, 10);
    assert.deepEqual(
      clusters.map(({ x, tone, marks }) => [x, tone, marks.length]),
      [
        [0, 'broken', 3],
        [50, 'phase', 1],
      ],
    );
  });

  it('come apart when they are zoomed in to', () => {
    assert.equal(clusterMarks([markAt(40), markAt(45)], { from: 35, to: 50 }, 100, 10).length, 2);
  });

  it('never overlap, and none in view is lost', () => {
    const places = fc
      .array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 })
      .map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        places,
        fc.integer({ min: 50, max: 900 }),
        fc.integer({ min: 0, max: 400 }),
        (places, width, least) => {
          const view = { from: 200, to: 800 };
          const clusters = clusterMarks(
            places.map((place) => markAt(place)),
            view,
            width,
            18,
            least,
          );
          clusters.slice(1).forEach(({ x }, i) => assert.ok(x - clusters[i]!.x >= 18));
          const inView = places.filter((place) => place >= 200 && place <= 800);
          assert.deepEqual(
            clusters.flatMap(({ marks }) => marks.map(({ place }) => place)),
            inView,
          );
        },
      ),
    );
  });

  it('of one cluster are visited in turn', () => {
    const [cluster] = clusterMarks([markAt(1), markAt(2), markAt(3)], span, 100, 10);
    assert.deepEqual(
      [99, 1, 2, 3].map((cursor) => markToVisit(cluster!, cursor).event),
      [1, 2, 3, 1],
    );
  });
});
