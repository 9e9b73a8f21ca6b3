// Long because it is one loop for each comparison: each is compiled with its constants in registers.

// Which cells of a tile may still reach the leaderboard, four exits at a time, by comparisons that need no division or root. They let through
// a little too much, never too little: what they flag is scored exactly. `sums` are complete but along the last axis,
//
//   [block][candidate of the last axis][position][row of sums]
//
// which is summed here, from its strictest candidate down, without being stored. `weights` f64 by cell are NaN if a cell is not
// rankable, so that every comparison there is false. Flagged cells are listed at `flagged` (u32); the number of them is returned.

import {
  BALANCED_PAYOFF_ABOVE,
  BALANCED_PAYOFF_BELOW,
  BALANCED_PAYOFF_GOOD,
  BALANCED_PAYOFF_LEAST,
  BALANCED_PAYOFF_MOST,
  BALANCED_WINS_BELOW,
  BALANCED_WINS_LEAST,
} from "../src/core/abi";

/** Notes `cell` as flagged where any lane of `mask` is set; gives the new number of them. */
function note(flagged: usize, count: i32, cell: i32, mask: v128): i32 {
  store<u32>(flagged + ((count as usize) << 2), cell as u32);
  return count + (v128.any_true(mask) as i32);
}

/** Every rankable cell: for a leaderboard that is not yet full. */
export function flagAll(cells: i32, weights: usize, flagged: usize): i32 {
  let count = 0;
  for (let cell = 0; cell < cells; cell++) {
    const weight = load<f64>(weights + ((cell as usize) << 3));
    store<u32>(flagged + ((count as usize) << 2), cell as u32);
    count += (weight >= 0) as i32;
  }
  return count;
}

/** Where points >= constant + factor * weight. */
export function flagTotals(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  factor: f64,
  flagged: usize,
): i32 {
  const constants = f64x2.splat(constant);
  const factors = f64x2.splat(factor);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, v128.load(at));
        high = f64x2.add(high, v128.load(at, 16));
        const least = f64x2.add(constants, f64x2.mul(factors, v128.load64_splat(weights + ((cell as usize) << 3))));
        count = note(flagged, count, cell, v128.or(f64x2.ge(low, least), f64x2.ge(high, least)));
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/** Where points > 0 and points^2 * (constant + factor * weight) >= squares. */
export function flagRatios(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  factor: f64,
  flagged: usize,
): i32 {
  const zero = f64x2.splat(0);
  const constants = f64x2.splat(constant);
  const factors = f64x2.splat(factor);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = zero;
      let high = zero;
      let lowSquares = zero;
      let highSquares = zero;
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, v128.load(at));
        high = f64x2.add(high, v128.load(at, 16));
        lowSquares = f64x2.add(lowSquares, v128.load(at, 32));
        highSquares = f64x2.add(highSquares, v128.load(at, 48));
        const scale = f64x2.add(constants, f64x2.mul(factors, v128.load64_splat(weights + ((cell as usize) << 3))));
        const lowScaled = f64x2.mul(f64x2.mul(low, f64x2.pmax(zero, low)), scale);
        const highScaled = f64x2.mul(f64x2.mul(high, f64x2.pmax(zero, high)), scale);
        const mask = v128.or(f64x2.ge(lowScaled, lowSquares), f64x2.ge(highScaled, highSquares));
        count = note(flagged, count, cell, mask);
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/**
 * Where points >= 0, or points^2 * (constant + factor * weight) <= squares: for a leaderboard that still takes losing sets. Also where
 * squares are all but points^2 * weight, whose quotient the sums cannot tell.
 */
export function flagRatiosBelow(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  factor: f64,
  flagged: usize,
): i32 {
  const zero = f64x2.splat(0);
  const constants = f64x2.splat(constant);
  const factors = f64x2.splat(factor);
  const nearly = f64x2.splat(1.0 + 2e-6);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = zero;
      let high = zero;
      let lowSquares = zero;
      let highSquares = zero;
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, v128.load(at));
        high = f64x2.add(high, v128.load(at, 16));
        lowSquares = f64x2.add(lowSquares, v128.load(at, 32));
        highSquares = f64x2.add(highSquares, v128.load(at, 48));
        const weight = v128.load64_splat(weights + ((cell as usize) << 3));
        const scale = f64x2.add(constants, f64x2.mul(factors, weight));
        const lowLost = f64x2.mul(low, f64x2.pmin(zero, low));
        const highLost = f64x2.mul(high, f64x2.pmin(zero, high));
        const near = f64x2.mul(weight, nearly);
        const mask = v128.or(
          v128.or(f64x2.le(f64x2.mul(lowLost, scale), lowSquares), f64x2.le(f64x2.mul(highLost, scale), highSquares)),
          v128.or(f64x2.ge(f64x2.mul(lowLost, near), lowSquares), f64x2.ge(f64x2.mul(highLost, near), highSquares)),
        );
        count = note(flagged, count, cell, mask);
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/** Where points * weight >= constant. */
export function flagMeans(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  flagged: usize,
): i32 {
  const constants = f64x2.splat(constant);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, v128.load(at));
        high = f64x2.add(high, v128.load(at, 16));
        const weight = v128.load64_splat(weights + ((cell as usize) << 3));
        const mask = v128.or(f64x2.ge(f64x2.mul(low, weight), constants), f64x2.ge(f64x2.mul(high, weight), constants));
        count = note(flagged, count, cell, mask);
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/** Where gains + factor * losses >= constant + 0 * weight; losses are negative. */
export function flagFactors(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  factor: f64,
  flagged: usize,
): i32 {
  const zero = f64x2.splat(0);
  const constants = f64x2.splat(constant);
  const factors = f64x2.splat(factor);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = zero;
      let high = zero;
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, f64x2.add(v128.load(at), f64x2.mul(factors, v128.load(at, 32))));
        high = f64x2.add(high, f64x2.add(v128.load(at, 16), f64x2.mul(factors, v128.load(at, 48))));
        const least = f64x2.add(constants, f64x2.mul(zero, v128.load64_splat(weights + ((cell as usize) << 3))));
        count = note(flagged, count, cell, v128.or(f64x2.ge(low, least), f64x2.ge(high, least)));
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/**
 * Where the `balanced` points of a gaining set may reach `constant`, which has the capture term at its most taken off; weight = 1 / n.
 * What the mean leaves wanting (`factor` is 20 points a percent) only a payoff above 2 can give, 10 points for each, 20 at most, without a
 * division:
 *
 *   gains / wins / (losses / losers) >= 2 + wanting / 10  <=>  gains * loss rate >= (2 + wanting / 10) * win rate * losses
 */
export function flagBalanced(
  sums: usize,
  rowBytes: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  weights: usize,
  constant: f64,
  factor: f64,
  flagged: usize,
): i32 {
  const wanted = f64x2.splat(constant);
  const factors = f64x2.splat(factor);
  const step = (positions as usize) * rowBytes;
  let count = 0;
  for (let b = 0; b < blocks; b++)
    for (let i = 0; i < positions; i++) {
      let cell = ((b + 1) * length - 1) * positions + i;
      let at = sums + (cell as usize) * rowBytes;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      let lowGains = f64x2.splat(0);
      let highGains = f64x2.splat(0);
      let lowWins = f64x2.splat(0);
      let highWins = f64x2.splat(0);
      for (let c = length; c > 0; c--) {
        low = f64x2.add(low, v128.load(at));
        high = f64x2.add(high, v128.load(at, 16));
        lowGains = f64x2.add(lowGains, v128.load(at, 32));
        highGains = f64x2.add(highGains, v128.load(at, 48));
        lowWins = f64x2.add(lowWins, v128.load(at, 64));
        highWins = f64x2.add(highWins, v128.load(at, 80));
        const weight = v128.load64_splat(weights + ((cell as usize) << 3));
        const scale = f64x2.mul(factors, weight);
        const mask = v128.or(
          mayReach(f64x2.sub(wanted, f64x2.mul(low, scale)), low, lowGains, lowWins, weight),
          mayReach(f64x2.sub(wanted, f64x2.mul(high, scale)), high, highGains, highWins, weight),
        );
        count = note(flagged, count, cell, mask);
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/**
 * Whether the payoff may give the points that the mean leaves `wanting`, and those that a win rate below 0.3 takes; or, where the mean has
 * points to spare, takes no more than those. False if that is not a number.
 */
function mayReach(wanting: v128, points: v128, gains: v128, wins: v128, weight: v128): v128 {
  const zero = f64x2.splat(0);
  const winRate = f64x2.mul(wins, weight);
  const fewWins = f64x2.pmax(zero, f64x2.sub(f64x2.splat(BALANCED_WINS_LEAST), winRate));
  const needed = f64x2.add(wanting, f64x2.mul(f64x2.splat(BALANCED_WINS_BELOW), fewWins));
  const losses = f64x2.abs(f64x2.sub(gains, points));
  const lossRate = f64x2.sub(f64x2.splat(1), winRate);
  const spared = f64x2.mul(f64x2.splat(1.0 / (BALANCED_PAYOFF_BELOW as f64)), needed);
  const earned = f64x2.mul(f64x2.splat(1.0 / (BALANCED_PAYOFF_ABOVE as f64)), needed);
  const payoff = v128.bitselect(
    f64x2.add(f64x2.splat(BALANCED_PAYOFF_LEAST), spared),
    f64x2.add(f64x2.splat(BALANCED_PAYOFF_GOOD), earned),
    f64x2.le(needed, zero),
  );
  // A billionth to spare for rounding, and for losses that vanish in that of their difference.
  const given = f64x2.mul(gains, f64x2.add(lossRate, f64x2.splat(1e-9)));
  const isGiven = f64x2.ge(given, f64x2.mul(f64x2.mul(payoff, winRate), losses));
  return v128.and(f64x2.le(needed, f64x2.splat(BALANCED_PAYOFF_MOST)), isGiven);
}
