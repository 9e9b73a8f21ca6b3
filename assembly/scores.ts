import {
  BALANCED,
  BALANCED_CAPTURE,
  BALANCED_LOSING,
  BALANCED_LOSING_MEAN,
  BALANCED_LOSING_RISE,
  BALANCED_MEAN,
  BALANCED_MEAN_MOST,
  BALANCED_PAYOFF_ABOVE,
  BALANCED_PAYOFF_BELOW,
  BALANCED_PAYOFF_GOOD,
  BALANCED_PAYOFF_LEAST,
  BALANCED_PAYOFF_MOST,
  BALANCED_POINTS,
  BALANCED_WINS_BELOW,
  BALANCED_WINS_LEAST,
  BALANCED_WINS_MANY,
  BALANCED_WINS_MANY_TAKE,
  BEYOND_KEY,
  CALMAR,
  CAPPED_KEY,
  CAPTURE,
  EVIDENCE,
  EXPECTANCY,
  GAIN_KEY,
  LOSS_IS_ROUNDING,
  NO_LOSS,
  PROFIT_FACTOR,
  REPLAY_KEY,
  SORTINO,
  SQN,
  TOTAL,
  VARIANCE_IS_ROUNDING,
  VARIANCE_SHARE_A_TRADE,
  VARIANCE_SHARE_IS_ROUNDING,
} from "../src/core/abi";

/**
 * Upper bound of a set's place on the leaderboard from its sums (points): its score without the drawdown, as one number that orders sets.
 * It is the score itself where the objective has no drawdown. Sets with a capped ratio order by total above CAPPED_KEY, those with a ratio
 * above the cap stand above BEYOND_KEY; under BALANCED those that gain stand above GAIN_KEY. Sums too ill-conditioned to tell give REPLAY_KEY.
 * `first`, `second` and `third` are the statistics that the objective's kind of sums holds (see accumulate.ts), 1 if there is no such; n > 0.
 *
 * A set whose trades all made exactly nothing is not ranked: its key is -Infinity. Sums of numbers of one sign are 0 only where all of them are,
 * so that every kind of sums but the total alone can tell. Of that a key of 0 only bounds.
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
 * Whether a key may be more than the set's own. Under BALANCED by 10 points, where the payoff is so near to 1.5 that only the order of adding
 * tells on which side it stands, or by all where the mean is so near to 0 that the set may not gain: the key's last bits say so. A ratio above
 * the cap may stand at it, or below. A key that asks for a replay bounds everything. And a total of 0 may be that of trades that all made nothing.
 */
export function isOnlyBound(objective: i32, key: f64): bool {
  switch (objective) {
    case BALANCED:
      return key > (GAIN_KEY as f64) && (reinterpret<i64>(key) & 1) != 0;
    case SORTINO:
    case PROFIT_FACTOR:
      return key >= (BEYOND_KEY as f64);
    case SQN:
      return key >= (REPLAY_KEY as f64);
    case TOTAL:
    case CALMAR:
    case EVIDENCE:
    case EXPECTANCY:
    case CAPTURE:
      return key == 0;
    default:
      return unreachable();
  }
}

/** Whether a key of BALANCED above GAIN_KEY may be that of a set that does not gain: then it bounds even where its drawdown takes all points. */
export function mayNotGain(key: f64): bool {
  return (reinterpret<i64>(key) & 2) != 0;
}

/** A key of BALANCED that says whether it only bounds. */
export function markBound(key: f64, isBound: bool): f64 {
  return reinterpret<f64>((reinterpret<i64>(key) & ~1) | (isBound as i64));
}

function exactKey(objective: i32, n: f64, first: f64, second: f64, captureRate: f64): f64 {
  const mean = first / n;
  const isNothing = second == 0;
  switch (objective) {
    case TOTAL:
    case CALMAR:
      return isNothing ? -Infinity : first;
    case EVIDENCE:
      return isNothing ? -Infinity : first / Math.sqrt(n);
    case EXPECTANCY:
      return isNothing ? -Infinity : mean;
    case CAPTURE:
      return isNothing ? -Infinity : captureRate * mean;
    case SQN:
      return isNothing ? -Infinity : sqnKey(n, mean, second);
    case SORTINO:
      if (second == 0 && first == 0) return -Infinity;
      return ratioKey(mean, Math.sqrt(second / n), first);
    case PROFIT_FACTOR:
      if (second == 0 && first == 0) return -Infinity;
      return ratioKey(first, -second, first + second);
    default:
      return unreachable();
  }
}

function sqnKey(n: f64, mean: f64, squares: f64): f64 {
  if (n < 2) return 0;
  const spread = squares - n * mean * mean;
  const square = mean * mean;
  const share = max<f64>(VARIANCE_SHARE_IS_ROUNDING, VARIANCE_SHARE_A_TRADE * n);
  // Where even the most that adding may have lost of it leaves it rounding, so does a replay.
  const most = spread + squares * VARIANCE_SHARE_A_TRADE * (0.25 * n + 1.0);
  if (most < (n - 1) * max<f64>(VARIANCE_IS_ROUNDING, share * square)) return 0;
  // Differences in the order of adding reach 1e-16 of the squares: below this the quotient would not be good to 1e-9.
  if (spread < squares * 1e-6 || spread / (n - 1) < 1e-12) return REPLAY_KEY as f64;
  return (mean / Math.sqrt(spread / (n - 1))) * Math.sqrt(n);
}

/** Key of a gain over a loss, the larger one where rounding may put it on either side of its cap. */
function ratioKey(gain: f64, loss: f64, total: f64): f64 {
  if (loss <= gain * (LOSS_IS_ROUNDING * (1.0 - 1e-6))) return (CAPPED_KEY as f64) + total;
  const ratio = gain / loss;
  return ratio > (NO_LOSS as f64) - 1e-6 ? (BEYOND_KEY as f64) + ratio : ratio;
}

/** The BALANCED score of a mean that is no gain: a line, by how little it loses. */
export function losingScore(mean: f64): f64 {
  const rise = ((mean + (BALANCED_LOSING_MEAN as f64)) / (BALANCED_LOSING_MEAN as f64)) * BALANCED_LOSING_RISE;
  return Math.max(BALANCED_LOSING, BALANCED_LOSING + rise);
}

/** The BALANCED points of a gaining set for its mean, its payoff and the wins that it lacks. */
export function pointsOf(mean: f64, payoff: f64, winRate: f64): f64 {
  let points = Math.min(BALANCED_MEAN_MOST as f64, (BALANCED_MEAN as f64) * mean);
  if (payoff < BALANCED_PAYOFF_LEAST) points -= (BALANCED_PAYOFF_BELOW as f64) * (BALANCED_PAYOFF_LEAST - payoff);
  else if (payoff >= (BALANCED_PAYOFF_GOOD as f64)) {
    const above = (BALANCED_PAYOFF_ABOVE as f64) * (payoff - (BALANCED_PAYOFF_GOOD as f64));
    points += Math.min(BALANCED_PAYOFF_MOST as f64, above);
  }
  if (winRate < BALANCED_WINS_LEAST) points -= (BALANCED_WINS_BELOW as f64) * (BALANCED_WINS_LEAST - winRate);
  return points;
}

/** Whether many small wins cost BALANCED points. */
export function takesForWins(payoff: f64, winRate: f64): bool {
  return winRate >= BALANCED_WINS_MANY && payoff < BALANCED_PAYOFF_LEAST;
}

function balancedKey(n: f64, total: f64, gains: f64, wins: f64, captureRate: f64): f64 {
  if (wins == 0 && total == 0) return -Infinity;
  const mean = total / n;
  // Whether a set gains at all may hang on the order of adding: near 0 the larger of the two keys bounds it, whatever its drawdown.
  if (mean <= -1e-9) return withoutLast(20, losingScore(mean));
  const winRate = wins / n;
  const averageWin = wins == 0 ? 0.0 : gains / wins;
  const averageLoss = wins == n ? 0.0 : (gains - total) / (n - wins);
  // Losses are a difference here: where they all but vanish in its rounding, the payoff is as large as can be.
  const payoff = averageLoss <= 1e-12 * averageWin ? 999.0 : averageWin / averageLoss;
  let points = pointsOf(mean, payoff, winRate);
  const isAtEdge = winRate >= BALANCED_WINS_MANY && Math.abs(payoff - BALANCED_PAYOFF_LEAST) < 1e-9;
  if (takesForWins(payoff, winRate) && !isAtEdge) points -= BALANCED_WINS_MANY_TAKE as f64;
  points += (BALANCED_CAPTURE as f64) * captureRate;
  const key = withoutLast(11, (GAIN_KEY as f64) + Math.max(0.0, points / (BALANCED_POINTS as f64)));
  if (mean < 1e-9) return reinterpret<f64>(reinterpret<i64>(key) | 3);
  return markBound(key, isAtEdge && points > 0);
}
