/** The views as components, each loaded by itself. */
import { effect } from '@preact/signals';
import { viewsOf, type ViewId } from '../../labs/engine/lab/views.ts';
import type { Playground } from '../state/playground.ts';
import { lazy, type LazyComponent } from '../ui/lazy.tsx';
import { registry } from '../views/registry.ts';

const pictures = new Map<ViewId, LazyComponent<object>>(
  Object.values(registry).map(({ id, title, load }) => [id, lazy(`The view “${title}”`, load)]),
);

/** A view as a component. */
export function pictureOf(view: ViewId): LazyComponent<object> {
  return pictures.get(view)!;
}

/**
 * Loads the view that is or will be looked at as soon as that is known: with the run that is shown, or the lab that is
 * chosen to be run, before there is an event to draw. Then the others that have a tab, one by one, so that no tab is empty
 * when it is clicked.
 */
export function loadAhead({ opened, views, form }: Playground): void {
  effect(() => {
    if (!opened.value) return;
    const next = form.entry.value;
    const wanted = [views.active.value, ...(next ? viewsOf(next).slice(0, 1) : []), ...views.offered.value];
    void (async () => {
      for (const view of new Set(wanted)) await pictureOf(view).preload();
    })();
  });
}
