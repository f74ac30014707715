/** Events in words: what the log prints, what a screen reader hears, what a search looks through. */
import { DropReason, EventKind, kindName, type TraceEvent } from '../trace/event.ts';

const dropReasons = new Map<number, string>([
  [DropReason.loss, 'lost on the way'],
  [DropReason.partition, 'the link is cut'],
  [DropReason.receiverDown, 'the receiver is down'],
  [DropReason.intervention, 'dropped by hand'],
  [DropReason.queueFull, 'the queue is full'],
]);

/** One event as a sentence without its time. */
export function describeEvent(event: TraceEvent): string {
  const { node, peer, label, id, value } = event;
  const item = `${label}${id}`;
  // A message that is about an item bears its name: request-17. The others are told apart by the sender's counter.
  const message = label.endsWith('-') ? item : `${label} #${id}`;
  // Requests of a workload come from nobody that is in the picture.
  const sender = node === '' ? 'the workload' : node;
  const origin = peer === '' ? 'the workload' : peer;
  switch (event.kind) {
    case EventKind.mark:
      return label;
    case EventKind.intervention:
      return node === '' ? `you: ${label}` : `you: ${label} ${node}${peer === '' ? '' : ` – ${peer}`}`;
    case EventKind.broken:
      return `check broken: ${label}${node === '' ? '' : ` at ${node}`}`;
    case EventKind.sample:
      return `${label}${node === '' ? '' : ` of ${node}`} = ${formatFigure(value)}`;
    case EventKind.log:
      return node === '' ? `“${label}”` : `${node} says: ${label}`;
    case EventKind.join:
      return `${node} joins${value === 1 ? '' : ` with weight ${formatFigure(value)}`}`;
    case EventKind.leave:
      return `${node} leaves`;
    case EventKind.state:
      return `${node} is now: ${label}`;
    case EventKind.crash:
      return `${node} crashes`;
    case EventKind.restart:
      return `${node} restarts`;
    case EventKind.pause:
      return value > 0 ? `${node} pauses for ${formatDuration(value)}` : `${node} pauses`;
    case EventKind.resume:
      return `${node} goes on`;
    case EventKind.slow:
      return `${node} slows down by a factor of ${formatFigure(value)}`;
    case EventKind.skew:
      return `the clock of ${node} is off by ${formatDuration(value)}`;
    case EventKind.point:
      return `${node} gets point ${id} at ${formatPosition(value)}`;
    case EventKind.unpoint:
      return `${node} loses point ${id} at ${formatPosition(value)}`;
    case EventKind.place:
      return `${item} goes to ${node}`;
    case EventKind.move:
      return `${item} moves from ${peer} to ${node}`;
    case EventKind.send:
      return `${sender} sends ${message} to ${peer}`;
    case EventKind.deliver:
      return `${node} receives ${message} from ${origin}`;
    case EventKind.drop:
      return `${message} from ${sender} to ${peer} is lost: ${dropReasons.get(value) ?? `reason ${value}`}`;
    case EventKind.duplicate:
      return `the network doubles ${message} from ${sender} to ${peer}`;
    case EventKind.link:
      return `link ${node} – ${peer} is ${label}`;
    case EventKind.timerSet:
      return `${node} sets timer ${label} for ${formatDuration(value)}`;
    case EventKind.timerFire:
      return `timer ${label} of ${node} fires`;
    case EventKind.timerCancel:
      return `${node} cancels timer ${label === '' ? `#${id}` : label}`;
    case EventKind.diskWrite:
      return `${node} writes ${label} (${formatFigure(value)} bytes, not yet safe)`;
    case EventKind.diskSync:
      return `${node} has its writes safe on disk`;
    case EventKind.diskLost:
      return `${node}: the write of ${label} is ${value === 0 ? 'lost' : 'torn'}`;
    case EventKind.enqueue:
      return `${item} queues at ${node} (queue: ${formatFigure(value)})`;
    case EventKind.serveBegin:
      return `${node} begins to serve ${item}`;
    case EventKind.serveEnd:
      return `${node} has served ${item} after ${formatDuration(value)}`;
    case EventKind.reject:
      return `${node} rejects #${id}: ${label}`;
    case EventKind.invoke:
      return `a client at ${node} begins ${label} #${id}`;
    case EventKind.return:
      return `${label === '' ? 'the operation' : label} #${id} of ${node} returns after ${formatDuration(value)}`;
    case EventKind.fail:
      return `operation #${id} of ${node} fails: ${label}`;
    case EventKind.unknown:
      return `nobody knows whether operation #${id} of ${node} took effect`;
    case EventKind.admit:
      return `${node} admits ${item} (level ${formatFigure(value)})`;
    case EventKind.refuse:
      return `${node} refuses ${item} (level ${formatFigure(value)})`;
    default:
      return `an event of kind ${kindName(event.kind) ?? String(event.kind)} that this version does not know`;
  }
}

/** Made for the first figure that needs them: it takes milliseconds by which extension and panel would start later. */
let formats: { large: Intl.NumberFormat; small: Intl.NumberFormat } | undefined;

/** A figure for people: grouped, three decimals, three significant digits below one. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  if (Number.isSafeInteger(value))
    return String(value)
      .replace(/^-/, '−')
      .replace(/\B(?=(\d{3})+$)/g, ',');
  formats ??= {
    large: new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 }),
    small: new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }),
  };
  const text = (Math.abs(value) < 1 ? formats.small : formats.large).format(value);
  return text.replace(/^-/, '−');
}

/** A duration given in nanoseconds, in the unit that fits it. */
export function formatDuration(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  if (size >= 1e9) return `${formatFigure(nanoseconds / 1e9)} s`;
  if (size >= 1e6) return `${formatFigure(nanoseconds / 1e6)} ms`;
  if (size >= 1e3) return `${formatFigure(nanoseconds / 1e3)} µs`;
  return `${formatFigure(nanoseconds)} ns`;
}

/** A place on a circle, given in [0, 1), as a share of the way round. */
export function formatPosition(position: number): string {
  return `${(position * 100).toFixed(2)} %`;
}
