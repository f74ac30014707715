import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engineVersion } from '../../labs/engine/record/engine-version.ts';
import { headOf, type LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { natureOf } from '../../labs/engine/lab/worlds.ts';
import type { HostMessage, OpenMessage, PanelMessage, RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import { handMadeTrace, type HandMadeEvent } from '../../labs/engine/scene/hand-made.ts';
import { overviewOf } from '../../labs/engine/scene/overview.ts';
import { packColumns } from '../../labs/engine/trace/columns.ts';
import { Playground } from './playground.ts';

const pure = { world: 'pure', contract: 'Demo', nature: natureOf('pure') } as const;
const lab: LabEntry = {
  id: 'demo',
  title: 'Demo',
  chapter: 'Data',
  level: 'beginner',
  summary: '',
  concepts: [],
  contracts: ['Demo'],
  parameters: [
    { name: 'servers', type: 'integer', default: 3, min: 1, max: 10 },
    { name: 'hash', type: 'choice', default: 'md5', options: ['md5', 'fnv1a'] },
  ],
  algorithms: ['ring', 'modulo'].map((id) => ({
    id,
    title: id,
    summary: '',
    contract: 'Demo',
    export: id,
    file: '',
    expects: {},
  })),
  scenarios: [
    { id: 'one', title: 'One', question: '?', ...pure },
    {
      id: 'two',
      title: 'Two',
      question: '?',
      algorithm: 'modulo',
      parameters: { servers: 5 },
      beside: { algorithm: 'ring' },
      ...pure,
    },
  ],
  defaultScenario: 'one',
  metrics: {},
  checks: {},
  views: ['ring', 'log'],
  actions: [{ id: 'removeServer', title: 'Remove', target: 'node', argument: 'server' }],
  sweeps: [],
  diagrams: [],
  exercises: [],
};

const opening: OpenMessage = {
  type: 'open',
  version: 1,
  catalogue: [headOf(lab)],
  labs: [lab],
  state: { version: 1 },
  runs: [],
  texts: [],
  trusted: true,
  defaultSeed: 42,
  place: 'editor',
};

const ids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;

function summaryOf(id: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    lab: 'demo',
    algorithm: 'ring',
    scenario: 'one',
    seed: 42,
    parameters: { servers: 3, hash: 'md5' },
    interventions: [],
    startedAt: 0,
    state: 'finished',
    edited: false,
    engineVersion,
    events: 0,
    dropped: 0,
    ...more,
  };
}

const report = { checks: [], metrics: {} } as unknown as RunReport;

function start(): {
  playground: Playground;
  sent: PanelMessage[];
  tell: (message: HostMessage) => void;
  answer: (run: string, events: readonly HandMadeEvent[]) => void;
} {
  const sent: PanelMessage[] = [];
  let receive: (message: HostMessage) => void = () => assert.fail('nobody listens');
  const playground = new Playground({
    post: (message) => sent.push(message),
    keep: () => undefined,
    listen: (listener) => (receive = listener),
  });
  return {
    playground,
    sent,
    tell: (message) => receive(message),
    answer(run, events) {
      const window = sent.findLast((message) => message.type === 'window');
      assert.ok(window?.type === 'window', 'no window was asked for');
      const trace = handMadeTrace(events);
      const rows = packColumns(trace.columns, window.from, trace.length);
      receive({
        type: 'frame',
        frame: 5,
        request: window.request,
        run,
        first: window.from,
        length: rows.length,
        bytes: new Uint8Array(rows.time.buffer as ArrayBuffer),
        firstString: 0,
        strings: [...trace.strings],
        last: true,
      });
    },
  };
}

const events: readonly HandMadeEvent[] = [
  { kind: 'mark', label: 'begin' },
  { kind: 'join', node: 'a', value: 1 },
  { kind: 'join', node: 'b', value: 1 },
  { kind: 'mark', label: 'middle' },
  { kind: 'leave', node: 'a' },
];

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

describe('the view', () => {
  const other = { ...lab, id: 'other', views: ['sequence', 'log'] } as const;
  const both: OpenMessage = { ...opening, catalogue: [lab, other].map(headOf), labs: [lab, other] };

  it('stays from run to run of a lab, and is the first of another lab, whatever both have', () => {
    const { playground, tell } = start();
    tell(both);
    playground.views.look('log');
    tell({ type: 'runStarted', run: summaryOf(ids[0]) });
    assert.equal(playground.views.active.value, 'log');
    tell({ type: 'runStarted', run: summaryOf(ids[1], { lab: 'other', state: 'running' }) });
    assert.equal(playground.views.active.value, 'sequence');
  });

  it('is the first of another lab that is chosen before anything has run', () => {
    const { playground, tell } = start();
    tell(both);
    playground.views.look('log');
    tell({ type: 'choose', lab: 'other', algorithm: 'ring' });
    tell({ type: 'runStarted', run: summaryOf(ids[0], { lab: 'other', state: 'running' }) });
    assert.equal(playground.views.active.value, 'sequence');
  });

  it('is offered until all events of a run have come, and then where there is something for it among them', () => {
    const { playground, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    assert.deepEqual(playground.views.offered.value, ['ring', 'log']);
    answer(ids[0], events);
    assert.deepEqual(playground.views.offered.value, ['log'], 'nothing was put on a ring');
    assert.equal(playground.views.active.value, 'log');
    assert.match(playground.views.nothing.value, /^Ring has nothing to draw/);
  });

  it('is offered of a run that is too long to be held where there is something for it anywhere in it', () => {
    const { playground, sent, tell } = start();
    const long = summaryOf(ids[0], { events: 2_000_000 });
    tell({ ...opening, runs: [long], state: { version: 1, run: long.id } });
    assert.deepEqual(playground.views.offered.value, ['ring', 'log']);
    const asked = sent.find((message) => message.type === 'overview');
    assert.ok(asked?.type === 'overview');
    const overview = overviewOf(handMadeTrace(events), false, 10);
    tell({ type: 'overview', request: asked.request, run: long.id, overview });
    assert.deepEqual(playground.views.offered.value, ['log']);
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

describe('a run', () => {
  it('is fetched, acknowledged and played from the first thing that shows', () => {
    const { playground, sent, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.ok(sent.some((message) => message.type === 'acknowledge' && message.frame === 5));
    assert.equal(playground.trace.value.length, 5);
    assert.equal(playground.player.playing.value, true);
    assert.equal(playground.player.cursor.value, 1, 'a mark comes first, and shows nothing');
    assert.ok(playground.complete);
  });

  it('stands at its end at once where motion is unwelcome', () => {
    const { playground, tell, answer } = start();
    playground.reducedMotion.value = true;
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.equal(playground.player.playing.value, false);
    assert.equal(playground.player.cursor.value, 4);
  });

  it('is restored from what was kept without running anything', () => {
    const { playground, sent, tell, answer } = start();
    tell({ ...opening, runs: [summaryOf(ids[0], { events: 5 })], state: { version: 1, run: ids[0], cursor: 2 } });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    assert.equal(playground.player.cursor.value, 2);
    assert.ok(sent.some((message) => message.type === 'show'));
    assert.ok(!sent.some(({ type }) => type === 'run'));
  });

  it('jumps from mark to mark', () => {
    const { playground, tell, answer } = start();
    playground.reducedMotion.value = true;
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    playground.command('previousMark');
    assert.equal(playground.player.cursor.value, 3);
    playground.command('previousMark');
    playground.command('previousMark');
    assert.equal(playground.player.cursor.value, 0);
    playground.command('nextMark');
    assert.equal(playground.player.cursor.value, 3);
    playground.command('step');
    playground.command('stepBack');
    assert.equal(playground.player.cursor.value, 3);
  });

  it('branches at the cursor when the learner interferes', () => {
    const { playground, sent, tell, answer } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    answer(ids[0], events);
    playground.player.seek(2);
    playground.interfere({ action: lab.actions[0]!, target: { node: 'a' } });
    const run = sent.findLast((message) => message.type === 'run');
    assert.ok(run?.type === 'run');
    assert.equal(run.choice.parent, ids[0]);
    assert.deepEqual(run.choice.interventions, [{ anchor: '#2', action: 'removeServer', arguments: { server: 'a' } }]);
    // The branch stays where its parent stood until the intervention is there.
    tell({ type: 'runStarted', run: summaryOf(ids[1], { state: 'running', parent: ids[0] }) });
    tell({ type: 'runFinished', run: summaryOf(ids[1], { events: 5, parent: ids[0] }), report });
    answer(ids[1], [...events.slice(0, 3), { kind: 'intervention', label: 'removeServer', node: 'a' }, events[4]!]);
    assert.equal(playground.player.cursor.value, 3);
  });

  it('runs the other half of a contrast pair on the same seed and sets it beside', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { scenario: 'two', algorithm: 'modulo', seed: 9 }) });
    playground.runBeside();
    const run = sent.findLast((message) => message.type === 'run');
    assert.ok(run?.type === 'run');
    assert.deepEqual([run.choice.algorithm, run.choice.seed], ['ring', 9]);
    assert.equal(playground.compared.value, ids[0]);
  });

  it('that failed says so and keeps what happened until then', () => {
    const { playground, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    const failure = { reason: 'threw' as const, message: 'boom' };
    tell({ type: 'runFailed', run: summaryOf(ids[0], { state: 'failed' }), failure });
    assert.equal(playground.run.value?.failure?.message, 'boom');
    assert.equal(playground.notice.value, 'boom');
  });

  it('that the host no longer has is let go of', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    tell({ type: 'runStarted', run: summaryOf(ids[0], { state: 'running' }) });
    tell({ type: 'runFinished', run: summaryOf(ids[0], { events: 5 }), report });
    const window = sent.findLast((message) => message.type === 'window');
    assert.ok(window?.type === 'window');
    tell({ type: 'refused', request: window.request, message: 'gone' });
    assert.ok(playground.complete);
    assert.equal(playground.notice.value, 'gone');
  });
});

describe('what is said of the panel itself', () => {
  it('says what keeps it from being filled, until it is', () => {
    const { playground, sent, tell } = start();
    tell({ type: 'unready', message: 'the disk is full' });
    assert.equal(playground.opened.value, false);
    assert.equal(playground.trouble.value, 'the disk is full');
    playground.errands.tryAgain();
    assert.deepEqual(sent.at(-1), { type: 'ready', version: 1 });
    tell(opening);
    assert.equal(playground.trouble.value, '');
  });

  it('says when the host belongs to another version', () => {
    const { playground, tell } = start();
    tell({ ...opening, version: 2 });
    assert.equal(playground.opened.value, false);
    assert.match(playground.trouble.value, /another version.*[Rr]eload/);
  });

  it('notices that its host has gone, and that it is back', () => {
    const { playground, sent, tell } = start();
    tell(opening);
    for (let i = 0; i < 4; i++) playground.pulse.beat();
    assert.equal(sent.filter(({ type }) => type === 'there').length, 4);
    assert.equal(playground.pulse.gone.value, true);
    tell({ type: 'here' });
    assert.equal(playground.pulse.gone.value, false);
  });

  it('knows whose text it runs of the lab in its form, and keeps it', async () => {
    const { playground, sent, tell } = start();
    const copy = { root: '/home/ada/copy', label: 'copy' };
    tell({ ...opening, texts: [{ lab: 'demo', copy, gone: true }] });
    assert.deepEqual(playground.text.value, { lab: 'demo', copy, gone: true });
    playground.errands.chooseText('bundled');
    assert.deepEqual(sent.at(-1), { type: 'chooseText', lab: 'demo', text: 'bundled' });
    while (!sent.some(({ type }) => type === 'state')) await new Promise((resolve) => setImmediate(resolve));
    const kept = sent.find((message) => message.type === 'state');
    assert.deepEqual(kept?.state.copy, copy);
  });
});
