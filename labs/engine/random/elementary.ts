/**
 * Natural logarithm, exponential, sine and cosine whose every bit is fixed by IEEE 754 arithmetic.
 * ECMAScript leaves `Math.log` and the like to the implementation, so a run that used them could differ
 * between two machines.
 *
 * Algorithms and coefficients: FDLIBM 5.3 (Sun Microsystems, 1993): argument reduction to a small
 * interval, a minimax polynomial there, the result put together again. Error below 1 ulp.
 */

const ln2High = 6.9314718036912381649e-1; // the upper 33 bits of ln 2, so that k · ln2High is exact
const ln2Low = 1.90821492927058770002e-10;

const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer); // little-endian: [1] holds sign, exponent and the leading digits

/** The natural logarithm. NaN below 0, −∞ at 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  if (x < 2 ** -1022) {
    exponent = -54;
    x *= 2 ** 54; // a subnormal number has no exponent of its own
  }
  // x = 2^exponent · (1 + f) with √½ ≤ 1 + f < √2
  number[0] = x;
  const high = halves[1]! + (0x3ff00000 - 0x3fe6a09e);
  exponent += (high >>> 20) - 1023;
  halves[1] = (high & 0xfffff) + 0x3fe6a09e;
  const f = number[0]! - 1;
  // ln(1 + f) = 2s + ⅔s³ + …  with s = f / (2 + f)
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return s * (half + odd + even) + exponent * ln2Low - half + f + exponent * ln2High;
}

/** e to the power of x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  // x = k · ln 2 + r with |r| ≤ ½ ln 2
  const k = Math.floor(x * 1.442695040888963387 + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const rr = r * r;
  const c =
    r -
    rr *
      (1.66666666666666019037e-1 +
        rr *
          (-2.77777777770155933842e-3 +
            rr * (6.61375632143793436117e-5 + rr * (-1.6533902205465251539e-6 + rr * 4.13813679705723846039e-8))));
  const y = 1 + ((r * c) / (2 - c) - low + high);
  // Powers of two are exact; in two steps because 2^k alone may not be a number.
  const step = k >> 1;
  return y * powerOfTwo(step) * powerOfTwo(k - step);
}

function powerOfTwo(exponent: number): number {
  halves[0] = 0;
  halves[1] = (exponent + 1023) << 20;
  return number[0]!;
}

/** Beyond this the reduction by π/2 would lose digits. */
const largestAngle = 2 ** 20;

/** Sine of x radians. @throws RangeError for an angle beyond ±2²⁰ */
export function sin(x: number): number {
  const quadrant = reduce(x);
  const value = quadrant & 1 ? cosine(remainder, correction) : sine(remainder, correction);
  return quadrant & 2 ? -value : value;
}

/** Cosine of x radians. @throws RangeError for an angle beyond ±2²⁰ */
export function cos(x: number): number {
  const quadrant = reduce(x);
  const value = quadrant & 1 ? sine(remainder, correction) : cosine(remainder, correction);
  return (quadrant + 1) & 2 ? -value : value;
}

let remainder = 0;
let correction = 0;

/**
 * Leaves x − n · π/2 in `remainder` (within ±π/4) and its rounding error in `correction`.
 * @returns n modulo 4
 */
function reduce(x: number): number {
  if (!(Math.abs(x) <= largestAngle)) throw new RangeError(`an angle must lie within ±2²⁰, not ${x}`);
  const n = Math.floor(x * 6.36619772367581382433e-1 + 0.5);
  // π/2 in pieces of 33 bits, so that n times a piece is exact: x − n·first − n·second − n·tail.
  const first = x - n * 1.57079632673412561417;
  const afterSecond = first - n * 6.0771005063039659766e-11;
  const tail = n * 2.02226624879595063154e-21 - (first - afterSecond - n * 6.0771005063039659766e-11);
  remainder = afterSecond - tail;
  correction = afterSecond - remainder - tail;
  return n & 3;
}

/** sin(x + y) for |x| ≤ π/4 and a tiny y. */
function sine(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1);
}

/** cos(x + y) for |x| ≤ π/4 and a tiny y. */
function cosine(x: number, y: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * y));
}
