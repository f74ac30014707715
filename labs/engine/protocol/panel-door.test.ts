import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelMessage, panelMessageLimits, panelState, readFromPanel } from './panel.ts';
import { fuzzMessages, goodChoice as choice, goodMessages, nested } from './testing/fuzz-messages.ts';

function faultOf(message: unknown): string {
  const read = readFromPanel(panelMessage, message);
  if (!('fault' in read)) assert.fail('it was understood');
  assert.ok(read.fault.length < 500, `${read.fault.length} characters`);
  return read.fault;
}

function interfering(given: unknown): unknown {
  return { type: 'run', choice: { ...choice, interventions: [{ anchor: '#1', action: 'a', arguments: given }] } };
}

test('what panels say is read as it is', () => {
  for (const message of goodMessages) assert.deepEqual(readFromPanel(panelMessage, message), { said: message });
});

test('arguments in one another are refused, however deep they are', () => {
  assert.match(faultOf(interfering({ deep: nested(20_000) })), /it is nested more than 24 deep/);
  assert.match(
    faultOf(interfering({ deep: nested(18) })),
    /interventions\.0\.arguments\.deep: is nested more than 16 deep/,
  );
  assert.ok('said' in readFromPanel(panelMessage, interfering({ deep: nested(10) })));
});

test('a message is refused by what it counts before anything in it is checked', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`p${n}`, n]));
  const tooMany = /it holds more than 50000 values/;
  assert.match(faultOf({ type: 'run', choice: { ...choice, parameters: many } }), tooMany);
  assert.match(faultOf(Array.from({ length: 1_000_000 }, () => ({ type: 'there' }))), tooMany);
  const unread = new Proxy([], {
    get: (list: unknown[], name) => (name === 'length' ? 1_000_000 : assert.fail(`${String(name)} of ${list.length}`)),
  });
  assert.match(faultOf({ type: 'run', choice, more: unread }), tooMany);
  const characters = /it holds more than 5000000 characters/;
  assert.match(faultOf({ type: 'saveText', name: 'a', text: 'x'.repeat(panelMessageLimits.characters) }), characters);
  assert.match(faultOf({ type: 'run', ['x'.repeat(5_000_001)]: 1 }), characters);
});

test('a list or an object in a message has a limit of its own', () => {
  const parameters = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`p${n}`, n]));
  assert.match(
    faultOf({ type: 'run', choice: { ...choice, parameters } }),
    /choice\.parameters: must have at most 200/,
  );
  const text = { type: 'run', choice: { ...choice, parameters: { times: 'x'.repeat(1_000_001) } } };
  assert.match(faultOf(text), /choice\.parameters\.times/);
  assert.match(faultOf(interfering([])), /arguments: must be an object/);
  assert.match(faultOf({ type: 'run', choice: { ...choice, interventions: {} } }), /interventions: must be a list/);
  assert.match(faultOf({ type: 'run', choice: { ...choice, seed: 'x'.repeat(1_000_000) } }), /choice\.seed/);
});

test('what is no plain data is no message', () => {
  for (const odd of [undefined, NaN, Infinity, 5n, Symbol('odd'), () => 1]) {
    assert.match(faultOf(interfering({ odd })), /must be plain data/);
  }
  assert.match(faultOf(undefined), /plain data/);
});

test('the state that a panel is put back with comes through the same door', () => {
  assert.ok('fault' in readFromPanel(panelState, { version: 1, parameters: nested(50_000) }));
  assert.ok('said' in readFromPanel(panelState, { version: 1, lab: 'counting' }));
});

test('whatever was done to a message, it is read as what it is or refused in words', () => {
  for (const seed of [1, 2, 3]) fuzzMessages(seed, { most: 200 });
});
