import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { InputError } from "../../src/errors.ts";
import { scannedFeatures } from "../../src/opportunities/features.ts";
import type { Row } from "../../src/opportunities/growingTable.ts";
import { noGateCounts, type ScanOptions, scanMarket, scanSymbol } from "../../src/opportunities/scan.ts";
import { without } from "../support/holes.ts";
import { randomFrom } from "../support/random.ts";
import { describeMarkets, heldMarket, marketOf } from "../support/referenceData.ts";
import { candlesFrom, driftingCandles, partOf, withOtherFuture } from "./walks.ts";

const market = marketOf(heldMarket);
const rowsOf = (candles: Candles, options?: ScanOptions): Row[] => [...scanSymbol(candles, 0, options)];
const bars = (candles: Candles): number[] => rowsOf(candles).map(({ bar }) => bar);

describe("an opportunity and its future", () => {
  const random = randomFrom(11);
  const full = driftingCandles(6_000, random);
  const rows = rowsOf(full);

  it("there is something to test: both types, both directions", () => {
    expect(new Set(rows.map(({ type, direction }) => `${type} ${direction}`)).size).toBe(4);
  });

  it("the direction and type of an opportunity do not know its future", () => {
    for (const { bar } of rows.filter((_, k) => k % 40 === 0)) {
      const known = rowsOf(withOtherFuture(full, bar, random)).filter((row) => row.bar <= bar);
      const kinds = (of: Row[]): unknown[] => of.map(({ bar, direction, type }) => ({ bar, direction, type }));
      expect(kinds(known)).toEqual(kinds(rows.filter((row) => row.bar <= bar)));
    }
  });

  it("no number of a row up to a bar changes, to the bit, when everything after that bar does", () => {
    const bitsOf = (of: Row[]): unknown[] =>
      of.map((row) => ({ ...row, features: [...row.features], activations: [...row.activations] }));
    for (const { bar } of rows.filter((_, k) => k % 25 === 3)) {
      const known = rowsOf(withOtherFuture(full, bar, random)).filter((row) => row.bar <= bar);
      expect(bitsOf(known)).toStrictEqual(bitsOf(rows.filter((row) => row.bar <= bar)));
    }
  });

  it("a row is there as soon as its bar is: candles that end with it give it", () => {
    for (const row of rows.filter((_, k) => k % 50 === 7))
      expect(rowsOf(partOf(full, 0, row.bar + 1)).at(-1)).toStrictEqual(row);
  });
});

describeMarkets("history before the candles", (source) => {
  const whole = (value: number): boolean => Number.isInteger(value);

  it.each(source === heldMarket ? source.symbols : ["BTCUSDT", "DOGEUSDT", "SOLUSDT"])(
    "changes no feature of %s by more than 1 %, and no whole number",
    (symbol) => {
      const long = marketOf({ ...source, symbols: [symbol] }).bySymbol.get(symbol)!;
      const longRows = new Map(rowsOf(long).map((row) => [row.bar, row]));
      for (const cut of [1, 777, 5_003]) {
        const short = rowsOf(partOf(long, cut, long.count));
        expect(short.length).toBeGreaterThan(100);
        for (const row of short) {
          const same = longRows.get(row.bar + cut)!;
          expect(same, `${symbol} ${row.bar + cut} cut ${cut}`).toBeDefined();
          expect([row.direction, row.type, row.activations]).toEqual([same.direction, same.type, same.activations]);
          for (const [k, name] of scannedFeatures.entries()) {
            const value = row.features[k]!;
            const expected = same.features[k]!;
            if (whole(expected)) expect(value, name).toBe(expected);
            else expect(Math.abs(value / expected - 1), name).toBeLessThan(0.01);
          }
        }
      }
    },
  );
});

describe("where no opportunity may stand", () => {
  const candles = driftingCandles(6_000, randomFrom(12));

  it("before 150 bars of 4 h have closed", () => {
    // Bar 2399 closes with the 150th bar of 16 candles.
    expect(bars(candles)[0]).toBeGreaterThanOrEqual(2_399);
    expect(bars(partOf(candles, 0, 2_399))).toEqual([]);
  });

  /** Slots of opportunities where `count` candles before a slot are missing. */
  const slotsWithHole = (slot: number, count: number): number[] => {
    const holed = without(candles, (at) => at >= slot - count && at < slot);
    return bars(holed).map((bar) => holed.slots![bar]!);
  };

  it("in the 20 candles after a hole of 5", () => {
    const found = bars(candles).filter((bar) => bar > 3_000 && bar < 5_000);
    const after = found.find((bar) => found.includes(bar + 3) && found.includes(bar + 15))!;
    const holed = slotsWithHole(after, 5);
    expect(holed.filter((slot) => slot >= after - 5 && slot < after + 20)).toEqual([]);
    expect(holed.some((slot) => slot >= after + 20)).toBe(true);
  });

  it("but a hole of 4 candles is only lived through", () => {
    const isFreeAfter = (slot: number): boolean => slotsWithHole(slot, 4).some((at) => at >= slot && at < slot + 20);
    expect(bars(candles).slice(50, 80).some(isFreeAfter)).toBe(true);
  });

  it("before all is warm anew after a break: nothing is known of the prices before it", () => {
    const first = 4_000;
    const scaled = (column: Float64Array): Float64Array =>
      column.map((price, bar) => (bar < first ? price * 1000 : price));
    const broken = {
      ...candles,
      ...Object.fromEntries((["open", "high", "low", "close"] as const).map((name) => [name, scaled(candles[name])])),
      breaks: [{ index: first, ratio: 0.001 }],
    };
    expect(bars(broken)).toEqual([
      ...bars(partOf(candles, 0, first)),
      ...bars(partOf(candles, first, 6_000)).map((bar) => first + bar),
    ]);
  });

  it("and each moment that is none is counted by the first thing that it lacks", () => {
    const gates = noGateCounts();
    const count = [...scanSymbol(candles, 0, {}, gates)].length;
    const { moments, zero_volume, ...refused } = gates;
    expect([moments, zero_volume]).toEqual([6_000, 0]);
    expect(count + Object.values(refused).reduce((sum, each) => sum + each, 0)).toBe(6_000);
  });

  it("on a market that has never moved: its ATR is 0, and the moment is counted", async () => {
    // Each EMA of 1.889 settles some ulps above it, the slower one higher: a down trend made of rounding alone.
    const rows = Array.from({ length: 2_500 }, (_, bar) => [1.889, 1.889, 1.889, 1.889, bar % 40 === 0 ? 5 : 1]);
    const { table, gates } = await scanMarket([candlesFrom(rows)]);
    expect([table.count, gates.zero_atr]).toEqual([0, [2_400, 2_440, 2_480].length]);
  });

  it("on a timeframe that does not divide one hour", async () => {
    const odd = candlesFrom([[1, 1, 1, 1, 1]], 45 * 60_000);
    await expect(scanMarket([odd])).rejects.toThrowError(InputError);
    await expect(scanMarket([odd])).rejects.toMatchObject({ code: "SCAN_TIMEFRAME" });
    await expect(scanMarket([candlesFrom([[1, 1, 1, 1, 1]], 4 * 3_600_000)])).rejects.toMatchObject({
      code: "SCAN_TIMEFRAME",
    });
    await expect(scanMarket([candlesFrom([[1, 1, 1, 1, 1]], 3_600_000)])).resolves.toMatchObject({
      table: { count: 0 },
    });
  });
});

describeMarkets("the table of months of candles", (source) => {
  it("has opportunities of both types, one in 120 candles at least", async () => {
    const months = marketOf(source);
    const candles = [...months.bySymbol.values()].reduce((sum, { count }) => sum + count, 0);
    const { table, gates } = await scanMarket(months.bySymbol.values());
    const counts = table.types.map((_, type) => table.type.filter((of) => of === type).length);
    expect(table.types).toEqual(["scalping", "swing"]);
    expect(Math.min(...counts)).toBeGreaterThan(candles / 120);
    expect(gates.zero_atr).toBe(0);
    for (const column of table.features) expect(column.every(Number.isFinite)).toBe(true);
  });
});

describe("the table", () => {
  it("is in order of time, then symbol, whatever the order of the source", async () => {
    const symbols = [...market.bySymbol.values()].map((candles) => partOf(candles, 0, 5_000));
    async function* backwards(): AsyncGenerator<Candles> {
      yield* symbols.toReversed();
    }
    const { table } = await scanMarket(symbols);
    expect((await scanMarket(backwards())).table).toStrictEqual(table);
    for (let row = 1; row < table.count; row++) {
      const step = table.timestampMs[row]! - table.timestampMs[row - 1]!;
      expect(step > 0 || (step === 0 && table.symbol[row]! > table.symbol[row - 1]!)).toBe(true);
    }
  });

  it("keeps activations of the row's own type only", async () => {
    const { table } = await scanMarket([driftingCandles(6_000, randomFrom(13))]);
    const { names, columns, penalty } = table.activations!;
    const pattern = columns[names.indexOf("pattern")]!;
    const divergence = columns[names.indexOf("ema_divergence")]!;
    for (let row = 0; row < table.count; row++) {
      const isScalping = table.types[table.type[row]!] === "scalping";
      expect([Number.isNaN(pattern[row]!), Number.isNaN(divergence[row]!)]).toEqual([!isScalping, isScalping]);
      expect([0, isScalping ? 5 : 10]).toContain(penalty[row]);
    }
  });

  it("is empty where nothing passes, and names no types", async () => {
    const { table } = await scanMarket([]);
    expect([table.count, table.types, table.symbols]).toEqual([0, [], []]);
  });

  it("undirected activations only ever raise a score", () => {
    const candles = driftingCandles(6_000, randomFrom(14));
    const score = (options?: ScanOptions): number[] => rowsOf(candles, options).map(({ features }) => features[0]!);
    const directed = score();
    const either = score({ legacyActivations: true });
    expect(either.every((value, row) => value >= directed[row]!)).toBe(true);
    expect(either.some((value, row) => value > directed[row]!)).toBe(true);
  });
});
