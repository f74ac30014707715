/** Keeps the cursor in sight of a box that scrolls, without taking the box out of the learner's hands. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface Sight {
  /** The element that scrolls. */
  box: RefObject<HTMLElement | null>;
  /** The event at the cursor: a step to one that is drawn at the same place is a move too. */
  cursor: number;
  /** Where in the box the cursor stands, in pixels from the top of what it holds. */
  at: number;
  /** Room that the cursor has above and below it when it is in sight. */
  above: number;
  below: number;
  /** It moves by itself: whoever scrolls away then wants to look elsewhere. */
  playing: boolean;
}

/**
 * Scrolls to the cursor whenever it has moved: always where it was put somewhere; while it is played only as long as the
 * learner has not scrolled away from it. A render that changes nothing about the cursor scrolls nothing.
 * @returns to be called when the box was scrolled
 */
export function useKeepInSight({ box, cursor, at, above, below, playing }: Sight): () => void {
  const following = useRef(true);
  const scrolledTo = useRef(-1);
  const isInSight = ({ scrollTop, clientHeight }: HTMLElement): boolean =>
    at >= scrollTop + above && at + below <= scrollTop + clientHeight;
  useEffect(() => {
    following.current = true;
  }, [playing]);
  // After the page was brought up to date: before that, what holds the new place may not be that high yet.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || isInSight(element) || (playing && !following.current)) return;
    element.scrollTop = Math.max(0, at - element.clientHeight / 2);
    scrolledTo.current = element.scrollTop;
  }, [cursor, at]);
  return () => {
    const element = box.current;
    if (element && Math.abs(element.scrollTop - scrolledTo.current) > 1) following.current = isInSight(element);
  };
}
