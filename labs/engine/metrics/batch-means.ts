/**
 * Batch means: an honest interval around the mean of values that resemble their neighbours.
 *
 * A request that waits long is followed by others that wait long. Intervals that take such values as
 * independent are far too narrow: for M/M/1 at ρ = 0.9 they miss the truth in nine runs of ten. Means over
 * long stretches hardly know of each other, so Student's t may be applied to those.
 *
 * The length of the run need not be known: values go into at most `cells` equal cells, and whenever all are
 * full, each two neighbours become one. The interval is taken over `batches` groups of cells. What plain
 * batch means still lack is put right as Skart does it: the mean over a long queue is skewed to the right,
 * which bends the interval, and what likeness is left between neighbouring batches widens it.
 *
 * Cost: O(1) a value, 4 KB.
 * Sources: R. W. Conway, "Some tactical problems in digital simulation", Management Science 10(1), 1963;
 * A. Tafazzoli, J. R. Wilson, E. K. Lada, N. M. Steiger, "Performance of Skart", INFORMS Journal on
 * Computing 23(2), 2011; R. Willink, "A confidence interval and test for the mean of an asymmetric
 * distribution", Communications in Statistics 34(4), 2005.
 */
import { studentQuantile, type Interval } from './interval.ts';

/** Few and long: more batches know more of each other and cover the truth less often. */
const batches = 16;
const cells = 512;

export class BatchMeans {
  /** Sums of full cells. */
  readonly #sums = new Float64Array(cells);
  #full = 0;
  /** Values per cell; a power of two. */
  #cellSize = 1;
  /** The cell that is being filled. */
  #sum = 0;
  #filled = 0;
  /** Everything in full cells. */
  #total = 0;

  /** Takes in the next value, in the order in which they arose. */
  record(value: number): void {
    this.#sum += value;
    if (++this.#filled < this.#cellSize) return;
    this.#sums[this.#full++] = this.#sum;
    this.#total += this.#sum;
    this.#sum = 0;
    this.#filled = 0;
    if (this.#full === cells) this.#mergeNeighbours();
  }

  /** How many values there were. */
  get count(): number {
    return this.#full * this.#cellSize + this.#filled;
  }

  /** The mean of all values; NaN where there is none. */
  get mean(): number {
    return (this.#total + this.#sum) / this.count;
  }

  /** Standard error of the mean as the batches show it; NaN with fewer than 16 values. */
  get standardError(): number {
    const perBatch = Math.floor(this.#full / batches);
    return perBatch === 0 ? NaN : shapeOf(this.#batchMeans(perBatch)).standardError;
  }

  /**
   * The mean with the interval that covers the truth with probability `level`, once the run is long
   * beside the time over which its values resemble each other.
   * @returns low and high are NaN with fewer than 16 values
   */
  interval(level: number): Interval {
    const { mean } = this;
    const perBatch = Math.floor(this.#full / batches);
    if (perBatch === 0) return { mean, low: NaN, high: NaN, level, count: 0 };
    const { standardError, skewness } = shapeOf(this.#batchMeans(perBatch));
    const reach = studentQuantile(level, batches - 1);
    const bend = skewness / (6 * Math.sqrt(batches));
    return {
      mean,
      low: mean - bent(reach, bend) * standardError,
      high: mean - bent(-reach, bend) * standardError,
      level,
      count: batches,
    };
  }

  /** Means of the newest batches: the cells left over are the oldest, furthest from the steady state. */
  #batchMeans(perBatch: number): number[] {
    const first = this.#full - perBatch * batches;
    return Array.from({ length: batches }, (_, batch) => {
      let sum = 0;
      for (let cell = 0; cell < perBatch; cell++) sum += this.#sums[first + batch * perBatch + cell]!;
      return sum / (perBatch * this.#cellSize);
    });
  }

  #mergeNeighbours(): void {
    for (let cell = 0; cell < cells; cell += 2) this.#sums[cell / 2] = this.#sums[cell]! + this.#sums[cell + 1]!;
    this.#full = cells / 2;
    this.#cellSize *= 2;
  }
}

/** What the batch means look like: how far they scatter, to which side, and how alike neighbours are. */
function shapeOf(means: readonly number[]): { standardError: number; skewness: number } {
  const count = means.length;
  const centre = means.reduce((sum, mean) => sum + mean, 0) / count;
  let squares = 0;
  let cubes = 0;
  let neighbours = 0;
  means.forEach((mean, index) => {
    squares += (mean - centre) ** 2;
    cubes += (mean - centre) ** 3;
    if (index > 0) neighbours += (mean - centre) * (means[index - 1]! - centre);
  });
  if (squares === 0) return { standardError: 0, skewness: 0 };
  const variance = squares / (count - 1);
  const correlation = Math.max(0, neighbours / squares);
  return {
    standardError: Math.sqrt((variance / count) * ((1 + correlation) / (1 - correlation))),
    skewness: ((cubes / count) * count ** 2) / ((count - 1) * (count - 2)) / variance ** 1.5,
  };
}

/** Willink's transformation of a t value for a skewed mean; the value itself where nothing is skewed. */
function bent(reach: number, bend: number): number {
  if (Math.abs(bend) < 1e-6) return reach;
  return (Math.cbrt(1 + 6 * bend * (reach - bend)) - 1) / (2 * bend);
}
