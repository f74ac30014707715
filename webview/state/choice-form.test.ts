import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headOf, type LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { OpenMessage } from '../../labs/engine/protocol/panel.ts';
import { ids, lab, opening, start, summaryOf } from './testing/panel-without-page.ts';

describe('the form', () => {
  it('opens on the first scenario with the host’s seed', () => {
    const { playground, tell } = start();
    tell(opening);
    assert.deepEqual(playground.form.toRun(), {
      lab: 'demo',
      algorithm: 'ring',
      scenario: 'one',
      seed: 42,
      parameters: { servers: 3, hash: 'md5' },
    });
  });

  it('takes the algorithm and the parameters of a scenario that is chosen', () => {
    const { playground, tell } = start();
    tell(opening);
    playground.form.chooseScenario('two');
    assert.equal(playground.form.algorithm.value, 'modulo');
    assert.equal(playground.form.toRun()?.parameters['servers'], 5);
  });

  it('says what is wrong with a value and runs nothing until it is mended', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    playground.form.setText('servers', '11');
    assert.match(playground.form.errors.value['servers']!, /servers must be a whole number from 1 to 10, not '11'/);
    playground.start();
    assert.match(playground.notice.value, /servers must be/);
    assert.ok(!sent.some(({ type }) => type === 'run'));
    playground.form.setText('servers', '10');
    playground.start();
    assert.ok(sent.some(({ type }) => type === 'run'));
  });

  it('refuses a seed that is no whole number', () => {
    const { playground, tell } = start();
    tell(opening);
    for (const text of ['', '-1', '1.5', 'x', '9007199254740992']) {
      playground.form.seedText.value = text;
      assert.notEqual(playground.form.seedError.value, '', text);
    }
    playground.form.seedText.value = '9007199254740991';
    assert.equal(playground.form.seedError.value, '');
  });

  it('falls back where a stored choice names what is no longer there', () => {
    const { playground, tell } = start();
    tell({
      ...opening,
      state: { version: 1, lab: 'demo', algorithm: 'gone', scenario: 'gone', parameters: { old: 1 } },
    });
    assert.deepEqual(playground.form.toRun()?.parameters, { servers: 3, hash: 'md5' });
    assert.equal(playground.form.algorithm.value, 'ring');
  });

  it('knows that the picture is of another choice', () => {
    const { playground, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0]) });
    assert.equal(playground.changed.value, false);
    playground.form.setText('servers', '4');
    assert.equal(playground.changed.value, true);
  });
});

describe('the form at the side', () => {
  const started = summaryOf(ids[0], { scenario: 'two', algorithm: 'modulo', seed: 9, parameters: { servers: 5 } });

  it('is about the run that it follows', () => {
    const { playground, tell } = start();
    const another = { ...lab, id: 'another' };
    tell({ ...opening, catalogue: [another, lab].map(headOf), labs: [another, lab], place: 'side' });
    assert.equal(playground.form.lab.value, 'another');
    tell({ type: 'runStarted', run: started });
    assert.equal(playground.changed.value, false);
    assert.deepEqual(playground.form.toRun(), {
      lab: 'demo',
      algorithm: 'modulo',
      scenario: 'two',
      seed: 9,
      parameters: { servers: 5, hash: 'md5' },
    });
  });

  it('is the learner’s own in the editor area', () => {
    const { playground, tell } = start();
    tell(opening);
    playground.form.setText('servers', '7');
    tell({ type: 'runStarted', run: started });
    assert.equal(playground.form.toRun()?.parameters['servers'], 7);
  });
});

describe('parameters', () => {
  const [servers, hash] = lab.parameters;
  const seeded: LabEntry['parameters'][number] = { name: 'salt', type: 'integer', default: 1, min: 0, max: 9 };
  const picky: LabEntry = {
    ...lab,
    parameters: [servers!, hash!, { ...seeded, when: { hash: ['fnv1a'] } }],
    algorithms: lab.algorithms.map((one) => ({ ...one, uses: one.id === 'ring' ? ['hash', 'salt'] : [] })),
  };

  it('are shown where the algorithm uses them and the others leave them a meaning', () => {
    const { playground, tell } = start();
    tell({ ...opening, labs: [picky] });
    const { form } = playground;
    const shown = (): string[] => form.parameters.value.map(({ name }) => name);
    assert.deepEqual(shown(), ['servers', 'hash']);
    form.setText('hash', 'fnv1a');
    assert.deepEqual(shown(), ['servers', 'hash', 'salt']);
    form.algorithm.value = 'modulo';
    assert.deepEqual(shown(), ['servers']);
    assert.deepEqual(
      form.unused.value.map(({ name }) => name),
      ['hash', 'salt'],
    );
  });

  it('that are not shown stand in no way, and are sent as far as they can be', () => {
    const { playground, tell } = start();
    tell({ ...opening, labs: [picky] });
    const { form } = playground;
    form.setText('hash', 'fnv1a');
    form.setText('salt', 'much');
    assert.equal(form.toRun(), undefined);
    form.algorithm.value = 'modulo';
    assert.deepEqual(form.toRun()?.parameters, { servers: 3, hash: 'fnv1a' });
  });
});

describe('a lab that is not here', () => {
  const other: LabEntry = { ...lab, id: 'other', views: ['sequence', 'log'] };
  const heads: OpenMessage = { ...opening, catalogue: [lab, other].map(headOf) };

  it('is fetched when it is chosen: until it comes, the form stays as it is', () => {
    const { playground, sent, tell } = start();
    tell(heads);
    playground.form.choose({ lab: 'other' });
    assert.equal(playground.form.lab.value, 'demo');
    assert.deepEqual(sent.at(-1), { type: 'lab', lab: 'other' });
    tell({ type: 'lab', lab: other });
    assert.equal(playground.form.lab.value, 'other');
    assert.equal(playground.form.toRun()?.lab, 'other');
    const asked = sent.length;
    playground.form.choose({ lab: 'demo' });
    playground.form.choose({ lab: 'other' });
    assert.equal(sent.slice(asked).filter(({ type }) => type === 'lab').length, 0);
  });

  it('is not chosen any more once something else is', () => {
    const { playground, tell } = start();
    tell(heads);
    playground.form.choose({ lab: 'other' });
    playground.form.chooseScenario('two');
    tell({ type: 'lab', lab: other });
    assert.equal(playground.form.lab.value, 'demo');
    assert.equal(playground.form.scenario.value, 'two');
  });

  it('is fetched for a run of it', () => {
    const { playground, sent, tell } = start();
    tell(heads);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { lab: 'other', state: 'running' }) });
    assert.ok(sent.some((message) => message.type === 'lab' && message.lab === 'other'));
    tell({ type: 'lab', lab: other });
    assert.equal(playground.lab.value?.id, 'other');
    assert.equal(playground.views.active.value, 'sequence');
  });
});
