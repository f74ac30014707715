/**
 * Fetches a run's trace from the host: one window after the other while the run grows, every frame
 * acknowledged as soon as it is taken in, so that the host can keep two in flight and no more.
 */
import type { FrameMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';
import { maxEventsHeld, type TraceStore } from './trace-store.ts';

/** Events asked for at once: some 640 KB, ten frames. */
const windowSize = 16_384;

interface Feed {
  store: TraceStore;
  /** How many events the host has. */
  available: number;
  /** Number of the request that is under way. */
  pending?: number;
}

export class TraceFeed {
  readonly #post: (message: PanelMessage) => void;
  readonly #feeds = new Map<string, Feed>();
  #requests = 0;

  constructor(post: (message: PanelMessage) => void) {
    this.#post = post;
  }

  /** Fills `store` with the events of a run. @param available how many the host has kept so far */
  follow(run: string, store: TraceStore, available: number): void {
    const feed = this.#feeds.get(run) ?? { store, available: 0 };
    this.#feeds.set(run, feed);
    feed.available = Math.max(feed.available, available);
    this.#ask(run, feed);
  }

  /** Stops asking for a run; frames on their way are acknowledged and dropped. */
  forget(run: string): void {
    this.#feeds.delete(run);
  }

  /** Whether all that the host has of a run, and a panel may hold, is here. */
  isComplete(run: string): boolean {
    const feed = this.#feeds.get(run);
    return feed !== undefined && feed.store.length >= Math.min(feed.available, maxEventsHeld);
  }

  receive(frame: FrameMessage): void {
    const feed = this.#feeds.get(frame.run);
    try {
      if (feed && feed.pending === frame.request) {
        if (frame.length > 0) feed.store.append(frame);
        if (frame.last) delete feed.pending;
      }
    } finally {
      this.#post({ type: 'acknowledge', frame: frame.frame });
    }
    if (!feed || feed.pending !== undefined) return;
    // An empty answer means that the host has no more: asking again would go round in circles.
    if (frame.length === 0) feed.available = feed.store.length;
    this.#ask(frame.run, feed);
  }

  /** The host would not answer a request. @returns whether it was one of ours */
  refused(request: number): boolean {
    for (const feed of this.#feeds.values()) {
      if (feed.pending !== request) continue;
      delete feed.pending;
      feed.available = feed.store.length;
      return true;
    }
    return false;
  }

  #ask(run: string, feed: Feed): void {
    if (feed.pending !== undefined) return;
    const from = feed.store.length;
    const to = Math.min(feed.available, maxEventsHeld, from + windowSize);
    if (to <= from) return;
    feed.pending = ++this.#requests;
    // A quarter of the events in pixels: every event as it is, none aggregated.
    this.#post({ type: 'window', request: feed.pending, run, from, to, pixels: Math.ceil((to - from) / 4) });
  }
}
