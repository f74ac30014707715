/**
 * The pictures of a run that there are, by name, and which of them a lab has. The one module that looks through the list
 * of a lab: whether a run can fill a view is another question, and the panel's registry asks that of the run.
 */
import type { LabDiagram } from './diagram.ts';

/** Every view; the panel has each of them in a folder of its own, `webview/views/<id>/`. */
export const viewIds = ['ring', 'sequence', 'cluster', 'timeline', 'charts', 'state', 'log', 'diagram'] as const;
export type ViewId = (typeof viewIds)[number];

/** What of a lab says which views it has. */
export interface LabViews {
  /** Those that it names, the one that opens first. */
  views: readonly ViewId[];
  diagrams?: readonly LabDiagram[];
}

/**
 * The views of a lab in their order; what it names beyond those that there are is left out. The log is the text equal of
 * every picture: each lab has it. What is drawn as messages can be kept as a diagram, beside those of the lab itself.
 */
export function viewsOf({ views, diagrams = [] }: LabViews): ViewId[] {
  const known = new Set(views.filter((id) => viewIds.includes(id))).add('log');
  if (known.has('sequence') || diagrams.length > 0) known.add('diagram');
  return [...known];
}

/** Whether a lab has a view. */
export function hasView(lab: LabViews, view: string): boolean {
  return viewsOf(lab).some((id) => id === view);
}
