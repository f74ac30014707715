import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Pulse } from './pulse.ts';

it('a host has gone that leaves question after question unanswered, and is back when it says anything', () => {
  let asked = 0;
  const pulse = new Pulse(() => asked++);
  for (let i = 0; i < 100; i++) {
    pulse.beat();
    pulse.heard();
  }
  assert.equal(asked, 100);
  assert.equal(pulse.gone.value, false);
  for (let i = 0; i < 3; i++) pulse.beat();
  assert.equal(pulse.gone.value, false, 'it may be busy');
  pulse.beat();
  assert.equal(pulse.gone.value, true);
  pulse.heard();
  assert.equal(pulse.gone.value, false);
});
