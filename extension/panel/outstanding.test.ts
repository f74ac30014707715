import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';
import { allocateColumns } from '../../labs/engine/trace/columns.ts';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import { FrameSender } from './frames.ts';
import { mostOutstanding, Outstanding } from './outstanding.ts';

const run = '00000000-0000-4000-8000-000000000000';

function windowOf(request: number): Extract<PanelMessage, { type: 'window' }> {
  return { type: 'window', request, run, from: 0, to: 10 };
}

const never = (): Promise<void> => new Promise(() => {});

test('more than a panel ever waits for is refused, and what ends something is heard all the same', async () => {
  const outstanding = new Outstanding();
  const answers = Array.from({ length: mostOutstanding }, () => Promise.withResolvers<void>());
  const waiting = answers.map(({ promise }, request) => outstanding.answer(windowOf(request), () => promise));
  await assert.rejects(outstanding.answer(windowOf(999), never), /waits for 250 answers already: 'window' is refused/);
  await outstanding.answer({ type: 'stop' }, () => {});
  answers[0]!.resolve();
  await waiting[0];
  await outstanding.answer(windowOf(999), () => {});
});

test('an answer that cannot be had is waited for no longer', async () => {
  const outstanding = new Outstanding();
  for (let request = 0; request < 2 * mostOutstanding; request++) {
    await assert.rejects(
      outstanding.answer(windowOf(request), () => Promise.reject(new Error('gone'))),
      /gone/,
    );
  }
});

test('windows that nobody acknowledges are waited for until the panel starts anew', async () => {
  const trace = new TraceStore({ maxEvents: 10 });
  trace.append(0, { ...allocateColumns(10), length: 10 }, []);
  const frames: FrameMessage[] = [];
  const sender = new FrameSender((frame) => frames.push(frame));
  const outstanding = new Outstanding();
  const refused: number[] = [];
  const ask = (request: number): void => {
    const message = windowOf(request);
    outstanding.answer(message, () => sender.send(message, trace)).catch(() => refused.push(request));
  };
  for (let request = 0; request < 1000; request++) ask(request);
  await Promise.resolve();
  assert.equal(frames.length, 2);
  assert.ok(refused.length >= 1000 - mostOutstanding - 2, `${refused.length} refused`);
  sender.reset();
  outstanding.forget();
  ask(1000);
  await Promise.resolve();
  assert.equal(frames.at(-1)!.request, 1000);
  assert.equal(refused.includes(1000), false);
});

test('windows that are acknowledged are all sent', async () => {
  const trace = new TraceStore({ maxEvents: 10 });
  trace.append(0, { ...allocateColumns(10), length: 10 }, []);
  const frames: FrameMessage[] = [];
  const sender = new FrameSender((frame) => frames.push(frame));
  const outstanding = new Outstanding();
  for (let request = 0; request < 1000; request++) {
    const message = windowOf(request);
    void outstanding.answer(message, () => sender.send(message, trace));
    sender.acknowledge(frames.at(-1)!.frame);
    await Promise.resolve();
  }
  assert.equal(frames.length, 1000);
});
