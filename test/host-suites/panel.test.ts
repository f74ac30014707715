/** The host's end of a panel: messages of the wrong shape, several panels at once, panels that vanish, runs of any length. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { engineVersion } from '../../labs/engine/record/engine-version.ts';
import { Overviews } from '../../extension/panel/overviews.ts';
import { PanelHost, type PanelSurroundings } from '../../extension/panel/panel-host.ts';
import type { KeptRun } from '../../extension/runs/kept-run.ts';
import type { FrameMessage, HostMessage, RunSummary } from '../../labs/engine/protocol/panel.ts';
import { nested } from '../../labs/engine/protocol/testing/fuzz-messages.ts';
import { allocateColumns } from '../../labs/engine/trace/columns.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import { extension, waitFor } from './support.ts';

/** A run of samples, with a node that joins at first and a fault in the middle. */
function runOf(events: number): KeptRun {
  const trace = new TraceStore({ maxEvents: events });
  const rows = 50_000;
  for (let first = 0; first < events; first += rows) {
    const columns = allocateColumns(Math.min(rows, events - first));
    columns.length = columns.kind.length;
    columns.kind.fill(EventKind.sample);
    columns.peer.fill(-1);
    columns.cause.fill(-1);
    for (let row = 0; row < columns.length; row++) columns.time[row] = first + row;
    if (first === 0) columns.kind[0] = EventKind.join;
    const fault = Math.floor(events / 2) - first;
    if (fault >= 0 && fault < columns.length) columns.kind[fault] = EventKind.crash;
    trace.append(first, columns, first === 0 ? ['node'] : []);
  }
  const summary: RunSummary = {
    id: randomUUID(),
    lab: 'load-balancing',
    algorithm: 'round-robin',
    scenario: 'failover',
    seed: 1,
    parameters: {},
    interventions: [],
    startedAt: 1,
    state: 'finished',
    edited: false,
    engineVersion,
    events,
    dropped: 0,
  };
  return { summary, report: undefined, failure: undefined, trace, files: [], share: 1 };
}

/** A webview that is no more than what is said to it. */
class Page {
  readonly heard: HostMessage[] = [];
  readonly #received = new vscode.EventEmitter<unknown>();
  gone = false;
  readonly webview = {
    options: {},
    html: '',
    cspSource: 'none',
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: HostMessage) => {
      if (this.gone) throw new Error('Webview is disposed');
      this.heard.push(message);
      return Promise.resolve(true);
    },
  } as unknown as vscode.Webview;

  say(message: unknown): void {
    this.#received.fire(message);
  }

  of<Type extends HostMessage['type']>(type: Type): Extract<HostMessage, { type: Type }>[] {
    return this.heard.filter((message) => message.type === type) as Extract<HostMessage, { type: Type }>[];
  }

  /** Acknowledges frames until the last one of a request has come. */
  async frames(request: number): Promise<FrameMessage[]> {
    let seen = 0;
    return waitFor('the last frame', () => {
      const frames = this.of('frame');
      for (; seen < frames.length; seen++) this.say({ type: 'acknowledge', frame: frames[seen]!.frame });
      const mine = frames.filter((frame) => frame.request === request);
      return mine.at(-1)?.last ? mine : undefined;
    });
  }
}

describe('the host’s end of a panel', () => {
  const runs = new Map<string, KeptRun>();
  const logged: string[] = [];
  const hosts: PanelHost[] = [];
  let around: PanelSurroundings;

  before(async () => {
    const { extensionUri, extensionPath } = await extension();
    const log = {
      warn: (text: string) => logged.push(text),
      error: (text: unknown) => logged.push(String(text)),
    } as unknown as vscode.LogOutputChannel;
    around = {
      extensionUri,
      log,
      heads: () => [],
      lab: () => Promise.resolve(undefined),
      runs: () => Promise.resolve([...runs.values()].map(({ summary }) => summary)),
      openRun: (id) => Promise.resolve(runs.get(id)),
      overview: new Overviews(path.join(extensionPath, 'dist')).of,
      startedRun: () => undefined,
      texts: () => [],
      goingOn: () => undefined,
      defaultSeed: () => 1,
      tours: () => ({ offered: false, answers: [] }),
      began: () => {},
      gone: () => {},
      act: () => Promise.resolve(),
    };
  });
  beforeEach(() => {
    runs.clear();
    logged.length = 0;
  });
  afterEach(() => {
    for (const host of hosts.splice(0)) host.dispose();
  });

  async function open(...events: number[]): Promise<Page[]> {
    const pages: Page[] = [];
    for (const count of events) {
      const run = runOf(count);
      runs.set(run.summary.id, run);
      const page = new Page();
      const host = new PanelHost(page.webview, 'editor', around, { version: 1, run: run.summary.id });
      hosts.push(host);
      page.say({ type: 'ready', version: 1 });
      await waitFor('the panel to be opened', () => page.of('open')[0]);
      pages.push(page);
    }
    return pages;
  }
  const shownBy = (page: Page): string => page.of('open')[0]!.state.run!;

  it('says in the panel what keeps it from being filled, and fills it when it is asked again', async () => {
    let broken = true;
    const page = new Page();
    const heads = (): [] => {
      if (broken) throw new Error('too many files in the folder');
      return [];
    };
    hosts.push(new PanelHost(page.webview, 'editor', { ...around, heads }, undefined));
    page.say({ type: 'ready', version: 1 });
    const { message } = await waitFor('a word', () => page.of('unready')[0]);
    assert.equal(message, 'too many files in the folder');
    broken = false;
    page.say({ type: 'ready', version: 1 });
    await waitFor('the panel to be opened', () => page.of('open')[0]);
  });

  it('opens a page of another version, which then says that it must be reloaded', async () => {
    const page = new Page();
    hosts.push(new PanelHost(page.webview, 'editor', around, undefined));
    page.say({ type: 'ready', version: 99 });
    await waitFor('the panel to be opened', () => page.of('open')[0]);
  });

  it('answers whoever asks whether it is there', async () => {
    const [page] = await open(10);
    page!.say({ type: 'there' });
    await waitFor('an answer', () => page!.of('here')[0]);
  });

  it('opens a new panel on the run that goes on, and a restored one on what it showed', async () => {
    const run = runOf(10);
    runs.set(run.summary.id, run);
    const goingOn = () => ({ target: { ...run.summary, root: undefined }, run, live: undefined });
    const shown = async (state: unknown): Promise<string | undefined> => {
      const page = new Page();
      hosts.push(new PanelHost(page.webview, 'editor', { ...around, goingOn }, state));
      page.say({ type: 'ready', version: 1 });
      return (await waitFor('the panel to be opened', () => page.of('open')[0])).state.run;
    };
    assert.equal(await shown(undefined), run.summary.id);
    assert.equal(await shown({ version: 1, lab: 'load-balancing' }), undefined);
  });

  it('drops what has the wrong shape, writes it into the log and goes on', async () => {
    const [page] = await open(1000);
    const run = shownBy(page!);
    const interfering = (deep: unknown): unknown => {
      const interventions = [{ anchor: '#1', action: 'crash', arguments: { deep } }];
      return { type: 'run', choice: { lab: 'x', algorithm: 'a', seed: 1, parameters: {}, interventions } };
    };
    const many = Array.from({ length: 1_000_000 }, (_, n) => [`p${n}`, n]);
    const wrong: unknown[] = [
      undefined,
      null,
      7,
      'run',
      [],
      {},
      { type: 'format', disk: 'C:' },
      { type: 'window', request: -1, run, from: 0, to: 10 },
      { type: 'window', request: 1, run: '../../etc/passwd', from: 0, to: 10 },
      { type: 'window', request: 1, run, from: 0.5, to: Infinity },
      { type: 'overview', request: 1, run, pixels: 1e9 },
      { type: 'overview', request: 1, run, pixels: 0 },
      { type: 'restate', request: 1, run },
      { type: 'run', choice: { lab: 'x'.repeat(1000), algorithm: 'a', seed: 1, parameters: {} } },
      { type: 'run', choice: { lab: 'x', algorithm: 'a', seed: 1, parameters: { __proto__: null, n: {} } } },
      { type: 'state', state: { version: 99 } },
      { type: 'acknowledge', frame: 'all of them' },
      { type: 'copyText', text: 'x'.repeat(2_000_000) },
      interfering(nested(20_000)),
      { type: 'run', choice: { lab: 'x', algorithm: 'a', seed: 1, parameters: Object.fromEntries(many) } },
    ];
    for (const message of wrong) page!.say(message);
    assert.equal(logged.length, wrong.length, logged.join('\n'));
    assert.equal(page!.of('refused').length, 0);
    page!.say({ type: 'window', request: 3, run, from: 0, to: 10 });
    assert.equal((await page!.frames(3))[0]!.length, 10);
  });

  it('refuses in words what is not kept', async () => {
    const [page] = await open(10);
    for (const type of ['window', 'restate', 'overview']) {
      page!.say({ type, request: 9, run: randomUUID(), from: 0, to: 1, before: 1, pixels: 10 });
    }
    const refused = await waitFor('three refusals', () => {
      const all = page!.of('refused');
      return all.length === 3 ? all : undefined;
    });
    for (const { request, message } of refused)
      assert.deepEqual([request, message], [9, 'This run is no longer kept.']);
  });

  it('refuses more windows than a panel ever waits for, and goes on when those are acknowledged', async () => {
    const [page] = await open(10);
    const run = shownBy(page!);
    for (let request = 0; request < 1000; request++) page!.say({ type: 'window', request, run, from: 0, to: 10 });
    const refused = await waitFor('refusals', () => page!.of('refused').at(-1));
    assert.match(refused.message, /waits for 250 answers already: 'window' is refused/);
    assert.equal(page!.of('frame').length, 2);
    await page!.frames(249);
    page!.say({ type: 'window', request: 1000, run, from: 0, to: 10 });
    assert.equal((await page!.frames(1000))[0]!.length, 10);
  });

  it('serves two panels on two runs, each its own', async () => {
    const [left, right] = await open(40_000, 30_000);
    left!.say({ type: 'window', request: 1, run: shownBy(left!), from: 0, to: 40_000 });
    right!.say({ type: 'window', request: 1, run: shownBy(right!), from: 0, to: 30_000 });
    const [ofLeft, ofRight] = await Promise.all([left!.frames(1), right!.frames(1)]);
    for (const [frames, page, events] of [
      [ofLeft, left!, 40_000],
      [ofRight, right!, 30_000],
    ] as const) {
      assert.ok(frames.every(({ run }) => run === shownBy(page)));
      assert.equal(
        frames.reduce((sum, { length }) => sum + length, 0),
        events,
      );
      assert.deepEqual(frames[0]!.strings, ['node']);
    }
  });

  it('begins again with a page that was thrown away while hidden, as if nothing had been sent', async () => {
    const [page] = await open(40_000);
    const run = shownBy(page!);
    page!.say({ type: 'window', request: 1, run, from: 0, to: 40_000 });
    await waitFor('frames in flight', () => (page!.of('frame').length === 2 ? true : undefined));
    page!.say({ type: 'ready', version: 1 }); // nothing of them was acknowledged, and never will be
    await waitFor('the panel to be opened again', () => page!.of('open')[1]);
    page!.heard.length = 0;
    page!.say({ type: 'window', request: 1, run, from: 0, to: 40_000 });
    const frames = await page!.frames(1);
    assert.deepEqual(frames[0]!.strings, ['node']);
    assert.equal(
      frames.reduce((sum, { length }) => sum + length, 0),
      40_000,
    );
  });

  it('lets a page vanish in the middle of an answer', async () => {
    const [page, other] = await open(600_000, 1000);
    const run = shownBy(page!);
    const rejected: unknown[] = [];
    const note = (reason: unknown): void => void rejected.push(reason);
    process.on('unhandledRejection', note);
    try {
      page!.say({ type: 'overview', request: 1, run, pixels: 100 });
      page!.say({ type: 'restate', request: 2, run, before: 500_000 });
      page!.say({ type: 'window', request: 3, run, from: 0, to: 100_000 });
      page!.gone = true;
      hosts.shift()!.dispose();
      other!.say({ type: 'overview', request: 4, run: shownBy(other!), pixels: 10 });
      await waitFor('the other panel to be answered', () => other!.of('overview')[0]);
      assert.deepEqual(rejected, []);
      assert.deepEqual(logged, []);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it('sums up two million events, and restates what still counts, without holding up the host', async () => {
    const [page] = await open(2_000_000);
    const run = shownBy(page!);
    let [worst, last] = [0, performance.now()];
    const timer = setInterval(() => {
      const now = performance.now();
      [worst, last] = [Math.max(worst, now - last), now];
    }, 1);
    page!.say({ type: 'overview', request: 1, run, pixels: 100 });
    page!.say({ type: 'restate', request: 2, run, before: 1_900_000 });
    const [restated] = await page!.frames(2);
    const { overview } = await waitFor('the overview', () => page!.of('overview')[0]);
    clearInterval(timer);
    console.log(`2,000,000 events were summed up and restated; the host's longest turn took ${worst.toFixed(0)} ms`);
    assert.equal(overview.events, 2_000_000);
    assert.deepEqual(
      overview.marks.map(({ event }) => event),
      [1_000_000],
    );
    assert.deepEqual([...new Uint32Array(restated!.restated!.indices.buffer)], [0, 1_000_000]);
  });
});
