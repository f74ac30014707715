/** The views that there are. A new one is a folder with a `view.ts`, its id in the engine's vocabulary, and a line in here. */
import { viewsOf, type ViewId } from '../../labs/engine/lab/views.ts';
import { charts } from './charts/view.ts';
import { cluster } from './cluster/view.ts';
import { diagram } from './diagram/view.ts';
import { log } from './log/view.ts';
import { ring } from './ring/view.ts';
import { sequence } from './sequence/view.ts';
import { state } from './state/view.ts';
import { timeline } from './timeline/view.ts';
import type { Drawable, View } from './view.ts';

export const registry: Readonly<Record<ViewId, View>> = {
  ring,
  sequence,
  timeline,
  cluster,
  charts,
  state,
  log,
  diagram,
};

/** The views of its lab for which there is something in a run, in the lab's order. */
export function drawnOf(run: Drawable): ViewId[] {
  return viewsOf(run.lab).filter((id) => registry[id].draws(run));
}
