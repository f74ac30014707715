/** One event of a simulated run, looked at closely: as the inspector of a panel gets it. */
import type { SourceLocation } from './failure.ts';

export interface RunMoment {
  /** Index of the event. */
  event: number;
  /** The handler that asked for it or, where the event set one going, that one; '' for none. */
  handler: string;
  /** The line of the lab's code that asked for it, where one did. */
  location?: SourceLocation;
  /** What it carries: the message, what is written, what a timer keeps, what the handler was given. */
  content?: string;
  /** What the handler that the event set going asked for: sent, set, wrote. At most 100. */
  did: DidAtMoment[];
  /** What the event touched first, then the other nodes in the order of the system. */
  nodes: NodeAtMoment[];
  /** How many nodes are left out, for there are too many of them. */
  omitted: number;
}

/** Something that a handler asked for, as it happened. */
export interface DidAtMoment {
  /** Index of its event, which may come later: after a sync. */
  event: number;
  /** The line that asked for it. */
  location?: SourceLocation;
}

/** A node around the step that an event belongs to. Texts have one field a line, so that they can be compared by lines. */
export interface NodeAtMoment {
  name: string;
  condition: 'absent' | 'up' | 'down' | 'left';
  paused: boolean;
  /** Its memory, and what a crash would leave of its disk. */
  before: { state: string; disk: string };
  after: { state: string; disk: string };
  /** Names of its timers that are set afterwards. */
  timers: string[];
}
