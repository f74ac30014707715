/** Slows a signal down for parts of the page that people read: figures that flicker cannot be read. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The signal's value, brought up to date at most every `milliseconds`; the last value always arrives. */
export function useCalm<Value>(source: ReadonlySignal<Value>, milliseconds: number): Value {
  const calm = useSignal(source.peek());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -Infinity;
    const show = (): void => {
      timer = undefined;
      shownAt = performance.now();
      calm.value = source.peek();
    };
    const forget = source.subscribe(() => {
      const wait = shownAt + milliseconds - performance.now();
      if (wait <= 0 && timer === undefined) show();
      else timer ??= setTimeout(show, wait);
    });
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, []);
  return calm.value;
}
