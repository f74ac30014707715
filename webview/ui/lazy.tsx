/** A component that is loaded when it is first rendered; until then there is nothing in its place. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** @param load gives the component; asked once, whoever renders it */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, setLoaded] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      loading ??= load();
      void loading.then((component) => {
        loaded = component;
        if (!gone) setLoaded(true);
      });
      return () => {
        gone = true;
      };
    }, []);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : null;
  };
}
