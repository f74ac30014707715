/** What one event changed, as before and after: a node's state, an item's owner. */
import { EventKind } from '../trace/event.ts';
import { textOf, type TraceView } from './trace-view.ts';

/** A text before and after an event; '' where there was none. */
export interface Change {
  /** What it is that changed. */
  what: 'state' | 'owner';
  before: string;
  after: string;
}

/** What an event changed; undefined where it is not of a kind that changes a state or an owner. */
export function changeOf(trace: TraceView, index: number): Change | undefined {
  const { kind, node, peer, label } = trace.columns;
  switch (kind[index]) {
    case EventKind.place:
      return { what: 'owner', before: '', after: textOf(trace, node[index]!) };
    case EventKind.move:
      return { what: 'owner', before: textOf(trace, peer[index]!), after: textOf(trace, node[index]!) };
    case EventKind.state: {
      let earlier = index - 1;
      while (earlier >= 0 && (kind[earlier] !== EventKind.state || node[earlier] !== node[index])) earlier--;
      const before = earlier < 0 ? '' : textOf(trace, label[earlier]!);
      return { what: 'state', before, after: textOf(trace, label[index]!) };
    }
  }
  return undefined;
}

/** Index of the event by which a node came to the state that it has at the cursor, −1 where it has told none. */
export function lastStateChange(trace: TraceView, name: string, cursor: number): number {
  const { kind, node } = trace.columns;
  const wanted = trace.strings.indexOf(name);
  let index = Math.min(cursor, trace.length - 1);
  while (index >= 0 && (kind[index] !== EventKind.state || node[index] !== wanted)) index--;
  return wanted < 0 ? -1 : index;
}

/** A stretch of a text, and whether the other text has it too. */
export interface Part {
  text: string;
  changed: boolean;
}

/** Two texts word by word: what they begin and end with alike, and what differs between. */
export function compareWords(before: string, after: string): { before: Part[]; after: Part[] } {
  const old = words(before);
  const now = words(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const parts = (all: string[]): Part[] =>
    [
      { text: all.slice(0, head).join(''), changed: false },
      { text: all.slice(head, all.length - tail).join(''), changed: true },
      { text: all.slice(all.length - tail).join(''), changed: false },
    ].filter(({ text }) => text !== '');
  return { before: parts(old), after: parts(now) };
}

/** Words with the space that follows them. */
function words(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}
