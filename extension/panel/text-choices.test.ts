import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { PanelState } from '../../labs/engine/protocol/panel.ts';
import { TextChoices } from './text-choices.ts';

const [mine, other] = ['/home/ada/mine', '/home/ada/other'];

describe('whose text a panel runs', () => {
  let there: string[];
  let trusted: boolean;
  let choices: TextChoices;
  const panel: { state: PanelState } = { state: { version: 1 } };
  const nameOf = (root: string): { root: string; label: string } => ({ root, label: root.slice(6) });

  beforeEach(() => {
    there = [mine, other];
    trusted = true;
    panel.state = { version: 1 };
    choices = new TextChoices({
      usual: () => (trusted && there[0] !== undefined ? nameOf(there[0]) : undefined),
      copied: () => there.length > 0,
      nameOf,
      holds: (root) => there.includes(root),
    });
  });

  it('is the bundled one without a copy, which is not worth saying, and the copy once there is one', () => {
    there = [];
    assert.deepEqual(choices.told(panel, ['ring']), []);
    there = [mine];
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copy: nameOf(mine) }]);
  });

  it('is the copy that it has said, gone or not: nothing takes its place', () => {
    choices.told(panel, ['ring']);
    there = [other];
    assert.equal(choices.copyIn(panel, 'ring')?.root, mine);
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copy: nameOf(mine), gone: true }]);
    there = [];
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copy: nameOf(mine), gone: true }]);
    there = [mine];
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copy: nameOf(mine) }]);
  });

  it('is another when the learner chooses so, and says so then', () => {
    assert.equal(choices.choose(panel, 'ring', other), true);
    assert.equal(choices.choose(panel, 'ring', other), false);
    assert.equal(choices.copyIn(panel, 'ring')?.root, other);
    choices.choose(panel, 'ring', undefined);
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copied: true }]);
    there = [];
    assert.deepEqual(
      choices.told(panel, ['ring']),
      [{ lab: 'ring' }],
      'it was asked for in so many words, and there is no copy to run instead',
    );
    there = [mine];
    choices.chooseCopy(panel, 'ring');
    assert.equal(choices.copyIn(panel, 'ring')?.root, mine);
  });

  it('is what a panel of before a reload ran of its lab, there or not', () => {
    panel.state = { version: 1, lab: 'ring', copy: nameOf('/home/ada/left') };
    assert.deepEqual(choices.told(panel, ['ring', 'queue']), [
      { lab: 'ring', copy: nameOf('/home/ada/left'), gone: true },
      { lab: 'queue', copy: nameOf(mine) },
    ]);
  });

  it('is the bundled one where nothing may run, until something may', () => {
    trusted = false;
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copied: true }]);
    trusted = true;
    assert.deepEqual(choices.told(panel, ['ring']), [{ lab: 'ring', copy: nameOf(mine) }]);
  });

  it('is each panel’s own affair', () => {
    const second: { state: PanelState } = { state: { version: 1 } };
    choices.choose(panel, 'ring', undefined);
    assert.equal(choices.copyIn(second, 'ring')?.root, mine);
  });
});
