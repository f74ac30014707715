import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';
import { handMadeTrace } from '../../labs/engine/scene/hand-made.ts';
import { eventAt } from '../../labs/engine/scene/trace-view.ts';
import { packColumns } from '../../labs/engine/trace/columns.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { TraceFeed } from './trace-feed.ts';
import { maxEventsHeld, TraceStore } from './trace-store.ts';

const source = handMadeTrace(
  Array.from({ length: 10_000 }, (_, i) => ({
    kind: 'place',
    node: `s${i % 7}`,
    label: 'key-',
    id: i,
    value: i / 1e4,
  })),
);

function frameOf(from: number, to: number, more: Partial<FrameMessage> = {}): FrameMessage {
  const rows = packColumns(source.columns, from, to);
  return {
    type: 'frame',
    frame: 1,
    request: 1,
    run: 'run',
    first: from,
    length: rows.length,
    bytes: new Uint8Array(rows.time.buffer as ArrayBuffer),
    firstString: 0,
    strings: [...source.strings],
    last: true,
    ...more,
  };
}

describe('TraceStore', () => {
  it('holds what frames carried, however it was cut', () => {
    const store = new TraceStore();
    for (let from = 0; from < source.length; from += 999) {
      store.append(frameOf(from, Math.min(source.length, from + 999)));
    }
    assert.equal(store.length, source.length);
    for (const row of [0, 998, 999, 9_999]) assert.deepEqual(eventAt(store, row), eventAt(source, row));
  });

  it('knows which kinds of event it holds', () => {
    const store = new TraceStore();
    assert.deepEqual([...store.kinds], []);
    store.append(frameOf(0, 10));
    store.append(frameOf(10, 20));
    assert.deepEqual([...store.kinds], [EventKind.place]);
  });

  it('takes bytes that lie anywhere in a larger buffer', () => {
    const store = new TraceStore();
    const frame = frameOf(0, 3);
    const larger = new Uint8Array(frame.bytes.length + 3);
    larger.set(frame.bytes, 3);
    store.append({ ...frame, bytes: larger.subarray(3) });
    assert.deepEqual(eventAt(store, 2), eventAt(source, 2));
  });

  it('refuses a frame that leaves a gap, or is not as long as it says', () => {
    const store = new TraceStore();
    assert.throws(() => store.append(frameOf(5, 6)), /begins at event 5, but 0 is the next one/);
    assert.throws(() => store.append({ ...frameOf(0, 2), length: 3 }), /a frame of 3 events has 82 bytes/);
    assert.equal(store.length, 0);
  });
});

describe('TraceFeed', () => {
  function setUp(): { sent: PanelMessage[]; feed: TraceFeed; store: TraceStore } {
    const sent: PanelMessage[] = [];
    return { sent, feed: new TraceFeed((message) => sent.push(message)), store: new TraceStore() };
  }
  const windowsIn = (sent: PanelMessage[]) => sent.filter((message) => message.type === 'window');

  it('asks once at a time, for exact events', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 500, maxEventsHeld, false);
    feed.follow('run', store, 9_000, maxEventsHeld, false);
    assert.deepEqual(windowsIn(sent), [{ type: 'window', request: 1, run: 'run', from: 0, to: 500 }]);
    feed.receive(frameOf(0, 500));
    assert.deepEqual(windowsIn(sent)[1], {
      type: 'window',
      request: 2,
      run: 'run',
      from: 500,
      to: 9_000,
    });
  });

  it('asks ahead while a run goes on, and again only when there is more to come', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 0, maxEventsHeld, true);
    feed.follow('run', store, 0, maxEventsHeld, true);
    const [first, ...others] = windowsIn(sent);
    assert.deepEqual([first!.from, others.length], [0, 0]);
    feed.receive(frameOf(0, 5));
    assert.deepEqual([windowsIn(sent)[1]!.from, windowsIn(sent).length], [5, 2]);
    feed.follow('run', store, 5, maxEventsHeld, false);
    feed.receive(frameOf(5, 5, { request: 2 }));
    assert.equal(windowsIn(sent).length, 2);
    assert.ok(feed.isComplete('run'));
  });

  it('acknowledges every frame, also of a run that nobody looks at any more', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 500, maxEventsHeld, false);
    feed.forget('run');
    feed.receive(frameOf(0, 500, { frame: 9 }));
    assert.ok(sent.some((message) => message.type === 'acknowledge' && message.frame === 9));
    assert.equal(store.length, 0);
  });

  it('acknowledges a damaged frame before it complains', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 500, maxEventsHeld, false);
    assert.throws(() => feed.receive(frameOf(3, 5, { frame: 4 })), RangeError);
    assert.ok(sent.some((message) => message.type === 'acknowledge' && message.frame === 4));
    assert.ok(feed.isComplete('run'), 'nobody waits for the rest');
  });

  it('does not go round in circles when the host has less than it said', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 500, maxEventsHeld, false);
    feed.receive(frameOf(0, 0));
    assert.equal(windowsIn(sent).length, 1);
    assert.ok(feed.isComplete('run'));
  });

  it('asks for no more than a panel holds', () => {
    const { sent, feed, store } = setUp();
    feed.follow('run', store, 10 * maxEventsHeld, maxEventsHeld, false);
    const [window] = windowsIn(sent);
    assert.ok(window!.to <= maxEventsHeld);
  });
});
