/** Slows a signal down: for figures that people read, because those that flicker cannot be read, and for work that takes long. */
import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { usePlayground } from '../state/context.ts';

/** The signal, brought up to date at most every `milliseconds`; the last value always arrives. */
export function useCalmSignal<Value>(source: ReadonlySignal<Value>, milliseconds: number): ReadonlySignal<Value> {
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
  return calm;
}

/** The signal's value, brought up to date at most every `milliseconds`. */
export function useCalm<Value>(source: ReadonlySignal<Value>, milliseconds: number): Value {
  return useCalmSignal(source, milliseconds).value;
}

/**
 * Changes when events have arrived, of the run or of the one it is compared with, a few times a second: for what is folded from a whole trace, which would take too long
 * to be done for every frame of a run that streams in.
 */
export function useArrivals(): ReadonlySignal<string> {
  const { trace, comparedTrace } = usePlayground();
  const revision = useComputed(() => `${trace.value.revision.value} ${comparedTrace.value?.revision.value ?? ''}`);
  return useCalmSignal(revision, 300);
}
