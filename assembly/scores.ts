import {
  BALANCED,
  CALMAR,
  CAPPED_KEY,
  CAPTURE,
  EXPECTANCY,
  GAIN_KEY,
  PROFIT_FACTOR,
  REPLAY_KEY,
  SORTINO,
  SQN,
  TOTAL,
} from "../src/core/abi";

/**
 * Upper bound of a set's place on the leaderboard from its sums (points): its score without the drawdown, as one number that orders sets.
 * It is the score itself where the objective has no drawdown. Sets with a capped ratio order by total above CAPPED_KEY; under
 * BALANCED those that gain stand above GAIN_KEY. Sums too ill-conditioned to tell give REPLAY_KEY.
 * `first`, `second` and `third` are the statistics that the objective's kind of sums holds (see accumulate.ts); n > 0.
 *
 * Sets with the same trades have sums that differ in their last bits, by the order of adding. The key leaves those bits out, so that such
 * sets tie and their rank decides, whatever the order: that keeps the leaderboard the same for any memory and number of threads.
 */
export function orderingKey(objective: i32, n: f64, first: f64, second: f64, third: f64, captureRate: f64): f64 {
  if (objective == BALANCED) return balancedKey(n, first, second, third, captureRate);
  const key = exactKey(objective, n, first, second, captureRate);
  return withoutLast(key >= (CAPPED_KEY as f64) ? 3 : 20, key);
}

/** A key without its last bits: a few parts in 10^10 of it, of what stands above GAIN_KEY, or of the total above CAPPED_KEY, as a replay tolerates. */
function withoutLast(bits: i64, key: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(key) & ~((1 << bits) - 1));
}

/**
 * Whether a key may be more than the set's own, by 10 points: under BALANCED, where the payoff is so near to 1.5 that only the order of
 * adding tells on which side it stands. The key's last bit says so.
 */
export function isOnlyBound(objective: i32, key: f64): bool {
  return objective == BALANCED && key > (GAIN_KEY as f64) && (reinterpret<i64>(key) & 1) != 0;
}

/** A key of BALANCED that says whether it only bounds. */
export function markBound(key: f64, isBound: bool): f64 {
  return reinterpret<f64>((reinterpret<i64>(key) & ~1) | (isBound as i64));
}

function exactKey(objective: i32, n: f64, first: f64, second: f64, captureRate: f64): f64 {
  const mean = first / n;
  switch (objective) {
    case TOTAL:
    case CALMAR:
      return first;
    case EXPECTANCY:
      return mean;
    case CAPTURE:
      return captureRate * mean;
    case SQN: {
      if (n < 2) return 0;
      const spread = second - n * mean * mean;
      // Differences in the order of adding reach 1e-16 of the squares: below this the quotient would not be good to 1e-9.
      if (spread < second * 1e-6 || spread / (n - 1) < 1e-12) return second == 0 ? 0.0 : (REPLAY_KEY as f64);
      return (mean / Math.sqrt(spread / (n - 1))) * Math.sqrt(n);
    }
    case SORTINO:
      return second == 0 ? (CAPPED_KEY as f64) + first : mean / Math.sqrt(second / n);
    case PROFIT_FACTOR:
      return second == 0 ? (CAPPED_KEY as f64) + first : first / -second;
    default:
      return 0;
  }
}

function balancedKey(n: f64, total: f64, gains: f64, wins: f64, captureRate: f64): f64 {
  const mean = total / n;
  // Whether a set gains at all may hang on the order of adding: near 0 the larger of the two keys bounds it.
  if (mean <= -1e-9) return withoutLast(20, Math.max(0.01, 0.01 + ((mean + 5.0) / 5.0) * 0.04));
  const winRate = wins / n;
  const averageWin = wins == 0 ? 0.0 : gains / wins;
  const averageLoss = wins == n ? 0.0 : (gains - total) / (n - wins);
  // Losses are a difference here: where they all but vanish in its rounding, the payoff is as large as can be.
  const payoff = averageLoss <= 1e-12 * averageWin ? 999.0 : averageWin / averageLoss;
  let points = Math.min(100.0, 20.0 * mean);
  if (payoff < 1.5) points -= 20.0 * (1.5 - payoff);
  else if (payoff >= 2.0) points += Math.min(20.0, 10.0 * (payoff - 2.0));
  if (winRate < 0.3) points -= 50.0 * (0.3 - winRate);
  const isAtEdge = winRate >= 0.6 && Math.abs(payoff - 1.5) < 1e-9;
  if (winRate >= 0.6 && payoff < 1.5 && !isAtEdge) points -= 10.0;
  points += 15.0 * captureRate;
  return markBound(withoutLast(11, (GAIN_KEY as f64) + Math.max(0.0, points / 100.0)), isAtEdge && points > 0);
}
