import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { recordOf } from './records/record-of.ts';
import type { RunService } from './run-service.ts';
import { counting, learnersCopy, runService } from './testing/built.ts';

async function greetings(service: RunService) {
  const source = await learnersCopy();
  const run = await service.start({ lab: 'greeting', algorithm: 'plain', seed: 1, source }).finished;
  assert.equal(run.failure, undefined);
  return { run, record: recordOf(run, '0.1.0'), file: path.join(source.root, 'greeting', 'lab.ts') };
}

test('a moment of a recorded run: the line that sent a message, the states before and after it arrived', async () => {
  const service = await runService();
  const { run, record, file } = await greetings(service);
  const last = (kind: number): number =>
    Array.from({ length: run.trace.length }, (_, index) => index).findLast((i) => run.trace.event(i).kind === kind)!;

  const sent = await service.moment(record, last(EventKind.send));
  assert.equal(sent.handler, 'onTimer');
  assert.equal(sent.location!.file, file);
  const line = (await readFile(file, 'utf8')).split('\n')[sent.location!.line - 1]!;
  assert.match(line, /context\.send\('bob'/);

  const delivered = await service.moment(record, last(EventKind.deliver));
  const bob = delivered.nodes.find(({ name }) => name === 'bob')!;
  assert.match(bob.before.state, /heard: 999,/);
  assert.match(bob.after.state, /heard: 1000,\n.*from: Map\(1\)/);
  assert.equal(delivered.nodes.length, 2);
  assert.equal(delivered.omitted, 0);
  assert.equal(delivered.handler, 'onMessage');
  assert.match(delivered.content!, /type: 'hello'/);
  const [wrote] = delivered.did;
  assert.equal(run.trace.event(wrote!.event).kind, EventKind.diskWrite);
  assert.match((await readFile(file, 'utf8')).split('\n')[wrote!.location!.line - 1]!, /context\.disk/);

  const synced = await service.moment(record, last(EventKind.diskSync));
  assert.match(synced.nodes[0]!.before.disk, /heard: 999/);
  assert.match(synced.nodes[0]!.after.disk, /heard: 1000/);
});

test('where there is no such moment, it says why', async () => {
  const service = await runService();
  const { record } = await greetings(service);
  await assert.rejects(service.moment(record, 10_000_000), /none numbered 10000000/);
  const given = new AbortController();
  given.abort();
  await assert.rejects(service.moment(record, 100, given.signal), /nobody waits/);
  const pure = recordOf(await service.start(counting()).finished, '0.1.0');
  await assert.rejects(service.moment(pure, 3), /counting simulates no nodes/);
});
