import {
  BALANCED,
  BALANCED_CAPTURE,
  BALANCED_POINTS,
  BALANCED_WINS_MANY_TAKE,
  CALMAR,
  CAPTURE,
  EVIDENCE,
  EXPECTANCY,
  LOSS_IS_ROUNDING,
  NO_LOSS,
  PROFIT_FACTOR,
  SORTINO,
  SQN,
  TOTAL,
  VARIANCE_IS_ROUNDING,
  VARIANCE_SHARE_A_TRADE,
  VARIANCE_SHARE_IS_ROUNDING,
} from "../src/core/abi";
import { losingScore, pointsOf, takesForWins } from "./scores";

// Many sets over one half of some blocks of time, two sets at a time: how good each is there, which is best, and where another stands among all.
// A row holds the sums of every set over one block or several, column after column of f64[sets, rounded up to an even number]:
//
//   trades | points or gains | squares, squares of losing trades, or losses | objective trades | points | wins
//
// The last three stand only where the objective reads them. What a set is in place of an odd one's neighbour is all zeros.

/** target = a + b, rows of `bytes`; a multiple of 16. */
export function addRows(target: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(target + at, f64x2.add(v128.load(a + at), v128.load(b + at)));
}

/**
 * Rates every set by an objective, its drawdown term left out, over the sum of the rows at `rows` (u32[count]), added in that order. Written by set:
 * `first` and, of the objectives with a cap and of BALANCED, `second`, which orders where `first` is equal (points or gains at the cap; the score, `first`
 * being 1 for those that gain); `ranked`, `first` again, -Infinity for a set that cannot win: with fewer than `minCount` trades, or all of them at
 * nothing. A ratio without a loss reaches its cap only with `minCount` trades, else it is 0. Past an odd last set `first` is NaN, and `ranked` -Infinity.
 */
export function rateHalf(
  objective: i32,
  rows: usize,
  count: i32,
  sets: i32,
  objectiveTotal: f64,
  minCount: f64,
  first: usize,
  second: usize,
  ranked: usize,
): void {
  const zero = f64x2.splat(0);
  const column = (((sets + 1) & ~1) as usize) << 3;
  const least = f64x2.splat(minCount);
  for (let at: usize = 0; at < column; at += 16) {
    const n = sumAt(rows, count, at);
    const a = sumAt(rows, count, at + column);
    const b = sumAt(rows, count, at + 2 * column);
    const traded = f64x2.ne(n, zero);
    const isRanked = v128.and(f64x2.ge(n, least), v128.or(f64x2.ne(a, zero), f64x2.ne(b, zero)));
    let value = a;
    if (objective == EVIDENCE) value = v128.and(f64x2.div(a, f64x2.sqrt(n)), traded);
    else if (objective == EXPECTANCY) value = v128.and(f64x2.div(a, n), traded);
    else if (objective == SQN) value = sqnOf(n, a, b);
    else if (objective == CAPTURE) {
      const captured = shareOf(sumAt(rows, count, at + 3 * column), objectiveTotal);
      value = v128.and(f64x2.mul(captured, f64x2.div(a, n)), traded);
    } else if (objective == SORTINO || objective == PROFIT_FACTOR) {
      const ratio =
        objective == SORTINO
          ? v128.and(ratioOf(f64x2.div(a, n), f64x2.sqrt(f64x2.div(b, n))), traded)
          : ratioOf(a, f64x2.neg(b));
      const isCapped = f64x2.eq(ratio, f64x2.splat(NO_LOSS));
      const isFew = f64x2.lt(n, least);
      value = v128.andnot(ratio, v128.and(isCapped, isFew));
      v128.store(second + at, v128.and(a, v128.andnot(isCapped, isFew)));
    } else if (objective == BALANCED) {
      const captured = shareOf(sumAt(rows, count, at + 3 * column), objectiveTotal);
      const points = sumAt(rows, count, at + 4 * column);
      const wins = sumAt(rows, count, at + 5 * column);
      const isSomething = v128.or(f64x2.ne(a, zero), f64x2.ne(b, zero));
      value = v128.and(f64x2.splat(1), v128.and(f64x2.gt(f64x2.div(points, n), zero), isSomething));
      const scores = v128.and(isSomething, balancedOf(n, a, b, captured, points, wins));
      v128.store(second + at, scores);
    } else if (objective != TOTAL && objective != CALMAR) unreachable();
    v128.store(first + at, value);
    v128.store(ranked + at, v128.bitselect(value, f64x2.splat(-Infinity), isRanked));
  }
  if ((sets & 1) != 0) store<f64>(first + ((sets as usize) << 3), NaN);
}

/** Two sets' sums over rows, added in order. */
function sumAt(rows: usize, count: i32, at: usize): v128 {
  let sum = v128.load(load<usize>(rows) + at);
  for (let k = 1; k < count; k++) sum = f64x2.add(sum, v128.load(load<usize>(rows + ((k as usize) << 2)) + at));
  return sum;
}

/** 0 of nothing. */
function shareOf(part: v128, whole: f64): v128 {
  return whole == 0 ? f64x2.splat(0) : f64x2.div(part, f64x2.splat(whole));
}

/** mean / deviation * sqrt(n); 0 if the deviation is only rounding, and with fewer than two trades. */
function sqnOf(n: v128, points: v128, squares: v128): v128 {
  const one = f64x2.splat(1);
  const mean = f64x2.div(points, n);
  const spread = f64x2.sub(squares, f64x2.mul(f64x2.mul(n, mean), mean));
  const variance = f64x2.div(spread, f64x2.sub(n, one));
  const share = f64x2.max(f64x2.splat(VARIANCE_SHARE_IS_ROUNDING), f64x2.mul(f64x2.splat(VARIANCE_SHARE_A_TRADE), n));
  const rounding = f64x2.max(f64x2.splat(VARIANCE_IS_ROUNDING), f64x2.mul(f64x2.mul(mean, mean), share));
  const isSpread = v128.and(f64x2.gt(n, one), f64x2.ge(variance, rounding));
  return v128.and(f64x2.mul(f64x2.div(mean, f64x2.sqrt(variance)), f64x2.sqrt(n)), isSpread);
}

/** A gain over a loss: 0 if there is neither, at its cap where there is no loss but rounding. */
function ratioOf(gain: v128, loss: v128): v128 {
  const zero = f64x2.splat(0);
  const isLoss = f64x2.gt(loss, f64x2.mul(f64x2.splat(LOSS_IS_ROUNDING), gain));
  const ratio = v128.bitselect(f64x2.div(gain, loss), f64x2.splat(NO_LOSS), isLoss);
  return v128.and(ratio, v128.or(f64x2.ne(loss, zero), f64x2.ne(gain, zero)));
}

/** The BALANCED scores of two sets; any number of one that does not trade. */
function balancedOf(n: v128, gains: v128, losses: v128, captured: v128, points: v128, wins: v128): v128 {
  const low = balancedScore(
    f64x2.extract_lane(n, 0),
    f64x2.extract_lane(gains, 0),
    f64x2.extract_lane(losses, 0),
    f64x2.extract_lane(captured, 0),
    f64x2.extract_lane(points, 0),
    f64x2.extract_lane(wins, 0),
  );
  const high = balancedScore(
    f64x2.extract_lane(n, 1),
    f64x2.extract_lane(gains, 1),
    f64x2.extract_lane(losses, 1),
    f64x2.extract_lane(captured, 1),
    f64x2.extract_lane(points, 1),
    f64x2.extract_lane(wins, 1),
  );
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

function balancedScore(n: f64, gains: f64, losses: f64, captured: f64, points: f64, wins: f64): f64 {
  const mean = points / n;
  if (mean <= 0) return losingScore(mean);
  const averageWin = wins == 0 ? 0.0 : gains / wins;
  const averageLoss = n == wins ? 0.0 : Math.abs(losses / (n - wins));
  const isLoss = averageLoss > LOSS_IS_ROUNDING * averageWin;
  const payoff = isLoss ? averageWin / averageLoss : averageWin == 0 ? 0.0 : (NO_LOSS as f64);
  const winRate = wins / n;
  let score = pointsOf(mean, payoff, winRate);
  if (takesForWins(payoff, winRate)) score -= BALANCED_WINS_MANY_TAKE as f64;
  score += (BALANCED_CAPTURE as f64) * captured;
  return Math.max(0.0, score / (BALANCED_POINTS as f64));
}

/** Lists the best sets at `winners` (u32), ascending: one, or several that are equally good; gives how many. `second` is 0 if there is none. */
export function winnersOf(ranked: usize, second: usize, sets: i32, winners: usize): i32 {
  let best = -Infinity;
  let then = -Infinity;
  let count = 0;
  for (let set = 0; set < sets; set += 2) {
    const pair = v128.load(ranked + ((set as usize) << 3));
    if (!v128.any_true(f64x2.ge(pair, f64x2.splat(best)))) continue;
    for (let one = set; one < set + 2; one++) {
      const at = (one as usize) << 3;
      const value = load<f64>(ranked + at);
      if (value < best || value == -Infinity) continue;
      const next = second == 0 ? 0.0 : load<f64>(second + at);
      if (value == best && next < then) continue;
      if (value > best || next > then) count = 0;
      best = value;
      then = next;
      store<u32>(winners + ((count as usize) << 2), one as u32);
      count++;
    }
  }
  return count;
}

/** Rank of a set among all, 1 = worst, ties averaged. `second` is 0 if there is none. */
export function rankOf(first: usize, second: usize, sets: i32, set: i32): f64 {
  const own = v128.load64_splat(first + ((set as usize) << 3));
  const bytes = (sets as usize) << 3;
  let below = i64x2.splat(0);
  let equal = i64x2.splat(0);
  if (second == 0)
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = v128.load(first + at);
      below = i64x2.sub(below, f64x2.lt(value, own));
      equal = i64x2.sub(equal, f64x2.eq(value, own));
    }
  else {
    const ownNext = v128.load64_splat(second + ((set as usize) << 3));
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = v128.load(first + at);
      const next = v128.load(second + at);
      const isEqual = f64x2.eq(value, own);
      below = i64x2.sub(below, v128.or(f64x2.lt(value, own), v128.and(isEqual, f64x2.lt(next, ownNext))));
      equal = i64x2.sub(equal, v128.and(isEqual, f64x2.eq(next, ownNext)));
    }
  }
  return (total(below) as f64) + ((total(equal) + 1) as f64) / 2;
}

function total(counts: v128): i64 {
  return i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1);
}
