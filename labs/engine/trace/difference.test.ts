import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDifference } from './difference.ts';
import { EventKind } from './event.ts';
import { TraceRecorder } from './recorder.ts';
import { TraceStore } from './store.ts';

function traceOf(labels: readonly string[], before: readonly string[] = []): TraceStore {
  const store = new TraceStore({ maxEvents: 1000 });
  const sink = { batch: store.append.bind(store) };
  const recorder = new TraceRecorder({ maxEvents: 1000, sink });
  for (const text of before) recorder.intern(text);
  labels.forEach((label, time) => recorder.append(EventKind.mark, time, -1, -1, recorder.intern(label), -1, 0, 0));
  recorder.finish();
  return store;
}

test('the same events are the same, however their strings are numbered', () => {
  assert.equal(firstDifference(traceOf(['x', 'y']), traceOf(['x', 'y'], ['y'])), undefined);
  assert.equal(firstDifference(traceOf([]), traceOf([])), undefined);
});

test('the first event that differs is found, and the end of the shorter trace', () => {
  const parted = firstDifference(traceOf(['x', 'y', 'z']), traceOf(['x', 'other', 'z']));
  assert.equal(parted?.index, 1);
  assert.equal(parted?.a?.label, 'y');
  assert.equal(parted?.b?.label, 'other');
  const longer = firstDifference(traceOf(['x', 'y']), traceOf(['x']));
  assert.deepEqual([longer?.index, longer?.a?.label, longer?.b], [1, 'y', undefined]);
});
