import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBehind } from './behind.ts';
import type { Span } from './found.ts';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';

const short = ({ name, outcome, total, waiting, service }: Span): string =>
  `${name} ${total}=${waiting}+${service} ${outcome}`;

describe('jobs', () => {
  const job = (kind: HandMadeEvent['kind'], time: number, id: number, more: Partial<HandMadeEvent> = {}) =>
    ({ kind, time, node: 's', label: 'request-', id, ...more }) satisfies HandMadeEvent;
  const trace = handMadeTrace([
    { kind: 'deliver', time: 0, node: 's', peer: 'p', label: 'probe', id: 0 }, // a message, and no job
    job('deliver', 0, 0, { node: 'proxy' }),
    job('enqueue', 1, 0, { cause: 1 }),
    job('serveBegin', 1, 0),
    job('deliver', 2, 1, { node: 'proxy' }),
    job('enqueue', 2, 1),
    job('serveEnd', 5, 0),
    job('serveBegin', 5, 1),
    job('deliver', 6, 2, { node: 'proxy' }),
    { kind: 'reject', time: 6, node: 's', label: 'queue full', id: 2, cause: 8 },
    job('enqueue', 7, 2, { node: 't', cause: 9 }), // sent on to another server
    job('serveBegin', 8, 2, { node: 't' }),
    job('serveEnd', 9, 2, { node: 't' }),
    job('deliver', 9, 3, { node: 'proxy' }),
    { kind: 'reject', time: 9, node: 's', label: 'queue full', id: 3, cause: 13 },
    { kind: 'reject', time: 9, node: 'proxy', label: 'given up', id: 3, cause: 14 },
    job('serveEnd', 15, 1),
    job('enqueue', 16, 4),
  ]);

  it('have their time split into the queue and the server, over every try', () => {
    const { spans, count, mean } = findBehind(trace, { jobs: 'slowest' });
    assert.deepEqual(spans.map(short), [
      'request-1 13=3+10 served by s',
      'request-0 5=0+4 served by s',
      'request-2 3=1+1 served by t',
    ]);
    assert.deepEqual([count, mean], [3, { total: 7, waiting: 4 / 3, service: 5 }]);
    assert.equal(spans[0]!.event, 16);
  });

  it('are listed by how long they waited, as few as are wanted', () => {
    const { spans, count } = findBehind(trace, { jobs: 'longestWait' }, 2);
    assert.deepEqual([spans.map(({ name }) => name), count], [['request-1', 'request-2'], 3]);
  });

  it('are no more than there are events, and of no more workloads than anybody has, in a trace that is damaged', () => {
    const far = Array.from({ length: 100 }, (_, i) => job('enqueue', i, 90, { label: `w${i}-` }));
    assert.equal(findBehind(handMadeTrace(far), { jobs: 'failed' }).count, 1);
    const many = Array.from({ length: 1100 }, (_, i) => job('enqueue', i, 0, { label: `w${i}-` }));
    assert.equal(findBehind(handMadeTrace(many), { jobs: 'failed' }).count, 1000);
  });

  it('that failed were turned away for good, or never answered', () => {
    assert.deepEqual(findBehind(trace, { jobs: 'failed' }).spans.map(short), [
      'request-3 0=0+0 turned away by proxy: given up',
      'request-4 0=0+0 never answered: it was queued at s',
    ]);
  });
});

describe('stretches of a node’s time', () => {
  const trace = handMadeTrace([
    { kind: 'invoke', time: 0, node: 'c', label: 'burger', id: 0 },
    { kind: 'send', time: 0, node: 'c', peer: 's', label: 'prepare', id: 0 },
    { kind: 'deliver', time: 10, node: 's', peer: 'c', label: 'prepare', id: 0 },
    { kind: 'state', time: 10, node: 's', label: 'uncertain 0' },
    { kind: 'diskSync', time: 15, node: 's' },
    { kind: 'send', time: 15, node: 's', peer: 'c', label: 'yes', id: 0 },
    { kind: 'drop', time: 25, node: 's', peer: 'c', label: 'yes', id: 0 }, // far from s
    { kind: 'invoke', time: 26, node: 'c', label: 'pizza', id: 1 },
    { kind: 'timerFire', time: 30, node: 's', label: 'patience' },
    { kind: 'state', time: 30, node: 's', label: 'free' },
    { kind: 'timerFire', time: 40, node: 'c', label: 'votes' },
    { kind: 'fail', time: 42, node: 'c', label: 'aborted', id: 0 },
    { kind: 'state', time: 43, node: 's', label: 'pre-committed 1' },
    { kind: 'log', time: 50, node: 'd' },
  ]);
  const locked = ['uncertain', 'pre-committed'];

  it('as long as a status says something: waiting until word came, work for the rest', () => {
    assert.deepEqual(findBehind(trace, { status: locked }).spans.map(short), [
      's: uncertain 0 20=15+5 then: free',
      's: pre-committed 1 7=7+0 still so at the end',
    ]);
    const open = findBehind(trace, { status: locked, open: true });
    assert.deepEqual(
      open.spans.map(({ name }) => name),
      ['s: pre-committed 1'],
    );
  });

  it('from the beginning of an operation to its end', () => {
    assert.deepEqual(findBehind(trace, { operations: 'failed' }).spans.map(short), ['burger 42=14+28 failed: aborted']);
    assert.deepEqual(findBehind(trace, { operations: 'returned' }).count, 0);
    assert.deepEqual(
      findBehind(trace, { operations: 'open' }).spans.map(({ name }) => name),
      ['pizza'],
    );
  });
});

it('decisions are listed as they were made', () => {
  const trace = handMadeTrace([
    { kind: 'admit', node: 'client-0', label: 'request-', id: 0, value: 1 },
    { kind: 'refuse', node: 'client-1', label: 'request-', id: 1, value: 0.5 },
    { kind: 'refuse', node: 'client-1', label: 'request-', id: 2, value: 0.5 },
  ]);
  const { spans, count } = findBehind(trace, { decisions: 'refused' }, 1);
  assert.deepEqual(
    [spans[0]!.name, spans[0]!.outcome, spans[0]!.event, count],
    ['request-1', 'refused: client-1 at level 0.5', 1, 2],
  );
});

it('a damaged trace, whose numbers and causes make no sense, ends all the same', () => {
  const trace = handMadeTrace([
    { kind: 'enqueue', node: 's', label: 'request-', id: 4_000_000_000 },
    { kind: 'reject', node: 's', label: 'why', id: 1, cause: 1 },
    { kind: 'reject', node: 's', label: 'why', id: 1, cause: 900 },
    { kind: 'serveEnd', node: 's', label: 'request-', id: 0 },
  ]);
  assert.equal(findBehind(trace, { jobs: 'slowest' }).count, 1);
  assert.equal(findBehind(trace, { jobs: 'failed' }).count, 0);
});
