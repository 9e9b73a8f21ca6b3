// Only sums, products, square roots, Math.exp and Math.log: these give the same bits on every version of Node, Math.pow and `**` do not.

/** Probability that a standard normal exceeds 0.674... is a quarter: up to there the distribution is a series around one half. */
const quartile = 0.67448975;
/** Beyond it the continued fraction of the tail takes over: the square root of 32. */
const farTail = 5.656854249492381;
const densityAtZero = 0.3989422804014327;

/**
 * Numerator and denominator of each range, highest power first: Cody's tables, as Algorithm 715 has
 * them for the normal distribution, rounded to doubles.
 */
const nearCentre = [
  [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
  [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
] as const;
const nearTail = [
  [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.429676859992,
  ],
] as const;
const inFarTail = [
  [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5],
] as const;

/**
 * Probability that a standard normal is at most x. Rational approximations of W. J. Cody ("Rational Chebyshev approximations for the error
 * function", Math. Comp. 23, 1969; Algorithm 715, ACM TOMS 19, 1993). The relative error is below 1e-15, also in the lower tail, down to
 * where doubles lose digits (x = -37.5); from x = 8.3 on the result is 1.
 */
export function normalProbability(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const y = Math.abs(x);
  if (y <= quartile) return 0.5 + x * ratio(nearCentre, x * x);
  const tail = y <= farTail ? ratio(nearTail, y) : (densityAtZero - ratio(inFarTail, 1 / (y * y)) / (y * y)) / y;
  const beyond = y > 40 ? 0 : gaussian(y) * tail;
  return x < 0 ? beyond : 1 - beyond;
}

/** exp(-y^2/2): the square is split into a part that is exact and a small rest, or its rounding would be the result's error. */
function gaussian(y: number): number {
  const coarse = Math.floor(y * 16) / 16;
  return Math.exp(-coarse * coarse * 0.5) * Math.exp(-(y - coarse) * (y + coarse) * 0.5);
}

/** Around one half, in the tails, and far out in them: the tables of PPND16. */
const quantileCentre = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
] as const;
const quantileTail = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
] as const;
const quantileFar = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
] as const;

/**
 * The standard normal quantile of a probability above 0 and below 1: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal
 * distribution", Applied Statistics 37, 1988 (PPND16). The relative error is below 1e-15; -Infinity and Infinity at 0 and 1.
 */
export function normalQuantile(probability: number): number {
  const fromMiddle = probability - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) return fromMiddle * ratio(quantileCentre, 0.180625 - fromMiddle * fromMiddle);
  const tail = fromMiddle < 0 ? probability : 1 - probability;
  if (tail === 0) return fromMiddle < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const depth = Math.sqrt(-Math.log(tail));
  const distance = depth <= 5 ? ratio(quantileTail, depth - 1.6) : ratio(quantileFar, depth - 5);
  return fromMiddle < 0 ? -distance : distance;
}

/** Quotient of two polynomials, coefficients by falling power. */
function ratio([numerator, denominator]: readonly [readonly number[], readonly number[]], x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
