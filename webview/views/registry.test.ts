/** What a view needs to be one: here stands what a newcomer lacks. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { viewIds, type ViewId } from '../../labs/engine/lab/views.ts';
import { clusterSceneAt } from '../../labs/engine/scene/cluster-scene.ts';
import { handMadeTrace } from '../../labs/engine/scene/hand-made.ts';
import { chartsOf } from '../../labs/engine/scene/overview.ts';
import { ringSceneAt } from '../../labs/engine/scene/ring-scene.ts';
import { sequenceSceneOf } from '../../labs/engine/scene/sequence-scene.ts';
import { timelineSceneOf } from '../../labs/engine/scene/timeline-scene.ts';
import type { TraceView } from '../../labs/engine/scene/trace-view.ts';
import { drawings } from '../../labs/engine/testing/view-texts.ts';
import { EventKind, type EventKindName } from '../../labs/engine/trace/event.ts';
import { registry } from './registry.ts';
import type { Drawable } from './view.ts';

const kinds = Object.keys(EventKind) as EventKindName[];

describe('every view of the engine’s vocabulary', () => {
  for (const id of viewIds) {
    it(`${id} says in webview/views/${id}/view.ts what it is, under its own id`, () => {
      assert.ok(existsSync(path.join(import.meta.dirname, id, 'view.ts')), 'it has no view.ts');
      assert.equal(registry[id]?.id, id, 'the registry has another one, or none, under this id');
      assert.match(registry[id].title, /^[A-Z]/);
      assert.match(registry[id].nothing, /^[a-z].*[^.]$/, 'goes on after a colon, and gets its full stop there');
    });

    it(`${id} can be drawn as text, or there is a reason why not`, () => {
      const drawing = drawings[id];
      assert.ok(typeof drawing === 'function' || drawing?.length > 20, 'labs/engine/testing/view-texts.ts lacks it');
    });
  }

  it('has a title of its own', () => {
    const titles = Object.values(registry).map(({ title }) => title);
    assert.deepEqual([...new Set(titles)], titles);
  });
});

it('every folder of views is a view of the vocabulary', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...viewIds].sort());
});

/** A run in which all that happened is of one kind, three times over. */
function runOf(kind: EventKindName): { run: Drawable; trace: TraceView } {
  const event = { kind, node: 'a', peer: 'b', label: 'x', value: 0.5 };
  const trace = handMadeTrace([0, 1, 2].map((id) => ({ ...event, id })));
  const lab = { views: viewIds, diagrams: [], parameters: [] } as unknown as LabEntry;
  return { run: { lab, algorithm: 'x', report: undefined, has: (...wanted) => wanted.includes(kind) }, trace };
}

describe('a view', () => {
  const pictures: readonly [ViewId, (trace: TraceView) => boolean][] = [
    [
      'ring',
      (trace) => {
        const scene = ringSceneAt(trace, trace.length - 1);
        return scene.items.number.length > 0 || scene.points.length > 0;
      },
    ],
    ['sequence', (trace) => sequenceSceneOf(trace).messages.length > 0],
    ['diagram', (trace) => sequenceSceneOf(trace).messages.length > 0],
    ['timeline', (trace) => timelineSceneOf(trace, true).lanes.length > 0],
    ['charts', (trace) => chartsOf(trace, true).length > 0],
    ['log', (trace) => trace.length > 0],
  ];
  for (const [id, isDrawn] of pictures) {
    it(`${id} draws a run just where its picture has something in it, whatever kind of event that is of`, () => {
      for (const kind of kinds) {
        const { run, trace } = runOf(kind);
        assert.equal(registry[id].draws(run), isDrawn(trace), kind);
      }
    });
  }

  for (const id of ['cluster', 'state'] as const) {
    it(`${id} draws a run in which a node appears`, () => {
      const drawn = kinds.filter((kind) => registry[id].draws(runOf(kind).run));
      assert.ok(drawn.length > 0);
      for (const kind of drawn) {
        const { trace } = runOf(kind);
        assert.ok(clusterSceneAt(trace, trace.length - 1).nodes.length > 0, kind);
      }
    });
  }

  it('diagram draws a lab’s own diagrams of its algorithm, and no messages where the lab wants no sequence', () => {
    const { run } = runOf('send');
    const without: Drawable = { ...run, lab: { ...run.lab, views: ['log'] } };
    assert.equal(registry.diagram.draws(without), false);
    const architecture = { kind: 'architecture', id: 'parts', title: 'Parts', parts: [], links: [] } as const;
    assert.equal(registry.diagram.draws({ ...without, lab: { ...without.lab, diagrams: [architecture] } }), true);
  });

  it('charts draws a sweep, or histograms, of a run that measured nothing over time', () => {
    const { run } = runOf('mark');
    assert.equal(registry.charts.draws(run), false);
    const parameters: LabEntry['parameters'] = [{ name: 'servers', type: 'integer', default: 3, min: 1, max: 10 }];
    assert.equal(registry.charts.draws({ ...run, lab: { ...run.lab, parameters } }), true);
    const report = { histograms: [{}] } as unknown as NonNullable<Drawable['report']>;
    assert.equal(registry.charts.draws({ ...run, report }), true);
  });
});
