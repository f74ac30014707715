/** Sentences that quote a run's own figures. What only a sound algorithm does is said of those alone: of the others, figures. */
import type { Values } from '../parameters.ts';
import { boundOf } from './theory.ts';

/** What a run amounted to. */
export interface Findings {
  algorithm: string;
  values: Values;
  metrics: Readonly<Record<'admitted' | 'refused' | 'peakInAnyWindow' | 'bytesPerKey' | 'meanDelay', number>>;
  /** The most requests that the limiter promises to pass on within a window, where it promises something. */
  promised: number | undefined;
  /** Whether it kept no more in memory than it may. */
  forgets: boolean;
}

/** @returns a few sentences, the most telling first */
export function takeawaysOf(findings: Findings): string[] {
  const { values, metrics, promised } = findings;
  const { admitted, refused, peakInAnyWindow: peak } = metrics;
  const count = `${admitted} of ${admitted + refused} requests get through.`;
  const most = `At the peak ${peak} were passed on within ${values.window} ms`;
  const tooMany = promised !== undefined && peak > promised;
  const sentences = tooMany
    ? [`${most}, where this limiter promises ${promised} at the most.`]
    : [`${most}.`, onPeak(findings), onDelay(findings)];
  return [count, ...sentences, onMemory(findings)].filter((sentence) => sentence !== undefined);
}

function onPeak({ algorithm, values, metrics: { peakInAnyWindow: peak } }: Findings): string | undefined {
  const { limit, window, rate, burst } = values;
  switch (algorithm) {
    case 'fixed-window':
    case 'sliding-log':
    case 'sliding-counter': {
      if (peak <= limit) return `No span of ${window} ms got more than the limit of ${limit}.`;
      const why =
        algorithm === 'fixed-window'
          ? 'it lay across the edge of two windows'
          : 'the counter knows how many came in the window before, not when';
      return `The limit is ${limit} in ${window} ms, and yet ${peak} got through within such a span: ${why}.`;
    }
    case 'token-bucket':
    case 'leaky-meter':
    case 'gcra':
      return `A burst of ${burst} and ${rate} a second allow up to ${boundOf(algorithm, values)} requests in ${window} ms.`;
    default:
      return undefined;
  }
}

function onDelay({ algorithm, values, metrics: { meanDelay } }: Findings): string | undefined {
  if (algorithm !== 'leaky-bucket') return undefined;
  return `The queue made the admitted requests wait ${Math.round(meanDelay)} ms on average; it passes on at most ${boundOf(algorithm, values)} in ${values.window} ms.`;
}

function onMemory({ metrics: { bytesPerKey }, forgets }: Findings): string {
  const remembers = `It remembers ${bytesPerKey} bytes for each client`;
  return forgets ? `${remembers}: a million clients take ${bytesPerKey} MB.` : `${remembers}, and goes on growing.`;
}
