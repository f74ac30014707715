import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesPerEvent } from '../../../labs/engine/trace/columns.ts';
import { BadMessage, checkedMessage } from './check-message.ts';

const none = new Uint8Array(0);
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

const report = {
  lab: 'counting',
  algorithm: 'plain',
  scenario: 'few',
  seed: 1,
  parameters: { count: 10 },
  trace: { events: 10, dropped: 0, hash: '0'.repeat(32) },
  metrics: { counted: 10 },
  theory: [],
  checks: [],
  result: { counted: 10 },
  takeaways: ['It counted \u001b[31m10.'],
  unapplied: [],
};

describe('a message of a runner', () => {
  it('is believed when it is one', () => {
    assert.deepEqual(checkedMessage({ type: 'report', report }, none), {
      type: 'report',
      report: { ...report, takeaways: ['It counted ␛[31m10.'] },
    });
    const body = new Uint8Array(2 * bytesPerEvent);
    const batch = { type: 'batch', firstEvent: 0, rows: 2, strings: ['a\u0007'] };
    assert.deepEqual(checkedMessage(batch, body), { ...batch, bytes: body, strings: ['a␇'] });
    const text = 'export const bell = "\u0007";';
    assert.deepEqual(checkedMessage({ type: 'source', file: '/a.ts', text }, none), {
      type: 'source',
      file: '/a.ts',
      text,
    });
  });

  for (const [what, message] of Object.entries({
    'no report': { type: 'report', report: null },
    'a metric that is no number': { type: 'report', report: { ...report, metrics: { counted: NaN } } },
    'a result without an end': { type: 'report', report: { ...report, result: nested(3000) } },
    'a result that is no plain data': { type: 'ran', report: { ...report, result: new Map() } },
    'a failure without words': { type: 'failure', failure: { reason: 'threw', message: 5 } },
    'a failure for a reason that there is not': { type: 'failure', failure: { reason: 'spite', message: 'x' } },
    'more than all of the work': { type: 'progress', share: 1.5, events: 1 },
    'half an event': { type: 'progress', share: 0.5, events: 0.5 },
    'lines that are none': { type: 'console', lines: [1] },
    'a lab without algorithms': { type: 'entry', entry: { id: 'counting' } },
    'a batch of another length': { type: 'batch', firstEvent: 0, rows: 3, strings: [] },
    'a batch before the beginning': { type: 'batch', firstEvent: -1, rows: 0, strings: [] },
    'texts that are none': { type: 'batch', firstEvent: 0, rows: 0, strings: [{}] },
    'a kind that there is not': { type: 'shout' },
    'nothing at all': null,
  })) {
    it(`is refused when it is ${what}`, () => {
      assert.throws(() => checkedMessage(message, none), BadMessage);
    });
  }
});
