/** State that belongs to one view and outlives its tab: kept beside the view, not in the panel's state. */
import type { Playground } from '../state/playground.ts';
import { usePlayground } from '../state/context.ts';

/**
 * A hook that gives what is kept for the panel that it is called in.
 * @param begin what it is at first
 */
export function viewState<State>(begin: () => State): () => State {
  const kept = new WeakMap<Playground, State>();
  return () => {
    const playground = usePlayground();
    if (!kept.has(playground)) kept.set(playground, begin());
    return kept.get(playground)!;
  };
}
