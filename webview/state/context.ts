/** How components come by the panel's state. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Playground } from './playground.ts';

export const PlaygroundContext = createContext<Playground | undefined>(undefined);

/** The panel's state. @throws Error outside of the panel */
export function usePlayground(): Playground {
  const playground = useContext(PlaygroundContext);
  if (!playground) throw new Error('this component is to be shown inside a panel');
  return playground;
}
