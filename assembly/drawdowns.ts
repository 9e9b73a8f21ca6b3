// Long because the walk of a set, what it may still reach and what it is offered under are one calculation, inlined into its loop.

import {
  AXIS_BYTES,
  BALANCED,
  BALANCED_POINTS,
  CALMAR,
  GAIN_KEY,
  SETTLE_BAR_TICKS,
  SETTLE_BEST_KEY,
  SETTLE_BITS,
  SETTLE_CAPTURED,
  SETTLE_CELL,
  SETTLE_DRAWDOWN_LIMIT,
  SETTLE_ENTRY_SLOTS,
  SETTLE_ENTRY_TICKS,
  SETTLE_FALL_FROM,
  SETTLE_FALL_TO,
  SETTLE_FLOOR,
  SETTLE_LEADERS,
  SETTLE_MOST_DRAWDOWN,
  SETTLE_OPEN,
  SETTLE_POINTS,
  SETTLE_POOL,
  SETTLE_SEEN_KEY,
  SETTLE_SEEN_RANK,
  SETTLE_SETTLED,
  SETTLE_SHIFT,
  SETTLE_TICKS,
  SETTLE_TOP,
  SETTLE_WORDS,
  SWEEP_AXES,
  SWEEP_AXIS_COUNT,
  SWEEP_CAPACITY,
  SWEEP_FLAGGED,
  SWEEP_LANE_ITEMS,
  SWEEP_LANES,
  SWEEP_OBJECTIVE,
  SWEEP_PARTIAL,
  SWEEP_ROWS,
  SWEEP_SETTLE,
  SWEEP_SLAB_CELLS,
  SWEEP_SLOTS,
} from "../src/core/abi";
import { fallAt } from "./falls";
import { offer } from "./leaderboard";
import { isOnlyBound, markBound, mayNotGain } from "./scores";
import { finishedSums } from "./slabs";
import { keyAt, rankOf } from "./tiles";
import { laneGroupBytesOf, Parted, pointsOf, rowBytesOf, Whole } from "./tradeSides";

/** Keys this near are one: sums in another order may differ so. */
const TOLERANCE: f64 = 1e-9;
/** Points that sums in another order may differ by, generously. */
const SLACK: f64 = 1e-6;

/**
 * The ordering key once the drawdown (points) is known. Under BALANCED exactly GAIN_KEY means a score that is certainly 0: what the
 * order of adding could lift above 0 stands a tolerance higher.
 */
function keyWithDrawdown(objective: i32, key: f64, drawdown: f64, limit: f64): f64 {
  if (objective == CALMAR) return key > 0 ? key / max<f64>(drawdown, 1.0) : key;
  if (objective != BALANCED || key < (GAIN_KEY as f64)) return key;
  const exact = key - max<f64>(0.0, drawdown - limit) / (BALANCED_POINTS as f64);
  if (exact < (GAIN_KEY as f64) - TOLERANCE) return GAIN_KEY as f64;
  return max<f64>((GAIN_KEY as f64) + TOLERANCE, exact);
}

/** The drawdown (points) above which a set with this key cannot reach the wanted one; `most` is what a set that counts may fall by. */
function hopelessDrawdown(objective: i32, key: f64, wanted: f64, limit: f64, most: f64): f64 {
  if (objective == CALMAR) return key > 0 && wanted > 0 ? key / wanted : Infinity;
  // A set whose drawdown takes all of its score is certainly at 0, and the rank tells the rest.
  if (objective != BALANCED || key < (GAIN_KEY as f64)) return Infinity;
  // At 0 it may still have a place, and then it must be known whether its drawdown is allowed.
  if (wanted <= (GAIN_KEY as f64) + TOLERANCE && most < Infinity) return Infinity;
  return limit + (BALANCED_POINTS as f64) * (key - max<f64>(wanted, GAIN_KEY as f64) + 2.0 * TOLERANCE);
}

/** How far two keys of one set may differ that were summed in different orders. */
function toleranceOf(objective: i32, key: f64): f64 {
  const size = objective == BALANCED && key >= (GAIN_KEY as f64) ? key - (GAIN_KEY as f64) : abs<f64>(key);
  return TOLERANCE * max<f64>(1.0, size);
}

/** Key that a set must reach to matter: the last place's so far, less what rounding could make of it. */
export function settledKey(sweep: usize): f64 {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const top = load<u32>(settle, SETTLE_TOP);
  const leaders = load<usize>(settle, SETTLE_LEADERS);
  let key = load<f64>(settle, SETTLE_FLOOR);
  // The number of leaders stands before their heap.
  if (load<u32>(leaders) == top) key = max<f64>(key, load<f64>(leaders, 16));
  return key == -Infinity ? key : key - toleranceOf(load<u32>(sweep, SWEEP_OBJECTIVE) as i32, key);
}

/** Brings the bitset of what a cell captures into the captured region, unless it is there already. */
export function capture(sweep: usize, settle: usize, cell: i32): void {
  if (load<u32>(settle, SETTLE_CELL) == (cell as u32)) return;
  store<u32>(settle, cell as u32, SETTLE_CELL);
  const bitsetBytes = (load<u32>(settle, SETTLE_WORDS) as usize) << 3;
  const bits = load<usize>(settle, SETTLE_BITS);
  const captured = load<usize>(settle, SETTLE_CAPTURED);
  const end = captured + bitsetBytes;
  memory.copy(captured, bits, bitsetBytes);
  let axis = load<usize>(sweep, SWEEP_AXES);
  for (let k = load<u32>(sweep, SWEEP_AXIS_COUNT); k > 0; k--) {
    const candidate = ((cell as u32) / load<u32>(axis)) % load<u32>(axis, 4);
    let from = bits + ((1 + load<u32>(axis, 8) + candidate) as usize) * bitsetBytes;
    // Every entry passes the loosest candidate of an ordered axis.
    if (candidate > 0 || load<u32>(axis, 12) == 0)
      for (let at = captured; at < end; at += 16) {
        v128.store(at, v128.and(v128.load(at), v128.load(from)));
        from += 16;
      }
    axis += AXIS_BYTES;
  }
}

// Where the trades of the set that is walked stand.
let entryTicks: usize;
let entrySlots: usize;
let pointsOfEntries: usize;
let ticksOfEntries: usize;
let itemRows: usize;
let itemLanes: usize;
let sideShift: f64;
let barTicks: u32;
/** When the trade that `tradeOf` found leaves. */
let exitTick: u32;

function setTrades<Kind>(sweep: usize, settle: usize, exit: i32): void {
  entryTicks = load<usize>(settle, SETTLE_ENTRY_TICKS);
  entrySlots = load<usize>(settle, SETTLE_ENTRY_SLOTS);
  pointsOfEntries = load<usize>(settle, SETTLE_POINTS);
  ticksOfEntries = load<usize>(settle, SETTLE_TICKS);
  sideShift = load<f64>(settle, SETTLE_SHIFT);
  barTicks = load<f64>(settle, SETTLE_BAR_TICKS) as u32;
  const laneItems = load<u32>(sweep, SWEEP_LANE_ITEMS) as i32;
  const slots = load<u32>(sweep, SWEEP_SLOTS) as usize;
  const lane = exit % laneItems;
  itemRows = load<usize>(sweep, SWEEP_ROWS) + ((exit / laneItems) as usize) * slots * rowBytesOf<Kind>();
  itemLanes =
    load<usize>(sweep, SWEEP_LANES) +
    ((lane >> 2) as usize) * slots * laneGroupBytesOf<Kind>() +
    (((lane & 3) as usize) << 3);
}

/** Points of an entry's trade. */
function tradeOf<Kind>(entry: usize, entryTick: u32): f64 {
  if (pointsOfEntries != 0) {
    exitTick = load<u32>(ticksOfEntries + (entry << 2));
    return load<f64>(pointsOfEntries + (entry << 3));
  }
  const slot = load<u32>(entrySlots + (entry << 2)) as usize;
  const row = itemRows + slot * rowBytesOf<Kind>();
  const lane = itemLanes + slot * laneGroupBytesOf<Kind>();
  // The latest time of a target to which ties are lost is less than its own half bar by up to one; the bar is the same.
  const time = load<f64>(row) <= load<f64>(lane) ? load<f64>(row) : load<f64>(lane) + sideShift;
  exitTick = entryTick + ((((time as i32) + 1) >> 1) as u32) * barTicks;
  return pointsOf<Kind>(row, lane);
}

/** Puts a trade among the open ones from `first` to `last`, each f64 points and u32 exit tick in 16 bytes, by exit. */
function insert(first: usize, last: usize, points: f64, tick: u32): void {
  let at = last;
  for (; at > first && load<u32>(at - 16, 8) > tick; at -= 16) {
    store<f64>(at, load<f64>(at - 16));
    store<u32>(at, load<u32>(at - 16, 8), 8);
  }
  store<f64>(at, points);
  store<u32>(at, tick, 8);
}

/**
 * Exact drawdown (points) of one set, or one above `enough` as soon as that is certain: the largest fall of the running sum from its running
 * peak, trades in order of exit, then entry, then table. Entries stand in order of entry; those captured are found by the bits of
 * their candidates. Trades still open wait in a short list by exit; one is settled when a later entry can no longer leave before it.
 */
export function fallOf(sweep: usize, exit: i32, cell: i32, enough: f64): f64 {
  return load<u32>(sweep, SWEEP_PARTIAL) != 0
    ? fallOfSides<Parted>(sweep, exit, cell, enough)
    : fallOfSides<Whole>(sweep, exit, cell, enough);
}

function fallOfSides<Kind>(sweep: usize, exit: i32, cell: i32, enough: f64): f64 {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const words = load<u32>(settle, SETTLE_WORDS) as usize;
  const captured = load<usize>(settle, SETTLE_CAPTURED);
  const open = load<usize>(settle, SETTLE_OPEN);
  capture(sweep, settle, cell);
  setTrades<Kind>(sweep, settle, exit);
  let equity: f64 = 0;
  let peak: f64 = 0;
  let deepest: f64 = 0;
  let peakTick = -1;
  let from = -1;
  let to = -1;
  let first = open;
  let last = open;
  // One word more: when all have entered, those still open leave.
  for (let w: usize = 0; w <= words; w++) {
    let mask: u64 = w < words ? load<u64>(captured + (w << 3)) : 1;
    for (; mask != 0; mask &= mask - 1) {
      const entry = (w << 6) + (ctz(mask) as usize);
      const entryTick = w < words ? load<u32>(entryTicks + (entry << 2)) : u32.MAX_VALUE;
      for (; first < last && load<u32>(first, 8) <= entryTick; first += 16) {
        equity += load<f64>(first);
        if (equity > peak) {
          peak = equity;
          peakTick = load<i32>(first, 8);
        } else if (peak - equity > deepest) {
          deepest = peak - equity;
          if (deepest > enough) return deepest;
          from = peakTick;
          to = load<i32>(first, 8);
        }
      }
      if (w == words) break;
      if (first == last) {
        first = open;
        last = open;
      }
      const points = tradeOf<Kind>(entry, entryTick);
      // One fall alone is as much as the drawdown at least.
      if (-points > enough) return -points;
      insert(first, last, points, exitTick);
      last += 16;
    }
  }
  store<i32>(settle, from, SETTLE_FALL_FROM);
  store<i32>(settle, to, SETTLE_FALL_TO);
  return deepest;
}

/** Walks one set whose key is at least the wanted one, and offers it under its exact key to the pool and the leaders. */
export function settleSet(sweep: usize, key: f64, rank: f64, exit: i32, cell: i32): void {
  settleFalling(sweep, key, rank, exit, cell, 0.0);
}

/** The same for a set that is known to fall by at least so much: where that is too much already, it need not be walked. */
function settleFalling(sweep: usize, key: f64, rank: f64, exit: i32, cell: i32, least: f64): void {
  const wanted = settledKey(sweep);
  if (key < wanted) return;
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const objective = load<u32>(sweep, SWEEP_OBJECTIVE) as i32;
  const limit = load<f64>(settle, SETTLE_DRAWDOWN_LIMIT);
  const most = load<f64>(settle, SETTLE_MOST_DRAWDOWN);
  const enough = min<f64>(most, hopelessDrawdown(objective, key, wanted, limit, most));
  let fall = least;
  if (!(least > enough + SLACK)) {
    fall = fallOf(sweep, exit, cell, enough);
    store<u32>(settle, load<u32>(settle, SETTLE_SETTLED) + 1, SETTLE_SETTLED);
  }
  if (fall > most) return;
  const exact = keyWithDrawdown(objective, key, fall, limit);
  if (exact < wanted) return;
  const pool = load<usize>(settle, SETTLE_POOL);
  const leaders = load<usize>(settle, SETTLE_LEADERS);
  // A score that the drawdown takes all of is certain again, if the set gains.
  const isBound =
    isOnlyBound(objective, key) && (objective != BALANCED || exact > (GAIN_KEY as f64) || mayNotGain(key));
  const pooled = objective == BALANCED ? markBound(exact, isBound) : exact;
  offer(pool + 16, pool, load<u32>(sweep, SWEEP_CAPACITY) as i32, pooled, rank, exit as u32, cell as u32);
  // Others are measured by what the leaders certainly have.
  if (isBound) return;
  offer(leaders + 16, leaders, load<u32>(settle, SETTLE_TOP) as i32, exact, rank, exit as u32, cell as u32);
}

/** Whether a set of this bound was among the leaderboard of bounds, all of which have been settled. */
function isSeen(settle: usize, key: f64, rank: f64): bool {
  const seen = load<f64>(settle, SETTLE_SEEN_KEY);
  return key > seen || (key == seen && rank <= load<f64>(settle, SETTLE_SEEN_RANK));
}

/** The drawdown (points) above which no set whatever, by the best bound of all, can reach the wanted key. */
function hopelessOfAll(sweep: usize, settle: usize, wanted: f64): f64 {
  const most = load<f64>(settle, SETTLE_MOST_DRAWDOWN);
  const objective = load<u32>(sweep, SWEEP_OBJECTIVE) as i32;
  const limit = load<f64>(settle, SETTLE_DRAWDOWN_LIMIT);
  const best = load<f64>(settle, SETTLE_BEST_KEY);
  return min<f64>(most, hopelessDrawdown(objective, best, wanted, limit, most)) + SLACK;
}

/** Whether a set with a hopeless drawdown may have a place anyway: one that scores 0 if so do the last of the pool. */
function mayTakePlace(sweep: usize, settle: usize, wanted: f64, exit: i32, cell: i32): bool {
  if (load<u32>(sweep, SWEEP_OBJECTIVE) != BALANCED || wanted > (GAIN_KEY as f64) + TOLERANCE) return false;
  // The pool of a thread that has just come is empty.
  const pool = load<usize>(settle, SETTLE_POOL);
  if (load<u32>(pool) != load<u32>(sweep, SWEEP_CAPACITY)) return true;
  const worst = load<f64>(pool, 16);
  return worst < (GAIN_KEY as f64) || (worst == (GAIN_KEY as f64) && rankOf(sweep, exit, cell) < load<f64>(pool, 24));
}

/**
 * Settles the sets among `count` flagged cells of a finished slab; arguments as `offerFlagged`. `falls` are the finished sums of what each
 * falls by at least, negative, or 0. Returns how many might have mattered.
 */
export function settleFlagged(
  sweep: usize,
  own: usize,
  slab: i32,
  exit: i32,
  lanes: i32,
  count: i32,
  falls: usize,
): i32 {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const sums = finishedSums(sweep, own);
  const flagged = load<usize>(sweep, SWEEP_FLAGGED);
  const firstCell = slab * (load<u32>(sweep, SWEEP_SLAB_CELLS) as i32);
  let wanted = settledKey(sweep);
  let hopeless = hopelessOfAll(sweep, settle, wanted);
  let settled = 0;
  for (let k = 0; k < count; k++) {
    const inSlab = load<u32>(flagged + ((k as usize) << 2)) as i32;
    const cell = firstCell + inSlab;
    for (let j = 0; j < lanes; j++) {
      const least = falls == 0 ? 0.0 : -fallAt(sweep, falls, inSlab, j);
      if (least > hopeless) {
        settled++;
        if (!mayTakePlace(sweep, settle, wanted, exit + j, cell)) continue;
      }
      const key = keyAt(sweep, sums, inSlab, cell, j);
      if (key < wanted || key == -Infinity) continue;
      const rank = rankOf(sweep, exit + j, cell);
      if (isSeen(settle, key, rank)) continue;
      settleFalling(sweep, key, rank, exit + j, cell, least);
      const now = settledKey(sweep);
      if (now > wanted) {
        wanted = now;
        hopeless = hopelessOfAll(sweep, settle, wanted);
      }
      settled++;
    }
  }
  return settled;
}
