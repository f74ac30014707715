/**
 * What the views of a small run draw, as text that a person can review: they are functions of a trace and a cursor, so
 * a change in what a lab does or in what a scene makes of it shows as a difference in these.
 *
 * Which runs of a lab are looked at, its `testing/views.ts` says; `labs/all-labs/views.test.ts` keeps the texts beside it, and
 * tells how they are written anew.
 */
import { diagramsFor, type LabDiagram } from '../lab/diagram.ts';
import type { RunNature } from '../lab/worlds.ts';
import type { Lab } from '../lab/lab.ts';
import { hasView, viewsOf, type ViewId } from '../lab/views.ts';
import { executeRun } from '../run.ts';
import { clusterSceneAt, progressOf, type ClusterScene } from '../scene/cluster-scene.ts';
import { architectureText, stateMachineText } from '../scene/diagram-text.ts';
import { describeEvent, formatDuration, formatFigure, formatPosition } from '../scene/event-text.ts';
import { diagramOf } from '../scene/mermaid.ts';
import { nodesInStates } from '../scene/node-states.ts';
import { ringSceneAt } from '../scene/ring-scene.ts';
import { describeRing, explainItem, explainServer } from '../scene/ring-words.ts';
import { sequenceSceneOf } from '../scene/sequence-scene.ts';
import { describeLane, timelineSceneOf, type Moments } from '../scene/timeline-scene.ts';
import { eventAt, textOf, type TraceView } from '../scene/trace-view.ts';
import { assertLively } from '../simulation/testing/lively.ts';
import { TraceStore } from '../trace/store.ts';
import type { Wanted } from './run-lab.ts';

/** A run, and how far it has come on the screen. */
export interface Seen extends Omit<Wanted, 'implementation' | 'interventions'> {
  /** Share of the events that have happened, 0 … 1. */
  at: number;
}

/** Events that the views show before the cursor: a text is to be read. */
const window = 60;

/** @returns a text for each view, by its name; the lab's own diagrams by theirs */
export function viewTexts(lab: unknown, seen: Seen): Record<string, string> {
  const declared = lab as Lab;
  const { algorithm = declared.algorithms[0]!.id, scenario, seed = 1, parameters = {}, at } = seen;
  const store = new TraceStore({ maxEvents: 10_000 });
  const request = { lab: declared.id, algorithm, seed, parameters, ...(scenario === undefined ? {} : { scenario }) };
  let clock: RunNature['clock'] = 'operations';
  executeRun(
    declared,
    request,
    { maxEvents: 10_000 },
    {
      sink: { batch: (first, columns, strings) => store.append(first, columns, strings) },
      begins: (nature) => (clock = nature.clock),
      recorded: ({ simulation }) => assertLively(simulation.world),
    },
  );
  const trace: TraceView = { length: store.length, columns: store.window(0, store.length), strings: store.strings };
  const cursor = Math.round((trace.length - 1) * at);
  const texts: Record<string, string> = {};
  for (const view of viewsOf(declared)) {
    const draw = drawings[view];
    if (typeof draw === 'string') continue;
    const text = draw(trace, cursor, { lab: declared, algorithm, clock });
    Object.assign(texts, typeof text === 'string' ? { [view]: text } : text);
  }
  return texts;
}

/** What a view knows of a run besides its trace. */
interface Around {
  lab: Lab;
  algorithm: string;
  clock: RunNature['clock'];
}

/** @returns the text; of a view that holds several pictures one for each, by its name */
type Drawing = (trace: TraceView, cursor: number, around: Around) => string | Record<string, string>;

/** Each view as text, or why there is none of it. */
export const drawings: Readonly<Record<ViewId, Drawing | string>> = {
  log: drawLog,
  sequence: drawSequence,
  state: drawState,
  cluster: drawCluster,
  timeline: (trace, cursor, { clock }) => drawTimeline(trace, cursor, clock !== 'operations'),
  ring: drawRing,
  diagram: drawDiagrams,
  charts: 'its curves are figures: those of a series the tests of its scene hold, those of a run its metrics',
};

function drawLog(trace: TraceView, cursor: number): string {
  const lines: string[] = [];
  for (let row = Math.max(0, cursor - window); row <= cursor; row++) {
    const event = eventAt(trace, row);
    lines.push(`${pad(row)} ${String(event.time).padStart(12)}  ${describeEvent(event)}`);
  }
  return lines.join('\n');
}

/** Lanes across, then every message and moment by the event that it belongs to; what lies ahead is not there yet. */
function drawSequence(trace: TraceView, cursor: number): string {
  const { lanes, messages, moments, gaps } = sequenceSceneOf(trace);
  const from = Math.max(0, cursor - window);
  const inside = (event: number): boolean => event >= from && event <= cursor;
  const lines = [
    ...messages
      .filter(({ send }) => inside(send))
      .map(({ send, end, from, to, label, outcome }) => {
        const fate = end >= 0 && end <= cursor ? `${outcome} at ${end}` : 'on its way';
        return [send, `${lanes[from]} → ${lanes[to]}  ${label}  (${fate})`] as const;
      }),
    ...moments
      .filter(({ event }) => inside(event))
      .map(({ event, lane, tone, text }) => [event, `${lane < 0 ? 'all' : lanes[lane]} · ${text}  [${tone}]`] as const),
    ...gaps
      .filter(({ from }) => inside(from))
      .map(({ lane, kind, from, to }) => [from, `${lanes[lane]} is ${kind}${to < 0 ? '' : ` until ${to}`}`] as const),
  ].sort(([a], [b]) => a - b);
  return [`lanes: ${lanes.join(' | ')}`, ...lines.map(([event, line]) => `${pad(event)} ${line}`)].join('\n');
}

function drawState(trace: TraceView, cursor: number): string {
  const { nodes } = clusterSceneAt(trace, cursor);
  return nodes
    .map((node) => {
      const { name, condition, state, queue, serving, served, rejected, sent, received, changedAt } = node;
      const figures = { queue, serving, served, rejected, sent, received };
      const some = Object.entries(figures).flatMap(([title, value]) => (value === 0 ? [] : [`${title} ${value}`]));
      return [name, condition, state || '–', ...some, ...(changedAt === cursor ? ['changed'] : [])].join(' | ');
    })
    .join('\n');
}

function drawCluster(trace: TraceView, cursor: number): string {
  const { nodes, pairs, flights, links, time } = clusterSceneAt(trace, cursor);
  const name = (at: number): string => nodes[at]!.name;
  return [
    `at ${formatDuration(time)}`,
    `nodes: ${nodes.map(({ name, condition, slowness }) => `${name} ${condition}${slowness === 1 ? '' : ` ×${slowness}`}`).join(', ')}`,
    `lines: ${pairs.map(([a, b]) => `${name(a)}–${name(b)}`).join(', ')}`,
    ...flights.map((flight) => {
      const share = formatFigure(Math.round(100 * progressOf(flight, time)));
      return `${name(flight.from)} → ${name(flight.to)}  ${flight.label}, ${share} % of its way${flight.lost ? ', will be lost' : ''}`;
    }),
    ...links.map(({ from, to, trouble }) => `${name(from)} → ${name(to)} is ${trouble}`),
  ].join('\n');
}

function drawTimeline(trace: TraceView, cursor: number, simulated: boolean): string {
  const scene = timelineSceneOf(trace, simulated);
  const first = ({ x, event }: Moments): string =>
    x
      .slice(0, 8)
      .map((at, i) => `${formatFigure(at)}@${event[i]}`)
      .join(' ');
  return [
    `${scene.unit} from ${formatFigure(scene.from)} to ${formatFigure(scene.to)}, cursor at ${formatFigure(scene.at(cursor))}`,
    ...scene.lanes.flatMap((lane) => [
      describeLane(lane),
      ...(['admitted', 'refused', 'spans'] as const).flatMap((kind) =>
        lane[kind].x.length === 0 ? [] : [`  ${kind}: ${first(lane[kind])}`],
      ),
      ...lane.gaps.map(({ from, to }) => `  away: ${formatFigure(from)} to ${formatFigure(to)}`),
    ]),
  ].join('\n');
}

function drawRing(trace: TraceView, cursor: number): string {
  const scene = ringSceneAt(trace, cursor);
  const points = scene.points.map(
    ({ position, server }) => `${formatPosition(position)} ${scene.servers[server]!.name}`,
  );
  return [
    describeRing(scene),
    `points: ${points.join(', ')}`,
    ...scene.servers.map((_, server) => explainServer(scene, server)),
    ...Array.from(scene.items.number.slice(0, 10), (_, item) => explainItem(scene, item)),
  ].join('\n');
}

/** The messages before the cursor, where the lab has a view of messages, and the lab's own diagrams. */
function drawDiagrams(trace: TraceView, cursor: number, { lab, algorithm }: Around): Record<string, string> {
  const texts: Record<string, string> = {};
  if (hasView(lab, 'sequence'))
    texts.diagram = diagramOf(sequenceSceneOf(trace), Math.max(0, cursor - window), cursor).text;
  for (const diagram of diagramsFor(lab.diagrams ?? [], algorithm)) {
    texts[`diagram ${diagram.id}`] = drawDiagram(diagram, trace, clusterSceneAt(trace, cursor));
  }
  return texts;
}

function drawDiagram(diagram: LabDiagram, trace: TraceView, scene: ClusterScene): string {
  if (diagram.kind === 'states') return stateMachineText(diagram, nodesInStates(diagram, trace, scene));
  return architectureText(diagram, scene.nodes, textOf(trace, trace.columns.node[scene.cursor]!));
}

function pad(event: number): string {
  return String(event).padStart(5);
}
