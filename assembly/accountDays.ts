import {
  ACCOUNT_CAPITAL,
  ACCOUNT_DAYS,
  ACCOUNT_EQUITY,
  SUM_DOWNSIDE,
  SUM_DRAWDOWN,
  SUM_DRAWDOWN_DAYS,
  SUM_MEAN,
  SUM_MEAN_EQUITY,
  SUM_VARIANCE,
} from "../src/core/abi";

let dayEquity: usize;
let dayCount: i32;
let capital: f64;

function equityOf(day: i32): f64 {
  return load<f64>(dayEquity + ((day as usize) << 3));
}

/** Simple return of a day; 0 once nothing is left. */
function returnOf(day: i32): f64 {
  const before = day == 0 ? capital : equityOf(day - 1);
  return before > 0 ? equityOf(day) / before - 1.0 : 0.0;
}

function sumReturns(account: usize): void {
  const count = dayCount as f64;
  let total: f64 = 0;
  let equities: f64 = 0;
  let losses: f64 = 0;
  for (let day = 0; day < dayCount; day++) {
    const made = returnOf(day);
    total += made;
    losses += made < 0 ? made * made : 0.0;
    equities += equityOf(day);
  }
  const mean = dayCount == 0 ? 0.0 : total / count;
  let spread: f64 = 0;
  for (let day = 0; day < dayCount; day++) {
    const apart = returnOf(day) - mean;
    spread += apart * apart;
  }
  store<f64>(account, mean, SUM_MEAN);
  store<f64>(account, dayCount < 2 ? 0.0 : spread / (count - 1.0), SUM_VARIANCE);
  store<f64>(account, dayCount == 0 ? 0.0 : losses / count, SUM_DOWNSIDE);
  store<f64>(account, dayCount == 0 ? capital : equities / count, SUM_MEAN_EQUITY);
}

/** The deepest fall from a peak, and days from that peak until equity was as high again or the last one. Day 0 is the capital. */
function findFall(account: usize): void {
  let peak = capital;
  let peakDay = 0;
  let deepest: f64 = 0;
  let deepestFrom = 0;
  let length = 0;
  let isOpen = false;
  for (let day = 1; day <= dayCount; day++) {
    const now = equityOf(day - 1);
    if (now >= peak) {
      if (isOpen) length = day - deepestFrom;
      isOpen = false;
      peak = now;
      peakDay = day;
    } else {
      const fall = (peak - now) / peak;
      if (fall <= deepest) continue;
      deepest = fall;
      deepestFrom = peakDay;
      isOpen = true;
    }
  }
  store<f64>(account, deepest, SUM_DRAWDOWN);
  store<f64>(account, (isOpen ? dayCount - deepestFrom : length) as f64, SUM_DRAWDOWN_DAYS);
}

/** What equity by day adds up to: mean, variance and downside of its returns, its mean, and its deepest fall. */
export function sumDays(account: usize): void {
  dayEquity = load<usize>(account, ACCOUNT_EQUITY);
  dayCount = load<u32>(account, ACCOUNT_DAYS) as i32;
  capital = load<f64>(account, ACCOUNT_CAPITAL);
  sumReturns(account);
  findFall(account);
}
