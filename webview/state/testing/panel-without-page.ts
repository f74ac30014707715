/** A panel's state with a lab of two scenarios, and a host that only listens. */
import { engineVersion } from '../../../labs/engine/record/engine-version.ts';
import { headOf, type LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { natureOf } from '../../../labs/engine/lab/worlds.ts';
import type { HostMessage, OpenMessage, PanelMessage, RunSummary } from '../../../labs/engine/protocol/panel.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import { handMadeTrace, type HandMadeEvent } from '../../../labs/engine/scene/hand-made.ts';
import { packColumns } from '../../../labs/engine/trace/columns.ts';
import { Playground } from '../playground.ts';

const pure = { world: 'pure', contract: 'Demo', nature: natureOf('pure') } as const;
export const lab: LabEntry = {
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

export const opening: OpenMessage = {
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

export const ids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;

export function summaryOf(id: string, more: Partial<RunSummary> = {}): RunSummary {
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

export const report = { checks: [], metrics: {} } as unknown as RunReport;

export function start(): {
  playground: Playground;
  sent: PanelMessage[];
  tell: (message: HostMessage) => void;
  answer: (run: string, events: readonly HandMadeEvent[]) => void;
} {
  const sent: PanelMessage[] = [];
  let receive: (message: HostMessage) => void = () => {
    throw new Error('nobody listens');
  };
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
      if (window?.type !== 'window') throw new Error('no window was asked for');
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

export const events: readonly HandMadeEvent[] = [
  { kind: 'mark', label: 'begin' },
  { kind: 'join', node: 'a', value: 1 },
  { kind: 'join', node: 'b', value: 1 },
  { kind: 'mark', label: 'middle' },
  { kind: 'leave', node: 'a' },
];
