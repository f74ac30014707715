/** Sentences that quote a run's own figures. */
import type { Values } from '../parameters.ts';
import { boundOf } from './theory.ts';

/** What a learner should take along. */
export function takeawaysOf(algorithm: string, values: Values, metrics: Readonly<Record<string, number>>): string[] {
  const { limit, window, rate, burst } = values;
  const { admitted, refused, peakInAnyWindow: peak, bytesPerKey, meanDelay } = metrics as Record<string, number>;
  const windowed = ['fixed-window', 'sliding-log', 'sliding-counter', 'broken-never-cleaned'].includes(algorithm);
  const allowed = windowed ? limit : burst + Math.floor((rate * window) / 1000);
  const said = [
    `${admitted} of ${admitted! + refused!} requests were admitted; at the peak ${peak} were passed on within ${window} ms.`,
  ];
  if (windowed && peak! > limit) {
    said.push(
      `The limit is ${limit} in ${window} ms, and yet ${peak} got through within such a span: it lay across the edge of two windows.`,
    );
  }
  if (windowed && peak! <= limit) said.push(`No span of ${window} ms got more than the limit of ${limit}.`);
  if (!windowed && algorithm !== 'leaky-bucket') {
    said.push(
      `A burst of ${burst} and ${rate} a second allow ${allowed} requests in ${window} ms: the burst is there on purpose.`,
    );
  }
  if (algorithm === 'leaky-bucket') {
    said.push(
      `The queue made the admitted requests wait ${Math.round(meanDelay!)} ms on average, and passed on at most ${boundOf(algorithm, values)} in ${window} ms.`,
    );
  }
  said.push(`It remembers ${bytesPerKey} bytes for each client: a million clients take ${bytesPerKey} MB.`);
  return said;
}
