/*
 * Powers by + - * / alone, so that they have the same bits on every engine and processor: an engine's own exponential may differ in its last bit. Both
 * are within 5e-16 of the true value, relative, and a power within 5e-16 of the size of its exponent times the logarithm of its base.
 */

/** ln 2 in two parts: the first has its last 20 bits empty, so that small whole multiples of it are exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
const exponentBits = 0x7ff;
const bias = 1023;

/** Natural logarithm of a normal number above 0. */
export function logarithm(x: number): number {
  number[0] = x;
  let exponent = ((words[1]! >>> 20) & exponentBits) - bias;
  words[1] = (words[1]! & 0xfffff) | (bias << 20);
  let mantissa = number[0]!;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose series falls by a factor of 34 a term.
  const f = (mantissa - 1) / (mantissa + 1);
  const square = f * f;
  let series = 0;
  for (let k = 12; k >= 0; k--) series = series * square + 1 / (2 * k + 1);
  return exponent * ln2High + (exponent * ln2Low + 2 * f * series);
}

/** Beyond these an exponential is no normal number. */
const largestExponent = 709;
const smallestExponent = -708;

/** e to the power of x; held at what is still a normal number. */
export function exponential(x: number): number {
  const held = Math.min(largestExponent, Math.max(smallestExponent, x));
  const halvings = Math.round(held / (ln2High + ln2Low));
  const rest = held - halvings * ln2High - halvings * ln2Low;
  let series = 1;
  for (let k = 18; k >= 1; k--) series = 1 + (series * rest) / k;
  number[0] = 1;
  words[1] = (halvings + bias) << 20;
  return number[0]! * series;
}

/** A number above 0 to any power. */
export function power(base: number, exponent: number): number {
  return exponential(exponent * logarithm(base));
}
