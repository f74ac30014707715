import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LabDiagram } from './diagram.ts';
import { hasView, viewsOf } from './views.ts';

const parts: LabDiagram = { kind: 'architecture', id: 'parts', title: 'Parts', parts: [], links: [] };

describe('the views of a lab', () => {
  it('are those that it names, in its order, and the log', () => {
    assert.deepEqual(viewsOf({ views: ['timeline', 'ring'] }), ['timeline', 'ring', 'log']);
    assert.deepEqual(viewsOf({ views: ['log', 'ring'] }), ['log', 'ring']);
  });

  it('have diagrams where there are messages, or the lab has diagrams of its own', () => {
    assert.deepEqual(viewsOf({ views: ['sequence', 'log'] }), ['sequence', 'log', 'diagram']);
    assert.deepEqual(viewsOf({ views: ['ring'], diagrams: [parts] }), ['ring', 'log', 'diagram']);
  });

  it('are none that there is not, as a lab written for another version may name', () => {
    assert.deepEqual(viewsOf({ views: ['hologram' as 'log'] }), ['log']);
    assert.equal(hasView({ views: ['hologram' as 'log'] }, 'hologram'), false);
  });

  it('can be asked for one by one', () => {
    assert.equal(hasView({ views: ['ring'] }, 'ring'), true);
    assert.equal(hasView({ views: ['ring'] }, 'log'), true);
    assert.equal(hasView({ views: ['ring'] }, 'sequence'), false);
  });
});
