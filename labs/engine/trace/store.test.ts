import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocateColumns, bufferOf, type Columns } from './columns.ts';
import { EventKind } from './event.ts';
import { TraceRecorder } from './recorder.ts';
import { textLeftOut, TraceStore } from './store.ts';

/** A trace of samples; event i has value i, at time 10 × i, on one of three nodes. */
function filled(events: number, maxEvents = events): TraceStore {
  const store = new TraceStore({ maxEvents });
  const recorder = new TraceRecorder({ maxEvents, sink: { batch: (...batch) => store.append(...batch) } });
  for (let i = 0; i < events; i++) {
    const kind = i % 100 === 0 ? EventKind.mark : EventKind.sample;
    recorder.append(kind, 10 * i, recorder.intern(`node-${i % 3}`), -1, recorder.intern('load'), i - 1, i, i);
    if (i % 1000 === 7) recorder.flush();
  }
  store.sawEvents(recorder.finish().events);
  return store;
}

function oneRow(value: number): Columns {
  const columns = allocateColumns(1);
  columns.length = 1;
  columns.value[0] = value;
  return columns;
}

test('every event comes back as it was written', () => {
  const store = filled(10_000);
  assert.equal(store.length, 10_000);
  assert.equal(store.dropped, 0);
  for (const index of [0, 1, 4095, 4096, 8191, 8192, 9999]) {
    assert.deepEqual(store.event(index), {
      index,
      time: 10 * index,
      kind: index % 100 === 0 ? EventKind.mark : EventKind.sample,
      node: `node-${index % 3}`,
      peer: '',
      label: 'load',
      cause: index - 1,
      id: index,
      owner: Math.floor(index / 3),
      value: index,
    });
  }
});

test('a window is packed: exactly its rows, in one buffer of their size', () => {
  const store = filled(10_000);
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const rows = store.window(from, to);
      assert.equal(rows.length, to - from);
      assert.equal(rows.value.length, to - from);
      assert.equal(bufferOf(rows).byteLength, (to - from) * 41);
      for (const row of [0, rows.length >> 1, rows.length - 1]) {
        if (rows.length > 0) assert.equal(rows.value[row], from + row);
      }
    }),
    { numRuns: 200 },
  );
});

test('events beyond the limit are counted, not kept', () => {
  const store = filled(10_000, 5000);
  assert.equal(store.length, 5000);
  assert.equal(store.happened, 10_000);
  assert.equal(store.dropped, 5000);
  assert.equal(store.event(4999).value, 4999);
  assert.throws(() => store.event(5000), /events 5000 to 5001 are not among the 5000 that are kept/);
});

test('a batch that overlaps the limit is cut', () => {
  const store = new TraceStore({ maxEvents: 2 });
  for (let i = 0; i < 4; i++) store.append(i, oneRow(i), []);
  assert.equal(store.length, 2);
  assert.equal(store.dropped, 2);
});

test('a missing batch is noticed', () => {
  const store = new TraceStore({ maxEvents: 10 });
  store.append(0, oneRow(0), []);
  assert.throws(() => store.append(2, oneRow(2), []), /begins with event 2, where 1 is the next/);
});

test('texts beyond the limit are left out, their numbers stay', () => {
  const store = new TraceStore({ maxEvents: 10, maxCharacters: 10 });
  store.append(0, allocateColumns(0), ['12345', '67890', 'too much']);
  assert.deepEqual(store.strings, ['12345', '67890', textLeftOut]);
  assert.equal(store.text(-1), '');
  assert.equal(store.text(99), '');
});

test('an aggregate counts every event once, in its stretch and kind', () => {
  const store = filled(10_000);
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), fc.integer({ min: 1, max: 3000 }), (a, b, pixels) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const aggregate = store.aggregate(from, to, pixels);
      assert.equal(aggregate.counts.length, aggregate.kinds.length * pixels);
      assert.equal(
        aggregate.counts.reduce((sum, count) => sum + count, 0),
        to - from,
      );
      const perStretch = Array.from({ length: pixels }, (_, pixel) =>
        Array.from(aggregate.kinds, (_, kind) => aggregate.counts[kind * pixels + pixel]!).reduce((x, y) => x + y, 0),
      );
      perStretch.forEach((count, pixel) => {
        assert.equal(Number.isNaN(aggregate.firstTime[pixel]), count === 0);
        if (count > 0) assert.equal(aggregate.lastTime[pixel], aggregate.firstTime[pixel]! + 10 * (count - 1));
      });
    }),
    { numRuns: 100 },
  );
});

test('an aggregate keeps the lowest and the highest sample of each stretch, of samples only', () => {
  const aggregate = filled(1000).aggregate(0, 1000, 10);
  assert.deepEqual([...aggregate.kinds], [EventKind.mark, EventKind.sample]);
  assert.equal(aggregate.counts[0], 1); // marks in the first stretch
  assert.equal(aggregate.counts[10], 99); // samples in the first stretch
  assert.deepEqual([aggregate.lowSample[0], aggregate.highSample[0]], [1, 99]); // event 0 is a mark
  assert.deepEqual([aggregate.lowSample[9], aggregate.highSample[9]], [901, 999]);
});

test('an empty range is empty', () => {
  const store = filled(10);
  assert.equal(store.window(5, 5).length, 0);
  const aggregate = store.aggregate(5, 5, 3);
  assert.equal(aggregate.kinds.length, 0);
  assert.ok(aggregate.firstTime.every(Number.isNaN));
});

test('ranges that are not there are refused', () => {
  const store = filled(10);
  for (const [from, to] of [
    [-1, 5],
    [0, 11],
    [5, 4],
    [0.5, 2],
    [NaN, 2],
  ] as const) {
    assert.throws(() => store.window(from, to), RangeError);
    assert.throws(() => store.aggregate(from, to, 10), RangeError);
  }
  assert.throws(() => store.aggregate(0, 10, 0), /pixels must be 1 or more/);
});
