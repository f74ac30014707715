/**
 * Probes: what a health check takes for healthy. Add one of your own to `probes`, and it can be chosen.
 *
 * A server that answers is not always a server that works. A shallow probe misses one that is alive and
 * useless (a gray failure); a deep one may take every server out at once when something they share is slow.
 *
 * Source: P. Huang et al., "Gray failure: the Achilles' heel of cloud-scale systems", HotOS 2017.
 */
import { milliseconds, type Nanoseconds } from 'system-design-labs/engine';

/** What came of asking a server how it is. */
export interface ProbeResult {
  /** Whether it answered before the next probe was due. */
  answered: boolean;
  /** How long that took; the whole wait where it did not. */
  roundTrip: Nanoseconds;
}

/** Says whether a server is healthy. */
export type Probe = (result: ProbeResult) => boolean;

/** A healthy server takes this long to answer a probe; a slow one, a multiple. */
export const usualAnswerTime = milliseconds(1);

export const probes = {
  /** It answers: its process runs and the network reaches it. */
  answers: ({ answered }) => answered,
  /** It answers, and within three times what it usually takes: finds servers that are slow as well. */
  prompt: ({ answered, roundTrip }) => answered && roundTrip <= 3 * usualAnswerTime,
} satisfies Record<string, Probe>;

export type ProbeName = keyof typeof probes;
