/**
 * Latencies as a distribution, kept to three digits in 350 KB however many there are (HdrHistogram).
 *
 * Coordinated omission: a client that waits for each answer before it asks again sends nothing while the
 * server hangs, and so records one bad latency where a steady stream of users would have met hundreds.
 * `recordCorrected` adds those that were never asked: for an answer that took longer than the interval at
 * which requests were meant to be sent, those that would have waited one interval less, two less, and so on.
 * Open-loop runs of the simulator ask on time whatever happens and need no correction.
 *
 * Cost: 50 ns a value.
 * Source: G. Tene, "How NOT to measure latency", Strange Loop 2015, and his HdrHistogram.
 */
import type { CountedValue } from './bins.ts';
// The package's own door would bring its encodings and a WebAssembly module, 310 KB, into every lab bundle.
import histogramModule from 'hdr-histogram-js/dist/Float64Histogram.js';

// CommonJS: under Node its exports arrive as the default one, whatever its types say.
const { default: Float64Histogram } =
  histogramModule as unknown as typeof import('hdr-histogram-js/dist/Float64Histogram.js');

const digits = 3;

export class LatencyHistogram {
  readonly #histogram = new Float64Histogram(1, Number.MAX_SAFE_INTEGER, digits);

  /** Takes in one latency. @param latency a whole number from 0 to 2⁵³ − 1, in any unit: nanoseconds in a run */
  record(latency: number): void {
    this.#histogram.recordValue(latency);
  }

  /**
   * Takes in one latency of a client that waits for its answers, and with it those that were never asked.
   * @param expectedInterval how far apart requests were meant to be sent
   * @throws RangeError when it is not positive
   */
  recordCorrected(latency: number, expectedInterval: number): void {
    if (!(expectedInterval > 0)) throw new RangeError(`expectedInterval must be positive, not ${expectedInterval}`);
    this.#histogram.recordValueWithExpectedInterval(latency, expectedInterval);
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** Within a thousandth, as every figure here; NaN where nothing was recorded. */
  get mean(): number {
    return this.count === 0 ? NaN : this.#histogram.mean;
  }

  /** The latencies and how often each was recorded, every one within a thousandth. */
  *values(): Generator<CountedValue> {
    const iterator = this.#histogram.recordedValuesIterator;
    iterator.reset();
    while (iterator.hasNext()) {
      const { valueIteratedTo, countAtValueIteratedTo } = iterator.next();
      yield [valueIteratedTo, countAtValueIteratedTo];
    }
  }

  get max(): number {
    return this.count === 0 ? NaN : this.#histogram.maxValue;
  }

  /**
   * The latency that a share of all operations did not exceed; NaN where nothing was recorded.
   * @param percentile 0 … 100
   */
  percentile(percentile: number): number {
    // The histogram gives the upper end of a cell, which may lie above all that was recorded.
    return this.count === 0 ? NaN : Math.min(this.#histogram.getValueAtPercentile(percentile), this.max);
  }
}
