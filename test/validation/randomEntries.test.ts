import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, candleFromTime, fitsPath, type Market, openTimeMs } from "../../src/candles/candles.ts";
import { slotOf } from "../../src/candles/slots.ts";
import { entryRules } from "../../src/opportunities/entry.ts";
import { uniformFrom } from "../../src/random.ts";
import { type BarExit, walkTrade } from "../../src/search/plainWalk.ts";
import type { Trade, TradeRules } from "../../src/search/trades.ts";
import { lagOf, nearestAround } from "../../src/validation/lag.ts";
import { enterAtRandom, type RandomEntriesInput } from "../../src/validation/randomEntries.ts";
import { exitInAtrs } from "../support/exits.ts";
import { holedCase, randomCase, randomFrom } from "../support/random.ts";

const rules: TradeRules = { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };
const timeframeMs = 900_000;

/** Wilder's ATR 14 by its own recursion; 0 while not warm. */
function atrOf({ count, high, low, close }: Candles): number[] {
  const ranges = Array.from({ length: count }, (_, bar) =>
    bar === 0 ? high[0]! - low[0]! : Math.max(high[bar]!, close[bar - 1]!) - Math.min(low[bar]!, close[bar - 1]!),
  );
  const atr: number[] = new Array(count).fill(0);
  for (let bar = 13; bar < count; bar++)
    atr[bar] =
      bar === 13
        ? ranges.slice(0, 14).reduce((sum, range) => sum + range, 0) / 14
        : (13 * atr[bar - 1]! + ranges[bar]!) / 14;
  return atr;
}

/** Whole bars from a time to the slot of a candle. */
const barsSince = (ms: number, candles: Candles, bar: number): number =>
  Math.floor((candles.firstOpenTimeMs + slotOf(candles, bar) * timeframeMs - ms) / timeframeMs);

/** The rule said slowly: usable bars by trying all, the nearest bar by looking at each. */
function slowRuns({
  trades,
  market,
  exit,
  rules,
  entry,
  exitBars,
  fromMs,
  seed,
  runs,
}: RandomEntriesInput): number[] | null {
  const series = [...new Set(trades.map(({ symbol }) => symbol))].flatMap((symbol) => {
    const candles = market.bySymbol.get(symbol)!;
    const atr = atrOf(candles);
    const bars = Array.from({ length: candles.count }, (_, bar) => bar).filter(
      (bar) => openTimeMs(candles, bar) >= fromMs && atr[bar]! > 0 && fitsPath(candles, bar, exit.holdingBars),
    );
    return bars.length === 0 ? [] : [{ symbol, candles, atr, bars }];
  });
  const first = Math.min(
    ...series.flatMap(({ candles, bars }) =>
      bars.map((bar) => candles.firstOpenTimeMs + slotOf(candles, bar) * timeframeMs),
    ),
  );
  const ring =
    1 + Math.max(...series.flatMap(({ candles, bars }) => bars.map((bar) => barsSince(first, candles, bar))));
  const uniform = uniformFrom(seed);
  const movable = trades.filter((trade) => series.some(({ symbol }) => symbol === trade.symbol));
  if (movable.length === 0) return null;
  return Array.from({ length: runs }, () => {
    const lag = lagOf({ bars: ring, leastLag: exit.holdingBars }, uniform());
    let total = 0;
    for (const { symbol, direction, entryTimeMs, row } of movable) {
      const { candles, atr, bars } = series.find((one) => one.symbol === symbol)!;
      const at = candleFromTime(candles, entryTimeMs);
      const own = bars.reduce((best, bar) => (Math.abs(bar - at) < Math.abs(best - at) ? bar : best));
      const place = (bar: number): number => slotOf(candles, bar) - slotOf(candles, bars[0]!);
      const wanted = ((barsSince(first, candles, own) + lag) % ring) - barsSince(first, candles, bars[0]!);
      const apart = (bar: number): number => {
        const straight = Math.abs(place(bar) - wanted);
        return Math.min(straight, ring - straight);
      };
      const bar = bars.reduce((best, other) => (apart(other) < apart(best) ? other : best));
      const volatility = (at: number): number => atr[at]! / candles.close[at]!;
      const price = entry === "next-open" ? candles.open[bar + 1]! : candles.close[bar]!;
      const signal = { bar, direction, entry: price, atr: atr[bar]! };
      // An exit signal at a bar's close leaves where a holding time up to that bar would; later than the holding time it is never reached.
      const out = exitBars?.[row] ?? 0;
      const held = out === 0 ? exit.holdingBars : Math.min(out, exit.holdingBars);
      const cost = 2 * (rules.fee + rules.slippage);
      const gross = walkTrade(candles, signal, { ...exit, holdingBars: held }, rules).return + cost;
      total += 100 * ((gross * volatility(own)) / volatility(bar) - cost);
    }
    return total / movable.length;
  });
}

const exit: BarExit = exitInAtrs({ takeProfit: 2, stopLoss: 1, holdingBars: 8, trailing: null });

function tradesOf(market: Market, seed: number, count: number, fromBar: number): Trade[] {
  const random = randomFrom(seed);
  const symbols = [...market.bySymbol.values()];
  return Array.from({ length: count }, (_, row) => {
    const candles = symbols[Math.floor(random() * symbols.length)]!;
    const bar = Math.min(candles.count - 1, fromBar + Math.floor(random() * (candles.count - fromBar)));
    return {
      row,
      symbol: candles.symbol,
      type: "all",
      direction: random() < 0.5 ? 1 : -1,
      entryTimeMs: openTimeMs(candles, bar),
      exitTimeMs: 0,
      entry: 100,
      exit: 100,
      reason: "timeout",
      bars: 1,
      return: random() - 0.5,
      ambiguous: false,
      otherReturn: 0,
      objective: false,
    } as Trade;
  });
}

describe("entries moved by one lag", () => {
  for (const [name, made] of [
    ["whole candles", randomCase],
    ["candles with holes and other offsets", holedCase],
  ] as const)
    it(`equal the slow rule, ${name}`, () => {
      fc.assert(
        fc.property(
          fc.nat(1000),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 0, max: 120 }),
          fc.constantFrom(...entryRules),
          fc.option(fc.array(fc.nat(12), { minLength: 12, maxLength: 12 }), { nil: null }),
          (seed, count, fromBar, entry, exitBars) => {
            const { market } = made(seed, 1, 150);
            const fromMs = fromBar * timeframeMs;
            const input = {
              trades: tradesOf(market, seed, count, fromBar),
              market,
              exit,
              rules,
              entry,
              ...(exitBars && { exitBars: Int32Array.from(exitBars) }),
              fromMs,
              seed,
              runs: 4,
            };
            const slow = slowRuns(input);
            const fast = enterAtRandom(input);
            if (slow === null) expect(fast).toBeNull();
            else for (const [k, run] of slow.entries()) expect(fast!.runs[k]).toBeCloseTo(run, 9);
          },
        ),
        { numRuns: 60 },
      );
    });

  it("take any whole lag that leaves no trade where it was: 3 to 7 bars of 10, with a holding time of 3", () => {
    const lags = Array.from({ length: 100 }, (_, k) => lagOf({ bars: 10, leastLag: 3 }, k / 100));
    expect([...new Set(lags)]).toEqual([3, 4, 5, 6, 7]);
    expect(lags.filter((lag) => lag === 3)).toHaveLength(20);
    expect([...new Set([0, 0.5, 0.99].map((drawn) => lagOf({ bars: 4, leastLag: 3 }, drawn)))]).toEqual([1, 2, 3]);
    expect(lagOf({ bars: 1, leastLag: 3 }, 0.5)).toBe(0);
    // A tenth of 100 bars is more than the holding time.
    expect([0, 0.999].map((drawn) => lagOf({ bars: 100, leastLag: 3 }, drawn))).toEqual([10, 90]);
  });

  it("come in again at the start: on a ring of 10 bars, 9 is next to 0", () => {
    expect([9, 5, 4, -1, 2].map((wanted) => nearestAround([0, 3, 7], wanted, 10))).toEqual([0, 1, 1, 0, 1]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30), { minLength: 1 }), fc.integer({ min: -31, max: 30 }), (places, wanted) => {
        const ascending = places.sort((a, b) => a - b);
        const apart = (place: number): number => Math.min(Math.abs(place - wanted), 31 - Math.abs(place - wanted));
        const nearest = Math.min(...ascending.map(apart));
        expect(nearestAround(ascending, wanted, 31)).toBe(ascending.findIndex((place) => apart(place) === nearest));
      }),
    );
  });
});
