/**
 * A run as a space-time diagram: a lane for each node, messages from lane to lane, what happened on the lanes.
 * Folded once over the whole trace; the cursor only says what of it has happened yet.
 */
import { EventKind } from '../trace/event.ts';
import { describeEvent } from './event-text.ts';
import { eventAt, textOf, type TraceView } from './trace-view.ts';

export interface SequenceMessage {
  /** Index of the event that sent it, or doubled it on its way. */
  send: number;
  /** Index of the event that ended its way, −1 while none is known. */
  end: number;
  from: number;
  to: number;
  label: string;
  outcome: 'delivered' | 'lost' | 'on its way';
}

/** Something that happened on a lane, or across all of them (`lane` −1). */
export interface SequenceMoment {
  event: number;
  lane: number;
  tone: 'state' | 'fault' | 'good' | 'timer' | 'disk' | 'client' | 'mark' | 'intervention' | 'broken';
  text: string;
}

/** A stretch during which a node was down or paused. */
export interface SequenceGap {
  lane: number;
  kind: 'down' | 'paused' | 'absent';
  /** Index of the first and the last event of it; `to` is −1 while it lasts. */
  from: number;
  to: number;
}

export interface SequenceScene {
  lanes: readonly string[];
  messages: readonly SequenceMessage[];
  moments: readonly SequenceMoment[];
  gaps: readonly SequenceGap[];
  /** Indices of the events that have a place in the diagram, ascending. */
  rows: readonly number[];
}

const tones = new Map<number, SequenceMoment['tone']>([
  [EventKind.mark, 'mark'],
  [EventKind.intervention, 'intervention'],
  [EventKind.broken, 'broken'],
  [EventKind.state, 'state'],
  [EventKind.crash, 'fault'],
  [EventKind.restart, 'good'],
  [EventKind.pause, 'fault'],
  [EventKind.resume, 'good'],
  [EventKind.leave, 'fault'],
  [EventKind.slow, 'fault'],
  [EventKind.skew, 'fault'],
  [EventKind.timerFire, 'timer'],
  [EventKind.diskSync, 'disk'],
  [EventKind.diskLost, 'fault'],
  [EventKind.invoke, 'client'],
  [EventKind.return, 'client'],
  [EventKind.fail, 'fault'],
  [EventKind.unknown, 'fault'],
  [EventKind.log, 'state'],
]);

/** What a lane says of an event: shorter than the log, because the lane already names the node. */
function laneText(trace: TraceView, row: number): string {
  const { label, id, kind } = eventAt(trace, row);
  switch (kind) {
    case EventKind.state:
    case EventKind.log:
    case EventKind.mark:
      return label;
    case EventKind.crash:
      return 'crashes';
    case EventKind.restart:
      return 'restarts';
    case EventKind.leave:
      return 'leaves';
    case EventKind.pause:
      return 'pauses';
    case EventKind.resume:
      return 'goes on';
    case EventKind.timerFire:
      return `timer ${label}`;
    case EventKind.diskSync:
      return 'disk safe';
    case EventKind.invoke:
      return `${label} #${id}`;
    case EventKind.return:
      return `#${id} returns`;
    case EventKind.fail:
      return `#${id} fails: ${label}`;
    case EventKind.unknown:
      return `#${id}: outcome unknown`;
    default:
      return describeEvent(eventAt(trace, row));
  }
}

/** The diagram of a trace. */
export function sequenceSceneOf(trace: TraceView): SequenceScene {
  const { kind, node, peer, id, label } = trace.columns;
  const lanes: string[] = [];
  const laneIds = new Map<number, number>();
  const laneOf = (string: number): number => {
    if (string < 0) return -1;
    let lane = laneIds.get(string);
    if (lane === undefined) {
      lane = lanes.length;
      laneIds.set(string, lane);
      lanes.push(textOf(trace, string));
    }
    return lane;
  };
  const messages: SequenceMessage[] = [];
  /** Messages on their way, by sender and the sender's counter: two where the network has doubled one. */
  const flying = new Map<string, SequenceMessage[]>();
  const moments: SequenceMoment[] = [];
  const gaps: SequenceGap[] = [];
  const open = new Map<number, SequenceGap>();
  const rows: number[] = [];

  const send = (row: number): void => {
    const message: SequenceMessage = {
      send: row,
      end: -1,
      from: laneOf(node[row]!),
      to: laneOf(peer[row]!),
      label: textOf(trace, label[row]!),
      outcome: 'on its way',
    };
    messages.push(message);
    const name = `${node[row]!}#${id[row]!}`;
    flying.set(name, [...(flying.get(name) ?? []), message]);
  };
  /** @returns whether the message is known: jobs of a queue are handed over without being sent */
  const arrive = (row: number, sender: number, outcome: SequenceMessage['outcome']): boolean => {
    const name = `${sender}#${id[row]!}`;
    const [message, ...rest] = flying.get(name) ?? [];
    if (!message) return false;
    message.end = row;
    message.outcome = outcome;
    if (rest.length > 0) flying.set(name, rest);
    else flying.delete(name);
    return true;
  };
  const begin = (row: number, lane: number, kind: SequenceGap['kind']): void => {
    if (open.has(lane)) return;
    const gap: SequenceGap = { lane, kind, from: row, to: -1 };
    gaps.push(gap);
    open.set(lane, gap);
  };
  const close = (row: number, lane: number): void => {
    const gap = open.get(lane);
    if (gap) gap.to = row;
    open.delete(lane);
  };

  for (let row = 0; row < trace.length; row++) {
    switch (kind[row]) {
      case EventKind.send:
      case EventKind.duplicate:
        send(row);
        break;
      case EventKind.deliver:
        if (!arrive(row, peer[row]!, 'delivered')) continue;
        break;
      case EventKind.drop:
        if (!arrive(row, node[row]!, 'lost')) continue;
        break;
      case EventKind.join:
        close(row, laneOf(node[row]!));
        continue; // lanes begin at the top: a join needs no row of its own
      case EventKind.crash:
        begin(row, laneOf(node[row]!), 'down');
        break;
      case EventKind.pause:
        begin(row, laneOf(node[row]!), 'paused');
        break;
      case EventKind.leave:
        begin(row, laneOf(node[row]!), 'absent');
        break;
      case EventKind.restart:
      case EventKind.resume:
        close(row, laneOf(node[row]!));
        break;
    }
    const tone = tones.get(kind[row]!);
    if (tone) moments.push({ event: row, lane: laneOf(node[row]!), tone, text: laneText(trace, row) });
    else if (!isMessageEvent(kind[row]!)) continue;
    rows.push(row);
  }
  return { lanes, messages, moments, gaps, rows };
}

function isMessageEvent(kind: number): boolean {
  return (
    kind === EventKind.send || kind === EventKind.deliver || kind === EventKind.drop || kind === EventKind.duplicate
  );
}
