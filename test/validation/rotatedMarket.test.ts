import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, type Market, openTimeMs, unbroken } from "../../src/candles/candles.ts";
import { slotOf } from "../../src/candles/slots.ts";
import { wilderAtr } from "../../src/opportunities/indicators.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import { enteredIn, MarketRotations } from "../../src/validation/rotatedMarket.ts";
import { holedCase, randomCase } from "../support/random.ts";

const timeframeMs = 900_000;

/** The rule said slowly: for each candle of the stretch, the nearest candle one lag before is looked for among all. */
function slowCloses(candles: Candles, fromMs: number, toMs: number, lag: number): number[] {
  const atr = wilderAtr(candles);
  const all = Array.from({ length: candles.count }, (_, bar) => bar);
  const wildness = (bar: number): number => {
    const known = all.filter((other) => atr[other]! > 0);
    const before = known.filter((other) => other < bar).at(-1) ?? known[0];
    return before === undefined ? 1 : atr[before]! / candles.close[before]!;
  };
  const inside = all.filter((bar) => openTimeMs(candles, bar) >= fromMs && openTimeMs(candles, bar) < toMs);
  const ring = Math.ceil((toMs - fromMs) / timeframeMs);
  const place = (bar: number): number =>
    Math.floor((candles.firstOpenTimeMs + slotOf(candles, bar) * timeframeMs - fromMs) / timeframeMs);
  const closes = [...candles.close];
  for (const bar of inside) {
    const wanted = (place(bar) - lag + ring) % ring;
    const apart = (other: number): number => {
      const straight = Math.abs(place(other) - wanted);
      return Math.min(straight, ring - straight);
    };
    const from = inside.reduce((best, other) => (apart(other) < apart(best) ? other : best));
    const base = from === 0 ? candles.open[0]! : candles.close[from - 1]!;
    const move = (wildness(bar) / wildness(from)) * (candles.close[from]! / base - 1);
    closes[bar] = (bar === 0 ? candles.open[0]! : closes[bar - 1]!) * Math.max(0.01, 1 + move);
  }
  return closes;
}

describe("a market rotated against what was known", () => {
  for (const [name, made] of [
    ["whole candles", randomCase],
    ["candles with holes and other offsets", holedCase],
  ] as const)
    it(`equals the slow rule, ${name}`, () => {
      fc.assert(
        fc.property(
          fc.nat(1000),
          fc.integer({ min: 0, max: 60 }),
          fc.integer({ min: 80, max: 150 }),
          fc.nat(19),
          (seed, from, to, lag) => {
            const { market } = made(seed, 1, 150);
            const stretch = { fromMs: from * timeframeMs, toMs: to * timeframeMs };
            const rotations = new MarketRotations(market, stretch);
            // Whatever another lag left behind is overwritten.
            rotations.by(19 - lag);
            const rotated = rotations.by(lag);
            for (const [symbol, candles] of market.bySymbol) {
              const slow = slowCloses(candles, stretch.fromMs, stretch.toMs, lag);
              const fast = rotated.bySymbol.get(symbol)!;
              for (const [bar, close] of slow.entries()) expect(fast.close[bar]! / close).toBeCloseTo(1, 9);
            }
          },
        ),
        { numRuns: 50 },
      );
    });

  it("moves by what came one lag before, in every symbol at once, as wildly as at the time itself", () => {
    // A symbol that is as wild throughout: every bar spans 2 % of its open. From bar 20 on each moves by -1 %, 0 or +1 % in turn.
    const closesOf = (first: number): number[] => {
      const closes = [first];
      for (let bar = 1; bar < 60; bar++) closes.push(closes[bar - 1]! * (1 + ((bar % 3) - 1) / 100));
      return closes;
    };
    const seriesOf = (symbol: string, first: number): Candles => {
      const close = Float64Array.from(closesOf(first));
      const open = close.map((_, bar) => (bar === 0 ? first : close[bar - 1]!));
      return unbroken({
        symbol,
        timeframeMs,
        firstOpenTimeMs: 0,
        count: 60,
        open,
        high: open.map((price) => 1.01 * price),
        low: open.map((price) => 0.99 * price),
        close,
        volume: new Float64Array(60).fill(1),
      });
    };
    const market: Market = {
      timeframeMs,
      bySymbol: new Map([seriesOf("AAA", 100), seriesOf("BBB", 7)].map((one) => [one.symbol, one])),
    };
    const rotated = new MarketRotations(market, { fromMs: 20 * timeframeMs, toMs: 50 * timeframeMs }).by(4);
    for (const { close } of rotated.bySymbol.values())
      for (let bar = 30; bar < 50; bar++)
        // Bar 30 takes bar 26's move: 26 % 3 = 2, +1 %, give or take how much the ATR differs.
        expect(Math.sign(Math.round(1000 * (close[bar]! / close[bar - 1]! - 1)))).toBe(((bar - 4) % 3) - 1);
    const { table } = randomCase(1, 5, 60);
    const own = { ...table, symbols: ["AAA", "BBB"], bar: Int32Array.from([10, 25, 30, 40, 49]) };
    const entered = enteredIn(own, market, rotated, "signal-close");
    for (let row = 0; row < 5; row++) {
      expect(entered.atr[row]! / entered.entry[row]!).toBeCloseTo(own.atr[row]! / own.entry[row]!, 12);
      expect(entered.features[0]).toBe(own.features[0]);
    }
    expect(entered.entry[0]).toBe(own.entry[0]);
  });

  it("is the market that every thread of a search sees, one rotation after another", () => {
    const { market, table: all, labels } = randomCase(4, 150, 400);
    const rows = rowsThatFit(all, candlesOf(all, market), 24);
    const table = pickRows(all, rows);
    const rotations = new MarketRotations(market, { fromMs: 0, toMs: 400 * timeframeMs });
    const tops = [60, 200, 130].map((lag) => {
      const rotated = rotations.by(lag);
      const found = ([1, 2] as const).map((threads) =>
        searchTable({
          table: enteredIn(table, market, rotated, "signal-close"),
          labels: pickLabels(labels, rows),
          market: rotated,
          space: { atr_tp_multiplier: [1, 2, 3], atr_stop_multiplier: [1, 2], max_holding_hours: [2, 6] },
          rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
          objective: "total",
          constraints: { minTrades: 1 },
          drawdownLimit: 20,
          top: 5,
          memoryBytes: 8 * 1024 * 1024,
          threads,
        }),
      );
      expect(found[1]!.top).toEqual(found[0]!.top);
      return found[0]!.top[0]!.score;
    });
    expect(new Set(tops).size).toBe(3);
  });
});
