/** A component that is loaded when it is first rendered, or shortly before; until then there is nothing in its place. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, Icon } from './controls.tsx';

export type LazyComponent<Props> = ComponentType<Props> & {
  /** Loads it ahead. What goes wrong is said where it is rendered, with a way to try again. */
  preload(): Promise<void>;
};

/**
 * @param what its name, in a sentence that says it could not be loaded
 * @param load gives the component; asked once, whoever renders it, and again where that went wrong
 */
export function lazy<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
): LazyComponent<Props> {
  let loading: Promise<void> | undefined;
  let loaded: ComponentType<Props> | undefined;
  let problem: unknown;

  /** Resolves when it is there, or is known not to come. */
  const preload = (): Promise<void> => {
    loading ??= load().then(
      (component) => {
        loaded = component;
        problem = undefined;
      },
      (error: unknown) => {
        problem = error;
        loading = undefined;
      },
    );
    return loading;
  };

  function Lazy(props: Props) {
    /** How often it was waited for, in vain or not. */
    const [waited, setWaited] = useState(0);
    const ask = (): void => void preload().then(() => setWaited((times) => times + 1));
    const Loaded = loaded;
    useEffect(() => {
      // Asked even if it has come by now, after this was rendered without it: it is to be rendered again.
      if (!Loaded) ask();
    }, []);
    if (Loaded) return <Loaded {...props} />;
    if (waited === 0) return null;
    return (
      <div class="failure" role="alert">
        <h2>
          <Icon name="error" /> {what} could not be loaded
        </h2>
        <p class="failure-message">{problem instanceof Error ? problem.message : String(problem)}</p>
        <Button icon="refresh" onClick={ask}>
          Try again
        </Button>
      </div>
    );
  }
  return Object.assign(Lazy, { preload });
}
