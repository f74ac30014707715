/**
 * Fetches a run's trace from the host: one window after the other while the run grows, every frame
 * acknowledged as soon as it is taken in, so that the host can keep two in flight and no more. What follows in a run
 * that goes on is asked for ahead: the host answers when there is something, without having to be asked. For a stretch
 * in the middle of a run it first asks how things stand there.
 */
import type { FrameMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';
import type { TraceStore } from './trace-store.ts';

/** Events asked for at once: some 640 KB, ten frames. */
const windowSize = 16_384;

interface Feed {
  store: TraceStore;
  /** How many events the host has. */
  available: number;
  /** Whether there will be more. */
  live: boolean;
  /** How many events the store is to hold, those restated apart. */
  most: number;
  /** Whether the host has yet to be asked what happened before the stretch. */
  toRestate: boolean;
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

  /**
   * Fills `store` with the events of a run.
   * @param available how many the host has kept so far
   * @param most how many events to hold
   * @param live whether the run goes on
   */
  follow(run: string, store: TraceStore, available: number, most: number, live: boolean): void {
    let feed = this.#feeds.get(run);
    if (feed?.store !== store) {
      feed = { store, available: 0, live, most, toRestate: store.first > 0 && store.length === 0 };
      this.#feeds.set(run, feed);
    }
    feed.available = Math.max(feed.available, available);
    feed.most = most;
    feed.live = live;
    this.#ask(run, feed);
  }

  /** Stops asking for a run; frames on their way are acknowledged and dropped. */
  forget(run: string): void {
    this.#feeds.delete(run);
  }

  /** Whether all that the host has of a run, and the store is to hold, is here. */
  isComplete(run: string): boolean {
    const feed = this.#feeds.get(run);
    return feed !== undefined && feed.store.next >= wantedEnd(feed);
  }

  /** Whether the host has events of a run that follow those in its store. */
  hasMore(run: string): boolean {
    const feed = this.#feeds.get(run);
    return feed !== undefined && feed.store.next < feed.available;
  }

  receive(frame: FrameMessage): void {
    const feed = this.#feeds.get(frame.run);
    try {
      if (feed && feed.pending === frame.request) {
        if (frame.length > 0 || frame.restated) feed.store.append(frame);
        if (frame.last) delete feed.pending;
      }
    } catch (error) {
      // What came before it stays; of what would follow, nothing is waited for.
      if (feed) this.#giveUp(feed);
      throw error;
    } finally {
      this.#post({ type: 'acknowledge', frame: frame.frame });
    }
    if (!feed || feed.pending !== undefined) return;
    // An empty answer means that the host has no more: asking again would go round in circles.
    if (frame.length === 0 && !frame.restated) {
      feed.available = feed.store.next;
      feed.live = false;
    }
    this.#ask(frame.run, feed);
  }

  /** The host would not answer a request. @returns whether it was one of ours */
  refused(request: number): boolean {
    for (const feed of this.#feeds.values()) {
      if (feed.pending !== request) continue;
      this.#giveUp(feed);
      return true;
    }
    return false;
  }

  #giveUp(feed: Feed): void {
    delete feed.pending;
    feed.available = feed.store.next;
    feed.live = false;
  }

  #ask(run: string, feed: Feed): void {
    if (feed.pending !== undefined) return;
    const from = feed.store.next;
    const end = feed.live ? feed.store.first + feed.most : wantedEnd(feed);
    const to = Math.min(end, from + windowSize);
    if (to <= from) return;
    const request = ++this.#requests;
    feed.pending = request;
    if (feed.toRestate) {
      feed.toRestate = false;
      this.#post({ type: 'restate', request, run, before: from });
    } else this.#post({ type: 'window', request, run, from, to });
  }
}

/** Index in the run of the event after the last one that is to be held. */
function wantedEnd({ store, available, most }: Feed): number {
  return Math.min(available, store.first + most);
}
