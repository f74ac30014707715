/** What a view says of itself before it is loaded: each has a folder, and says it there in `view.ts`. */
import type { ComponentType } from 'preact';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { ViewId } from '../../labs/engine/lab/views.ts';
import type { EventKindName } from '../../labs/engine/trace/event.ts';

/** A run, as far as a view may ask whether there is anything in it to draw. */
export interface Drawable {
  lab: LabEntry;
  /** Id of its algorithm. */
  algorithm: string;
  /** What it came to, once it is over. */
  report: RunReport | undefined;
  /** Whether there are events of one of these kinds in it, or there may be: of a run under way nobody knows what is still to come. */
  has(...kinds: readonly EventKindName[]): boolean;
}

export interface View {
  id: ViewId;
  /** On its tab. */
  title: string;
  /** Whether there is anything in a run that it can draw. Asked whenever events have arrived: it is to take no time. */
  draws(run: Drawable): boolean;
  /** Why there is nothing in a run that it can draw: a sentence. */
  nothing: string;
  /** Loads it; called when it is first looked at, or shortly before. */
  load(): Promise<ComponentType>;
}
