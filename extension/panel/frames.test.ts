import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameMessage } from '../../labs/engine/protocol/panel.ts';
import { allocateColumns, bytesPerEvent, columnsOver } from '../../labs/engine/trace/columns.ts';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import { FrameSender } from './frames.ts';

const run = '00000000-0000-4000-8000-000000000000';

/** A trace of `length` events at times 0, 1, 2 …, with a string for each of the first three. */
function traceOf(length: number): TraceStore {
  const trace = new TraceStore({ maxEvents: length });
  const columns = allocateColumns(length);
  for (let i = 0; i < length; i++) columns.time[i] = i;
  columns.length = length;
  trace.append(0, columns, ['a', 'b', 'c']);
  return trace;
}

function senderInto(frames: FrameMessage[]): FrameSender {
  return new FrameSender((frame) => frames.push(frame));
}

test('a window comes in frames of at most 64 KB, two in flight, complete and in order', () => {
  const frames: FrameMessage[] = [];
  const sender = senderInto(frames);
  void sender.send({ request: 7, run, from: 100, to: 9_100 }, traceOf(10_000));
  assert.equal(frames.length, 2);
  for (let seen = 0; seen < frames.length; seen++) {
    sender.acknowledge(frames[seen]!.frame);
    assert.ok(frames.length <= seen + 3, 'never more than two unacknowledged');
  }
  let next = 100;
  for (const { first, length, bytes, request, last } of frames) {
    assert.equal(first, next);
    assert.equal(request, 7);
    assert.ok(bytes.byteLength <= 64 * 1024);
    assert.equal(bytes.byteLength, bytes.buffer.byteLength, 'a webview gets the whole buffer under a view');
    assert.equal(bytes.byteLength, length * bytesPerEvent);
    assert.equal(columnsOver(bytes.buffer as ArrayBuffer, length, length).time[0], first);
    next += length;
    assert.equal(last, next === 9_100);
  }
  assert.equal(next, 9_100);
});

test('strings are sent once, and again to who starts from the beginning', () => {
  const frames: FrameMessage[] = [];
  const sender = senderInto(frames);
  const trace = traceOf(30);
  for (const from of [0, 10, 0]) {
    void sender.send({ request: 1, run, from, to: from + 10 }, trace);
    sender.acknowledge(frames.at(-1)!.frame);
  }
  assert.deepEqual(
    frames.map(({ firstString, strings }) => [firstString, strings.length]),
    [
      [0, 3],
      [3, 0],
      [0, 3],
    ],
  );
});

test('a window beyond the end is answered by what there is, if only by an empty last frame', () => {
  const frames: FrameMessage[] = [];
  const sender = senderInto(frames);
  void sender.send({ request: 1, run, from: 8, to: 20 }, traceOf(10));
  void sender.send({ request: 2, run, from: 50, to: 60 }, traceOf(10));
  assert.deepEqual(
    frames.map(({ first, length, last }) => [first, length, last]),
    [
      [8, 2, true],
      [10, 0, true],
    ],
  );
});

test('requests wait for each other, and a webview that starts anew forgets them all', () => {
  const frames: FrameMessage[] = [];
  const sender = senderInto(frames);
  for (let request = 0; request < 5; request++) void sender.send({ request, run, from: 0, to: 10 }, traceOf(10));
  assert.deepEqual(
    frames.map(({ request }) => request),
    [0, 1],
  );
  sender.reset();
  sender.acknowledge(frames[0]!.frame);
  assert.equal(frames.length, 2);
});
