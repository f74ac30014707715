/** A moment as texts, small enough to be sent and shown. */
import { inspect } from 'node:util';
import type { NodeAtMoment } from '../../../labs/engine/protocol/moment.ts';
import type { Moment, NodeMoment } from '../../../labs/engine/simulation/replay.ts';
import type { WorkerMoment } from './messages.ts';

const mostNodes = 100;
const longestText = 8000;

/** @returns the moment with stacks where it will have lines */
export function momentText({ event, handler, callSite, content, did, before, after }: Moment): WorkerMoment {
  const described = after.map((node, i) => describe(before[i]!, node));
  const touched = (node: NodeAtMoment): boolean =>
    node.name === event.node || node.name === event.peer || isChanged(node);
  const ordered = [...described.filter(touched), ...described.filter((node) => !touched(node))];
  const nodes = ordered.slice(0, mostNodes);
  return {
    event: event.index,
    handler,
    ...(callSite === undefined ? {} : { callSite }),
    ...(content === undefined ? {} : { content: text(content) }),
    did,
    nodes,
    omitted: ordered.length - nodes.length,
  };
}

function describe(before: NodeMoment, after: NodeMoment): NodeAtMoment {
  const { name, condition, paused, timers } = after;
  return { name, condition, paused, before: texts(before), after: texts(after), timers: timers.slice(0, 100) };
}

function isChanged({ before, after }: NodeAtMoment): boolean {
  return before.state !== after.state || before.disk !== after.disk;
}

function texts({ state, disk: { values, logs } }: NodeMoment): NodeAtMoment['before'] {
  return {
    state: state === undefined ? '' : text(state),
    disk: values.size + logs.size === 0 ? '' : text({ ...Object.fromEntries(values), ...Object.fromEntries(logs) }),
  };
}

/** One field a line. */
function text(value: unknown): string {
  const whole = inspect(value, { compact: false, depth: 8, maxArrayLength: 200, maxStringLength: 500 });
  return whole.length > longestText ? `${whole.slice(0, longestText)}\n… ${whole.length - longestText} more` : whole;
}
