import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventKind } from './event.ts';
import { bytesPerEvent, columnsOver, type Columns } from './columns.ts';
import { stretch } from './hash.ts';
import { TraceRecorder, type TraceSink, type TraceSummary } from './recorder.ts';

interface Batch {
  first: number;
  columns: Columns;
  strings: string[];
}

function collect(): TraceSink & { batches: Batch[] } {
  const batches: Batch[] = [];
  return { batches, batch: (first, columns, strings) => batches.push({ first, columns, strings }) };
}

function record(events: number, options: { maxEvents?: number; flushEvery?: number } = {}): [TraceSummary, Batch[]] {
  const sink = collect();
  const recorder = new TraceRecorder({ sink, maxEvents: options.maxEvents ?? 1e6 });
  for (let i = 0; i < events; i++) {
    const node = recorder.intern(`node-${i % 7}`);
    recorder.append(EventKind.state, i, node, -1, recorder.intern('busy'), i - 1, i, i / 3);
    if (options.flushEvery !== undefined && i % options.flushEvery === 0) recorder.flush();
  }
  return [recorder.finish(), sink.batches];
}

describe('TraceRecorder', () => {
  it('numbers the events of each owner on its own', () => {
    const sink = collect();
    const recorder = new TraceRecorder({ sink, maxEvents: 10 });
    const a = recorder.intern('a');
    const b = recorder.intern('b');
    for (const node of [a, b, a, -1, a, -1]) recorder.append(EventKind.mark, 0, node, -1, -1, -1, 0, 0);
    recorder.finish();
    assert.deepEqual([...sink.batches[0]!.columns.owner], [0, 0, 1, 0, 2, 1]);
  });

  it('hands on every event once, in order, whatever the batches', () => {
    for (const flushEvery of [undefined, 1, 13, 5000]) {
      const [, batches] = record(stretch * 2 + 10, flushEvery === undefined ? {} : { flushEvery });
      let next = 0;
      for (const { first, columns } of batches) {
        assert.equal(first, next);
        for (let row = 0; row < columns.length; row++) assert.equal(columns.time[row], next++);
      }
      assert.equal(next, stretch * 2 + 10);
      assert.deepEqual(
        batches.flatMap(({ strings }) => strings),
        ['node-0', 'busy', 'node-1', 'node-2', 'node-3', 'node-4', 'node-5', 'node-6'],
      );
    }
  });

  it('packs each batch into a buffer of exactly its size', () => {
    const [, batches] = record(100);
    const { columns } = batches[0]!;
    assert.equal(columns.time.buffer.byteLength, 100 * bytesPerEvent);
    assert.deepEqual(columnsOver(columns.time.buffer as ArrayBuffer, 100, 100).value, columns.value);
  });

  it('gives a hash that batches and the limit do not change, and one event does', () => {
    const [whole] = record(10_000);
    assert.match(whole.hash, /^[0-9a-f]{32}$/);
    assert.equal(record(10_000, { flushEvery: 3 })[0].hash, whole.hash);
    assert.equal(record(10_000, { maxEvents: 5 })[0].hash, whole.hash);
    assert.notEqual(record(9_999)[0].hash, whole.hash);
  });

  it('keeps its canonical encoding: the hash, computed once more in Python, is part of the format', () => {
    assert.equal(record(5_000)[0].hash, 'd4528b7d8c5ff78f677a6f919b30044f');
  });

  it('stops handing on at its limit, and says how many were dropped', () => {
    for (const maxEvents of [0, 1, 4095, 4096, 4097, 9_000]) {
      const [summary, batches] = record(10_000, { maxEvents });
      const kept = batches.reduce((sum, { columns }) => sum + columns.length, 0);
      assert.equal(kept, maxEvents);
      assert.deepEqual([summary.events, summary.dropped], [10_000, 10_000 - maxEvents]);
    }
  });
});
