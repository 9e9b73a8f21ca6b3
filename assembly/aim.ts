import {
  BALANCED,
  BALANCED_CAPTURE,
  BALANCED_LOSING,
  BALANCED_LOSING_MEAN,
  BALANCED_LOSING_RISE,
  BALANCED_MEAN,
  BALANCED_POINTS,
  BEYOND_KEY,
  CALMAR,
  CAPTURE,
  EVIDENCE,
  EXPECTANCY,
  FLAG_ALL,
  FLAG_BALANCED,
  FLAG_FACTORS,
  FLAG_MEANS,
  FLAG_RATIOS,
  FLAG_RATIOS_BELOW,
  FLAG_TOTALS,
  GAIN_KEY,
  NO_LOSS,
  PROFIT_FACTOR,
  REPLAY_KEY,
  SORTINO,
  SQN,
  SWEEP_AIM,
  SWEEP_CONSTANT,
  SWEEP_FACTOR,
  SWEEP_FILTER,
  SWEEP_MOST_CAPTURE,
  SWEEP_OBJECTIVE,
  TOTAL,
} from "../src/core/abi";

/** What rounding in another order could make of a comparison, with room to spare. */
const SLACK: f64 = 1e-9;

function choose(sweep: usize, filter: i32, constant: f64, factor: f64): void {
  store<u32>(sweep, filter as u32, SWEEP_FILTER);
  store<f64>(sweep, constant, SWEEP_CONSTANT);
  store<f64>(sweep, factor, SWEEP_FACTOR);
}

/** The least ratio of a set with this key: where it is capped, sets above the cap come before it, too. */
function leastRatio(key: f64): f64 {
  return key >= (BEYOND_KEY as f64) ? key - (BEYOND_KEY as f64) : min<f64>(key, NO_LOSS as f64);
}

/** Sets the comparison that flags every cell with a set whose ordering key is `key` or more (see flags.ts); every rankable cell where there is no cheap one. */
export function aim(sweep: usize, key: f64): void {
  if (key == load<f64>(sweep, SWEEP_AIM)) return;
  store<f64>(sweep, key, SWEEP_AIM);
  choose(sweep, FLAG_ALL, 0, 0);
  if (key == -Infinity) return;
  const below = key - SLACK * max<f64>(1.0, abs<f64>(key));
  switch (load<u32>(sweep, SWEEP_OBJECTIVE)) {
    case TOTAL:
    case CALMAR:
      choose(sweep, FLAG_TOTALS, below, 0);
      break;
    case EXPECTANCY:
    case EVIDENCE:
      // The weight is n, or its root.
      choose(sweep, FLAG_TOTALS, -SLACK, below);
      break;
    case CAPTURE:
      // Where nothing is captured the weight is infinite and the key 0: below any factor under 0.
      if (key > 0) choose(sweep, FLAG_TOTALS, -SLACK, key * (1.0 - SLACK));
      else choose(sweep, FLAG_TOTALS, -SLACK, min<f64>(key * (1.0 + SLACK), -1e-300));
      break;
    case SQN: {
      // mean / stdev * sqrt(n) >= key  <=>  total^2 * (1/key^2 + (1 - 1/key^2) / n) >= squares, for a total above 0; below it is the
      // other way round.
      const inverse = 1.0 / (key * key);
      if (key >= (REPLAY_KEY as f64) || inverse == Infinity) break;
      const rest = 1.0 - inverse;
      if (key > 0) choose(sweep, FLAG_RATIOS, inverse * (1.0 + SLACK), rest + abs<f64>(rest) * SLACK);
      else choose(sweep, FLAG_RATIOS_BELOW, inverse * (1.0 - SLACK), rest - abs<f64>(rest) * SLACK);
      break;
    }
    case SORTINO: {
      const ratio = leastRatio(key);
      const factor = 1.0 / (ratio * ratio);
      if (factor == Infinity) break;
      if (key > 0) choose(sweep, FLAG_RATIOS, 0, factor * (1.0 + SLACK));
      else choose(sweep, FLAG_RATIOS_BELOW, 0, factor * (1.0 - SLACK));
      break;
    }
    case PROFIT_FACTOR:
      if (key > 0) choose(sweep, FLAG_FACTORS, -SLACK, leastRatio(key) * (1.0 - SLACK));
      break;
    case BALANCED:
      if (key > (GAIN_KEY as f64)) {
        const capture = (BALANCED_CAPTURE as f64) * load<f64>(sweep, SWEEP_MOST_CAPTURE);
        const points = (BALANCED_POINTS as f64) * (key - (GAIN_KEY as f64)) - capture;
        choose(sweep, FLAG_BALANCED, points - 1e-6, BALANCED_MEAN as f64);
      } else if (key > BALANCED_LOSING) {
        // A losing set's score is a line in its mean; every gaining one stands above.
        const worst = BALANCED_LOSING_MEAN as f64;
        const mean = min<f64>(0, ((key - BALANCED_LOSING) / BALANCED_LOSING_RISE) * worst - worst);
        choose(sweep, FLAG_MEANS, mean - 1e-6, 0);
      }
      break;
    default:
      unreachable();
  }
}
