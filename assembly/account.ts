import {
  ACCOUNT_ATRS,
  ACCOUNT_BAR_MS,
  ACCOUNT_CAPITAL,
  ACCOUNT_CLOSES,
  ACCOUNT_COST,
  ACCOUNT_DAY_FUNDING,
  ACCOUNT_DAYS,
  ACCOUNT_DIRECTIONS,
  ACCOUNT_ENTRIES,
  ACCOUNT_ENTRY_FUNDING,
  ACCOUNT_ENTRY_TIMES,
  ACCOUNT_EQUITY,
  ACCOUNT_FIRST_MS,
  ACCOUNT_LEVERAGE,
  ACCOUNT_LIQUIDATION,
  ACCOUNT_LIQUIDATIONS,
  ACCOUNT_MAX_OPEN,
  ACCOUNT_OPEN,
  ACCOUNT_OPEN_SYMBOLS,
  ACCOUNT_PRICES,
  ACCOUNT_REASONS,
  ACCOUNT_RETURNS,
  ACCOUNT_STAKE,
  ACCOUNT_STAKE_KIND,
  ACCOUNT_STOP,
  ACCOUNT_STOP_UNIT,
  ACCOUNT_SUMS,
  ACCOUNT_SYMBOL_COUNT,
  ACCOUNT_SYMBOLS,
  ACCOUNT_TIMES,
  ACCOUNT_TRADES,
  DAY_MS,
  ENDED_BY_STOP,
  MONEY_TOLERANCE,
  PERCENT,
  POSITION_BYTES,
  STAKE_FIXED,
  STAKE_SHARE,
  SUM_EQUITY,
  SUM_LIQUIDATIONS,
  SUM_MAX_OPEN,
  SUM_NO_MONEY,
  SUM_NOTIONAL,
  SUM_OPEN_MS,
  SUM_RUINED,
  SUM_STAKE_MS,
  SUM_SYMBOL_OPEN,
  SUM_TRADES,
  SUM_WINS,
} from "../src/core/abi";
import { sumDays } from "./accountDays";

// One purse over the trades of a set, as the plain walk has it. These are globals, set once a replay and once a signal, so that it is made of short functions.

let account: usize;
let closes: usize;
let dayFunding: usize;
let dayEquity: usize;
let dayCount: i32;
let openSymbols: usize;
let firstMs: f64;
let cost: f64;
let leverage: f64;

/** Realised equity, quote currency. */
let equity: f64;
/** The first day whose end is still to come. */
let nextDay: i32;
/** Open positions: the first, and behind the last, which is the next to leave. */
let firstOpen: usize;
let lastOpen: usize;
/** Until when some position has been open so far. */
let openUntil: f64;

// The signal at hand.
let entryMs: f64;
let entry: f64;
let direction: f64;
let place: usize;
let symbol: usize;

function begin(at: usize): void {
  account = at;
  closes = load<usize>(at, ACCOUNT_CLOSES);
  dayFunding = load<usize>(at, ACCOUNT_DAY_FUNDING);
  dayEquity = load<usize>(at, ACCOUNT_EQUITY);
  dayCount = load<u32>(at, ACCOUNT_DAYS) as i32;
  openSymbols = load<usize>(at, ACCOUNT_OPEN_SYMBOLS);
  firstMs = load<f64>(at, ACCOUNT_FIRST_MS);
  cost = load<f64>(at, ACCOUNT_COST);
  leverage = load<f64>(at, ACCOUNT_LEVERAGE);
  equity = load<f64>(at, ACCOUNT_CAPITAL);
  nextDay = 0;
  firstOpen = load<usize>(at, ACCOUNT_OPEN);
  lastOpen = firstOpen;
  openUntil = -Infinity;
  memory.fill(openSymbols, 0, load<u32>(at, ACCOUNT_SYMBOL_COUNT) as usize);
  memory.fill(at + ACCOUNT_SUMS, 0, SUM_NO_MONEY + 8 - ACCOUNT_SUMS);
}

function add(sum: usize, value: f64): void {
  store<f64>(account + sum, load<f64>(account + sum) + value);
}

function floatOf(column: usize, at: usize): f64 {
  return load<f64>(load<usize>(account + column) + (at << 3));
}

function dayOf(timeMs: f64): i32 {
  return ((timeMs - firstMs) / (DAY_MS as f64)) as i32;
}

/** What a position would make if it were closed at the last close of the next day to end. */
function worth(position: usize): f64 {
  const at = ((load<u32>(position, 48) as usize) * (dayCount as usize) + (nextDay as usize)) << 3;
  const sign = load<i32>(position, 52) as f64;
  const price = load<f64>(position, 32);
  const costs = cost + sign * (load<f64>(dayFunding + at) - load<f64>(position, 40));
  const made = (sign * (load<f64>(closes + at) - price)) / price - costs;
  return max<f64>(-load<f64>(position, 8), load<f64>(position, 24) * made);
}

/** Equity at the end of every day before this one. */
function markUntil(day: i32): void {
  const end = min<i32>(day, dayCount);
  for (; nextDay < end; nextDay++) {
    let value = equity;
    for (let at = lastOpen; at > firstOpen; ) {
      at -= POSITION_BYTES;
      value += worth(at);
    }
    store<f64>(dayEquity + ((nextDay as usize) << 3), value);
  }
}

function closeUntil(timeMs: f64): void {
  while (lastOpen > firstOpen && load<f64>(lastOpen - POSITION_BYTES) <= timeMs) {
    const leaving = lastOpen - POSITION_BYTES;
    markUntil(dayOf(load<f64>(leaving)));
    equity += load<f64>(leaving, 16);
    store<u8>(openSymbols + (load<u32>(leaving, 48) as usize), 0);
    lastOpen = leaving;
  }
}

function freeMoney(): f64 {
  let margin: f64 = 0;
  for (let at = lastOpen; at > firstOpen; ) {
    at -= POSITION_BYTES;
    margin += load<f64>(at, 8);
  }
  return equity - margin;
}

function wantedStake(): f64 {
  const kind = load<u32>(account, ACCOUNT_STAKE_KIND);
  const stake = load<f64>(account, ACCOUNT_STAKE);
  if (kind == STAKE_FIXED) return stake;
  if (kind == STAKE_SHARE) return equity * stake;
  const stop = load<f64>(account, ACCOUNT_STOP);
  const isPercent = load<u32>(account, ACCOUNT_STOP_UNIT) == PERCENT;
  const distance = isPercent ? (stop * entry) / 100.0 : stop * floatOf(ACCOUNT_ATRS, place);
  return (equity * stake) / min<f64>(1.0, leverage * (distance / entry));
}

/** Turns to the signal of trade `k`. */
function turnTo(k: usize): void {
  place = load<u32>(load<usize>(account, ACCOUNT_TRADES) + (k << 2)) as usize;
  entryMs = floatOf(ACCOUNT_ENTRY_TIMES, place);
  entry = floatOf(ACCOUNT_ENTRIES, place);
  direction = load<i8>(load<usize>(account, ACCOUNT_DIRECTIONS) + place) > 0 ? 1.0 : -1.0;
  symbol = load<u32>(load<usize>(account, ACCOUNT_SYMBOLS) + (place << 2)) as usize;
}

/** Whether the position is liquidated before trade `k` ends in half bar `time`. */
function isLiquidatedAt(liquidation: i32, time: i32, k: usize): bool {
  if (liquidation != time) return liquidation < time;
  // A stop nearer to the entry is passed first; whatever else ends the trade in this half bar comes after.
  if ((load<u8>(load<usize>(account, ACCOUNT_REASONS) + k) as i32) < ENDED_BY_STOP) return true;
  const level = entry + direction * -((load<f64>(account, ACCOUNT_LIQUIDATION) * entry) / 100.0);
  return direction * floatOf(ACCOUNT_PRICES, k) <= direction * level;
}

/** Moves a position to the next place. */
function moveUp(position: usize): void {
  // Word by word: a bulk copy of so few costs a call.
  for (let at = position + POSITION_BYTES; at > position; at -= 8)
    store<u64>(at + POSITION_BYTES - 8, load<u64>(at - 8));
}

/** Puts a position among the open ones by exit; of equal exits the earlier entry leaves first. */
function insert(exitMs: f64, stake: f64, profit: f64, notional: f64): void {
  let at = lastOpen;
  for (; at > firstOpen && load<f64>(at - POSITION_BYTES) <= exitMs; at -= POSITION_BYTES) moveUp(at - POSITION_BYTES);
  store<f64>(at, exitMs);
  store<f64>(at, stake, 8);
  store<f64>(at, profit, 16);
  store<f64>(at, notional, 24);
  store<f64>(at, entry, 32);
  store<f64>(at, floatOf(ACCOUNT_ENTRY_FUNDING, place), 40);
  store<u32>(at, symbol as u32, 48);
  store<i32>(at, direction as i32, 52);
  lastOpen += POSITION_BYTES;
}

function enter(k: usize, stake: f64): void {
  const notional = stake * leverage;
  const time = load<i32>(load<usize>(account, ACCOUNT_TIMES) + (k << 2));
  const liquidation = load<i32>(load<usize>(account, ACCOUNT_LIQUIDATIONS) + (place << 2));
  const isLiquidated = isLiquidatedAt(liquidation, time, k);
  const profit = isLiquidated ? -stake : max<f64>(-stake, notional * floatOf(ACCOUNT_RETURNS, k));
  const bars = ((isLiquidated ? liquidation : time) + 1) >> 1;
  const heldMs = (bars as f64) * load<f64>(account, ACCOUNT_BAR_MS);
  const exitMs = entryMs + heldMs;
  insert(exitMs, stake, profit, notional);
  store<u8>(openSymbols + symbol, 1);
  add(SUM_TRADES, 1.0);
  if (profit > 0) add(SUM_WINS, 1.0);
  if (isLiquidated) add(SUM_LIQUIDATIONS, 1.0);
  add(SUM_NOTIONAL, notional);
  add(SUM_STAKE_MS, stake * heldMs);
  if (exitMs > openUntil) {
    add(SUM_OPEN_MS, exitMs - max<f64>(openUntil, entryMs));
    openUntil = exitMs;
  }
}

/** The signal of trade `k`, at the close of its bar: everything that left by then has left. */
function meet(k: usize): void {
  turnTo(k);
  closeUntil(entryMs);
  markUntil(dayOf(entryMs));
  if (equity <= 0) {
    add(SUM_RUINED, 1.0);
    return;
  }
  if (load<u8>(openSymbols + symbol) != 0) {
    add(SUM_SYMBOL_OPEN, 1.0);
    return;
  }
  if ((lastOpen - firstOpen) / POSITION_BYTES >= load<u32>(account, ACCOUNT_MAX_OPEN)) {
    add(SUM_MAX_OPEN, 1.0);
    return;
  }
  const stake = wantedStake();
  const free = freeMoney();
  const taken = min<f64>(stake, free);
  if (!(taken > 0) || stake > free + MONEY_TOLERANCE * equity) add(SUM_NO_MONEY, 1.0);
  else enter(k, taken);
}

/** One purse over the first `count` trades of `account`: its equity by day and its sums, which are all that it changes. */
export function replayAccount(at: usize, count: i32): void {
  begin(at);
  for (let k = 0; k < count; k++) meet(k as usize);
  closeUntil(Infinity);
  markUntil(dayCount);
  store<f64>(account, equity, SUM_EQUITY);
  sumDays(account);
}
