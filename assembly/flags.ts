// Which cells of a tile may still reach the leaderboard, four exits at a time, by comparisons that need no division or root. They let through
// a little too much, never too little: what they flag is scored exactly. `sums` are complete but along the last axis,
//
//   [block][candidate of the last axis][position][row of sums]
//
// which is summed here, from its strictest candidate down, without being stored. `weights` f64 by cell are NaN where a cell is not
// rankable, so that every comparison there is false. Flagged cells are listed at `flagged` (u32); the number of them is returned.

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
 * Where the `balanced` points of a gaining set, capture term at its most (`constant` holds wanted points less that), may be reached.
 * weight = 1 / n. The payoff term costs a division and is looked at only where its 20 points would do.
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
  const step = (positions as usize) * rowBytes;
  // 20 * mean + 20 >= wanted, as a multiple of the sum; `factor` is 20.
  const factors = f64x2.splat(factor);
  const least = f64x2.splat(constant - 20.0);
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
        const near = v128.or(f64x2.ge(f64x2.mul(low, scale), least), f64x2.ge(f64x2.mul(high, scale), least));
        if (v128.any_true(near)) {
          const mask = v128.or(
            f64x2.ge(balancedBound(low, lowGains, lowWins, weight), wanted),
            f64x2.ge(balancedBound(high, highGains, highWins, weight), wanted),
          );
          count = note(flagged, count, cell, mask);
        }
        cell -= positions;
        at -= step;
      }
    }
  return count;
}

/** The `balanced` points of a gaining set without its capture and drawdown terms, a billionth more at most. */
function balancedBound(points: v128, gains: v128, wins: v128, weight: v128): v128 {
  const mean = f64x2.mul(points, weight);
  const winRate = f64x2.mul(wins, weight);
  // payoff = (gains / wins) / ((gains - points) / (n - wins)), divisors once; without a loss or a win it counts as it should: 999 or 0.
  const lossRate = f64x2.sub(f64x2.splat(1), winRate);
  const losses = f64x2.abs(f64x2.sub(gains, points));
  const payoff = f64x2.div(f64x2.mul(gains, lossRate), f64x2.mul(winRate, losses));
  const isWorse = f64x2.lt(payoff, f64x2.splat(1.5));
  let score = f64x2.pmin(f64x2.mul(mean, f64x2.splat(20)), f64x2.splat(100));
  // A payoff that is not a number has no losses: comparisons below are then false, which gives it the whole bonus.
  const bonus = f64x2.pmin(f64x2.splat(20), f64x2.mul(f64x2.splat(10), f64x2.sub(payoff, f64x2.splat(2))));
  score = f64x2.add(score, f64x2.pmax(f64x2.splat(0), bonus));
  score = f64x2.add(score, v128.and(isWorse, f64x2.mul(f64x2.splat(20), f64x2.sub(payoff, f64x2.splat(1.5)))));
  score = f64x2.add(
    score,
    f64x2.mul(f64x2.splat(50), f64x2.pmin(f64x2.splat(0), f64x2.sub(winRate, f64x2.splat(0.3)))),
  );
  // Where rounding decides, the higher of the two: see `isOnlyBound`.
  const isCertain = f64x2.lt(payoff, f64x2.splat(1.5 - 2e-9));
  return f64x2.add(score, v128.and(v128.and(isCertain, f64x2.ge(winRate, f64x2.splat(0.6 + 1e-9))), f64x2.splat(-10)));
}
