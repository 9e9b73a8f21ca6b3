import type { SearchTask } from "../engine.ts";
import type { Exits } from "./space.ts";

/** Later than any half bar: a level that is never touched. */
const never = 0x7fffffff;

/** Half-bar times and net returns by item and row: element `item * rows + k` belongs to the k-th row asked for. */
export interface Side {
  readonly count: number;
  readonly time: Int32Array;
  readonly points: Float64Array;
}

/** What decides every exit: it leaves by its stop side where that is not later than its target side, else by its target side. */
export interface Sides {
  /** Items: stop x trailing variant. */
  readonly stops: Side;
  /** Items: target x holding time; the timeout stands in for a target that is touched too late. */
  readonly targets: Side;
}

const sideOf = (count: number, rows: number): Side => ({
  count,
  time: new Int32Array(count * rows).fill(never),
  points: new Float64Array(count * rows),
});

/** Walks each row once and notes when each level is first touched (gap at the open of bar i: 2i-1, inside it: 2i) and the points there. */
export function sidesOf(task: SearchTask, exits: Exits, rows: Uint32Array): Sides {
  const { table, market, rules } = task;
  const series = table.symbols.map((symbol) => market.bySymbol.get(symbol)!);
  const targets = [...new Set(exits.targets)].sort((a, b) => a - b);
  const fixed = [...new Set(exits.stops)].sort((a, b) => a - b);
  const holdings = [...new Set(exits.holdingBars)].sort((a, b) => a - b);
  const trailing = exits.variants.flatMap((variant) => variant.trailing ?? []);
  const leastActivation = Math.min(...trailing.map(({ activation }) => activation));
  const leastDistance = Math.min(...trailing.map(({ distance }) => distance));
  const last = holdings.at(-1)!;
  const fundingPerBar = (rules.fundingPer8h * market.timeframeMs) / (8 * 3_600_000);

  const targetTime = new Int32Array(targets.length);
  const targetPoints = new Float64Array(targets.length);
  const fixedTime = new Int32Array(fixed.length);
  const fixedPoints = new Float64Array(fixed.length);
  const trailTime = new Int32Array(trailing.length);
  const trailPoints = new Float64Array(trailing.length);
  const heldPoints = new Float64Array(holdings.length);
  const n = rows.length;
  const sides = {
    stops: sideOf(exits.stops.length * exits.variants.length, n),
    targets: sideOf(exits.targets.length * exits.holdingBars.length, n),
  };
  const targetPlaces = exits.targets.map((target) => targets.indexOf(target));
  const stopPlaces = exits.stops.map((stop) => fixed.indexOf(stop));
  const holdingPlaces = exits.holdingBars.map((bars) => holdings.indexOf(bars));

  for (let k = 0; k < n; k++) {
    const row = rows[k]!;
    walk(row);
    combine(k);
  }
  return sides;

  function walk(row: number): void {
    const { open, high, low, close } = series[table.symbol[row]!]!;
    const signalBar = table.bar[row]!;
    const entry = table.entry[row]!;
    const atr = table.atr[row]!;
    const direction = table.direction[row]!;
    const roundTrip = 2 * (rules.fee + rules.slippage);
    const points = (price: number, bars: number): number =>
      100 * ((direction * (price - entry)) / entry - (roundTrip + direction * fundingPerBar * bars));
    targetTime.fill(never);
    fixedTime.fill(never);
    trailTime.fill(never);
    let nextTarget = 0;
    let nextFixed = 0;
    let nextHolding = 0;
    let peak = 0;
    for (let i = 1; i <= last; i++) {
      const at = open[signalBar + i]!;
      const fo = direction * (at - entry);
      const favourable = direction === 1 ? high[signalBar + i]! - entry : entry - low[signalBar + i]!;
      const adverse = direction === 1 ? low[signalBar + i]! - entry : entry - high[signalBar + i]!;
      while (nextFixed < fixed.length && adverse <= -fixed[nextFixed]! * atr) {
        const stop = -fixed[nextFixed]! * atr;
        fixedTime[nextFixed] = fo <= stop ? 2 * i - 1 : 2 * i;
        fixedPoints[nextFixed++] = points(fo <= stop ? at : entry + direction * stop, i);
      }
      // A trail can be touched only where the narrowest one behind the peak is.
      if (peak >= leastActivation * atr && adverse <= peak - leastDistance * atr)
        for (let v = 0; v < trailing.length; v++) {
          const { activation, distance } = trailing[v]!;
          const trail = peak - distance * atr;
          if (trailTime[v] !== never || peak < activation * atr || adverse > trail) continue;
          trailTime[v] = fo <= trail ? 2 * i - 1 : 2 * i;
          trailPoints[v] = points(fo <= trail ? at : entry + direction * trail, i);
        }
      while (nextTarget < targets.length && favourable >= targets[nextTarget]! * atr) {
        const target = targets[nextTarget]! * atr;
        targetTime[nextTarget] = fo >= target ? 2 * i - 1 : 2 * i;
        targetPoints[nextTarget++] = points(fo >= target ? at : entry + direction * target, i);
      }
      if (i === holdings[nextHolding]) heldPoints[nextHolding++] = points(close[signalBar + i]!, i);
      // Beyond the widest stop, or beyond every target, no trade is open any more.
      if (nextFixed === fixed.length || nextTarget === targets.length) return;
      if (favourable > peak) peak = favourable;
    }
  }

  function combine(k: number): void {
    let item = k;
    for (const place of stopPlaces) {
      let v = 0;
      for (const variant of exits.variants) {
        let time = fixedTime[place]!;
        let points = fixedPoints[place]!;
        if (variant.trailing) {
          const trailed = trailTime[v]!;
          // Of two stops touched in one half bar the one with the better return was hit first.
          if (trailed < time || (trailed === time && trailPoints[v]! > points)) {
            time = trailed;
            points = trailPoints[v]!;
          }
          v++;
        }
        sides.stops.time[item] = time;
        sides.stops.points[item] = points;
        item += n;
      }
    }
    item = k;
    for (const place of targetPlaces)
      for (const held of holdingPlaces) {
        const isReached = targetTime[place]! <= 2 * holdings[held]!;
        sides.targets.time[item] = isReached ? targetTime[place]! : 2 * holdings[held]!;
        sides.targets.points[item] = isReached ? targetPoints[place]! : heldPoints[held]!;
        item += n;
      }
  }
}
