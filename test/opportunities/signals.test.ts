import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { barAt, type Candles, type Market } from "../../src/candles/candles.ts";
import { InputError } from "../../src/errors.ts";
import type { TableReadOptions } from "../../src/opportunities/read.ts";
import { sharedBarsOf } from "../../src/opportunities/sharedBars.ts";
import { SignalBars } from "../../src/opportunities/signalBar.ts";
import { similarSymbol } from "../../src/opportunities/symbolNames.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { type Heard, readHeard } from "../support/heardSignals.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-signals-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quarter = 900_000;
const hour = 3_600_000;
/** A Thursday's midnight, UTC. */
const start = Date.UTC(2025, 0, 2);
const bars = 4_000;
const marketOf = (timeframeMs = quarter, symbols = ["ADAUSDT", "BTCUSDT"]): Market => ({
  timeframeMs,
  bySymbol: new Map(
    symbols.map((symbol, k) => [
      symbol,
      { ...jumpyCandles(symbol, bars, randomFrom(k), timeframeMs), firstOpenTimeMs: start },
    ]),
  ),
});
const market = marketOf();
const ada = market.bySymbol.get("ADAUSDT")!;

const read = (text: string, options: Partial<TableReadOptions> = {}, of = market): Promise<Heard> =>
  readHeard(folder, text, of, options);

async function refusal(text: string, options: Partial<TableReadOptions> = {}, of = market): Promise<InputError> {
  const error = await read(text, options, of).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

const header = "symbol,timestamp,direction,atr";
const row = (bar: number, rest = "long,1"): string => `ADAUSDT,${start + bar * quarter},${rest}`;
const rows = (...lines: string[]): string => `${[header, ...lines].join("\n")}\n`;

describe("the names of a signals file", () => {
  it("may be those of others; what is read as what is said", async () => {
    const { table, notices } = await read(
      `,pair,Date,side,price,ATR,x\n0,ADAUSDT,2025-01-02 00:15:00,buy,${ada.close[1]},2,7\n`,
    );
    expect([...table.timestampMs, ...table.direction, ...table.entry, ...table.atr]).toEqual([
      start + quarter,
      1,
      ada.close[1],
      2,
    ]);
    expect([table.featureNames, [...table.features[0]!]]).toEqual([["x"], [7]]);
    expect(notices).toEqual([
      'SIGNAL_COLUMNS signals: read "pair" as symbol, "Date" as timestamp, "side" as direction, "price" as entry, "ATR" as atr',
      "SIGNAL_TIMES signals: times read as dates without an offset, in UTC",
    ]);
  });

  it("are ours where ours are there, whatever stands beside them; a second spelling of the time is no feature", async () => {
    const { table, notices } = await read(
      `date,price,side,ticker,t,${header},entry\n2025-01-02,7,1,ADA,3,${row(4)},${ada.close[4]}\n`,
    );
    expect(table.featureNames).toEqual(["price", "side", "t"]);
    expect([...table.entry]).toEqual([ada.close[4]]);
    expect(notices).toEqual([]);
  });

  it("take a first column without a name for the time where no other is, as pandas writes an index", async () => {
    const { table, notices } = await read(",coin,direction,atr\n2025-01-02T01:00:00Z,ADAUSDT,long,1\n");
    expect([...table.bar]).toEqual([4]);
    expect(notices[0]).toContain('read "coin" as symbol, the unnamed first column as timestamp');
  });

  it("that are missing are looked for among those that are there", async () => {
    const { code, message, details } = await refusal("symbol,timestamp,direcion,atr\n");
    expect([code, message]).toEqual(["TABLE_HEADER", "columns missing from the header: direction"]);
    expect(details.remedy).toContain('direction: did you mean "direcion"?');
  });
});

describe("the symbol of a signal", () => {
  it.each([
    ["ADA/USDT", "ADAUSDT"],
    ["ADA-USDT", "ADAUSDT"],
    ["ada_usdt", "ADAUSDT"],
    ["BTC/USDT:USDT", "BTCUSDT"],
    ["BINANCE:BTCUSDT.P", "BTCUSDT"],
    ["BTCUSD", "BTCUSDT"],
    ["DOGEUSDT", null],
  ])("%s is refused, with the one that is meant: %s", async (symbol, meant) => {
    expect(similarSymbol(symbol, ["ADAUSDT", "BTCUSDT"])).toBe(meant);
    const { code, details } = await refusal(`${header}\n${symbol},${start},long,1\n`);
    expect([code, details.found, details.expected]).toEqual([
      "TABLE_SYMBOL",
      `"${symbol}"`,
      "one of: ADAUSDT, BTCUSDT",
    ]);
    expect(details.remedy).toContain(meant === null ? "add this symbol's candles" : `did you mean "${meant}"?`);
  });

  it("may be a pair with its settlement on the candles' side", () => {
    expect(similarSymbol("XRPUSDT", ["ADA/USDT", "XRP/USDT:USDT"])).toBe("XRP/USDT:USDT");
  });
});

describe("the time of a signal", () => {
  it("may be seconds, microseconds, nanoseconds or a date with an offset: each is read and said", async () => {
    for (const [text, words] of [
      [(start + quarter) / 1000, "seconds"],
      [`${start + quarter}000`, "microseconds"],
      [`${start + quarter}000000`, "nanoseconds"],
      ["2025-01-02T01:15:00+01:00", "dates with an offset from UTC"],
    ]) {
      const { table, notices } = await read(`${header}\nADAUSDT,${text},long,1\n`);
      expect([...table.bar]).toEqual([1]);
      expect(notices).toEqual([`SIGNAL_TIMES signals: times read as ${words}`]);
    }
  });

  it("of another unit than those above it is refused with its line", async () => {
    const { code, details } = await refusal(rows(row(1), `ADAUSDT,${start / 1000 + 1800},long,1`));
    expect([code, details.where?.split(":").at(-1)]).toEqual(["TABLE_TIMESTAMP", "3, timestamp"]);
    expect(details.found).toContain("looks like seconds");
  });

  it.each([
    ["before the first candle", start - quarter, quarter, "before the first candle", "provide candles that cover"],
    ["after the last one", start + bars * quarter, quarter, "after the last candle", "provide candles that cover"],
    ["between two", start + 7_000, quarter, "7 s after the open of a candle", "use the open time"],
    ["at a close", start + quarter - 1, quarter, "899999 ms after the open", "looks like the close of a candle"],
    ["in another zone", start + 3 * hour, 4 * hour, "3 h after the open of a candle", "another time zone"],
  ])("%s says so", async (_, timeMs, timeframeMs, found, remedy) => {
    const { code, details } = await refusal(
      `${header}\nADAUSDT,${timeMs},long,1\n`,
      { lenient: true },
      marketOf(timeframeMs),
    );
    expect(code).toBe("TABLE_TIMESTAMP");
    expect(details.found).toContain(found);
    expect(details.remedy).toContain(remedy);
  });

  // Eight candles of which the fifth and the sixth are missing.
  const slots = Int32Array.of(0, 1, 2, 3, 6, 7);
  const withHole = { ...ada, count: 6, slots } as Candles;
  const holed: Market = { ...market, bySymbol: new Map([["ADAUSDT", withHole]]) };
  it.skipIf(barAt(withHole, start + 4 * quarter) >= 0)(
    "in a hole is refused, or dropped and counted where lenient",
    async () => {
      const { code, details } = await refusal(rows(row(4)), {}, holed);
      expect(code).toBe("TABLE_TIMESTAMP");
      expect(details.found).toContain("a hole: the series has no candle there");
      expect(details.remedy).toContain("--lenient");
      const { table, counts, notices } = await read(rows(row(4), row(3), row(5), row(6)), { lenient: true }, holed);
      expect([...table.bar]).toEqual([3, 4]);
      expect(counts).toEqual({ rows: 4, dropped: 2, in_holes: 2, duplicates: 0, overlapping: 0 });
      expect(notices).toEqual([
        "SIGNALS_IN_HOLES 2 of 4 signals dropped: their symbol has no candle at their time, so no entry was possible",
      ]);
    },
  );

  it("on the grid between the first candle and the last is one in a hole, and no other time is", () => {
    const bars = new SignalBars(quarter, null);
    const holes = [0, 4, 7, 8].map((bar) => bars.whyNone({ ...ada, count: 8 }, start + bar * quarter, "ms").isHole);
    expect(holes).toEqual([true, true, true, false]);
    expect(bars.whyNone(ada, start + 1, "ms").isHole).toBe(false);
    expect(bars.whyNone(ada, start - quarter, "ms").isHole).toBe(false);
  });
});

describe("signals that stand twice", () => {
  it("with every cell the same are one; numbers may be spelt in two ways", async () => {
    const wide = `${header},x,note\n${row(1)},1.0,a\n${row(2)},,\n${row(1, "BUY,1e0")},1,a\n${row(1)},1.00,a\n`;
    const { table, counts, notices } = await read(wide, { features: () => [] });
    expect([...table.bar]).toEqual([1, 2]);
    expect(counts).toEqual({ rows: 4, dropped: 0, in_holes: 0, duplicates: 2, overlapping: 0 });
    expect(notices).toEqual(["SIGNALS_DUPLICATE 2 of 4 signals dropped: duplicate rows"]);
  });

  it("with another cell are refused with both lines, whether the column is read or not, lenient or not", async () => {
    const wide = `${header},x,note\n${row(1)},1,a\n\n${row(2)},,\n${row(1)},1,b\n`;
    for (const lenient of [false, true]) {
      const { code, details } = await refusal(wide, { features: () => [], lenient });
      expect([code, details.where?.split(":").at(-1)]).toEqual(["TABLE_CONTRADICTION", "5"]);
      expect(details.found).toBe('note "b" here and "a" in line 2; symbol, time, direction and type are the same');
    }
  });

  it("are found in JSON, too, and behind an index that numbers them", async () => {
    const entry = { symbol: "ADAUSDT", timestamp: start, direction: "long", atr: 1, x: 2 };
    const { counts } = await read(JSON.stringify([entry, { ...entry, x: "2.0" }]));
    expect(counts.duplicates).toBe(1);
    const again = await refusal(JSON.stringify([entry, { ...entry, x: 3 }]));
    expect(again.details.found).toContain('x "3" here and "2" in line 1');
    const indexed = await read(`,${header}\n0,${row(1)}\n1,${row(1)}\n`);
    expect(indexed.counts.duplicates).toBe(1);
  });

  it("do not count rows that were dropped before", async () => {
    const { counts } = await read(rows(row(1, "long,0"), row(1), row(1)), { lenient: true });
    expect(counts).toEqual({ rows: 3, dropped: 1, in_holes: 0, duplicates: 1, overlapping: 0 });
  });

  it("in another direction or under another type are kept, and counted as overlapping", async () => {
    const typed = (bar: number, rest: string): string => row(bar, `${rest},1`);
    const text = [
      "symbol,timestamp,direction,type,atr",
      typed(1, "long,swing"),
      typed(1, "short,swing"),
      typed(2, "long,swing"),
      typed(1, "long,dip"),
      `BTCUSDT,${start + quarter},long,swing,1`,
    ];
    const { table, counts, notices } = await read(`${text.join("\n")}\n`);
    expect([table.count, counts.overlapping, counts.duplicates]).toEqual([5, 2, 0]);
    expect(notices[0]).toMatch(/^SIGNALS_OVERLAPPING 2 of 5 signals/);
  });

  it("are those that a comparison of all rows with all finds", () => {
    const many = fc.array(fc.tuple(fc.nat(1), fc.nat(40), fc.boolean(), fc.nat(2)), { maxLength: 120 });
    fc.assert(
      fc.property(many, (all) => {
        const table = {
          count: all.length,
          symbols: ["ADAUSDT", "BTCUSDT"],
          symbol: Uint16Array.from(all, ([symbol]) => symbol),
          bar: Int32Array.from(all, ([, bar]) => bar),
          direction: Int8Array.from(all, ([, , isLong]) => (isLong ? 1 : -1)),
          type: Uint8Array.from(all, ([, , , type]) => type),
        } as unknown as OpportunityTable;
        const pairs = all.flatMap((each, again) => {
          const first = all.findIndex((other) => other.join() === each.join());
          return first < again ? [{ first, again }] : [];
        });
        const isLater = (again: number): boolean =>
          all.slice(0, again).some((other) => other[0] === all[again]![0] && other[1] === all[again]![1]);
        const overlapping = all.filter((_, k) => isLater(k)).length - pairs.length;
        expect(sharedBarsOf(table, market)).toEqual({ pairs, overlapping });
      }),
    );
  });
});

describe("signals on a coarser grid than the candles", () => {
  /** Bars of 15 minutes, not in step: 12 hours, then 4, round and round. */
  const every = (count: number): number[] => Array.from({ length: count }, (_, k) => 16 * (2 * k + (k % 2) + 1));
  const on = (at: readonly number[]): string => rows(...at.map((bar) => row(bar)));

  it("are refused from 20 times on, with the grid and both ways out", async () => {
    const { code, details } = await refusal(on(every(20)));
    expect(code).toBe("TABLE_TIMEFRAME");
    expect(details.found).toBe("all 20 signals (20 different times) are open times of 4h bars; the candles are 15m");
    expect(details.remedy).toContain("use --signal-timeframe 4h if their bars are that long");
    expect(details.remedy).toContain("use --signal-timeframe 15m if they really were known");
    expect((await read(on(every(19)))).table.count).toBe(19);
  });

  it("are not refused where one stands off it, nor where 20 rows share few times", async () => {
    expect((await read(on([...every(20), 5]))).table.count).toBe(21);
    const crash = every(10).flatMap((bar) => [row(bar), row(bar).replace("ADA", "BTC")]);
    expect((await read(rows(...crash))).table.count).toBe(20);
  });

  it("are not refused on daily candles, whose bars no usual timeframe of a day is longer than", async () => {
    const daily = Array.from({ length: 30 }, (_, k) => row(96 * (2 * k + (k % 2))));
    expect((await read(rows(...daily), {}, marketOf(24 * hour))).table.count).toBe(30);
  });

  it("stand on the last candle of their bar where its length is given", async () => {
    const { table } = await read(on(every(20)), { signalTimeframeMs: 4 * hour });
    expect([...table.bar]).toEqual(every(20).map((bar) => bar + 15));
    expect(table.timestampMs[0]).toBe(start + 31 * quarter);
    const { table: hourly } = await read(on(every(20)), { signalTimeframeMs: hour });
    expect([...hourly.bar]).toEqual(every(20).map((bar) => bar + 3));
  });

  it("stand on their own candles where the candles' length is given", async () => {
    expect([...(await read(on(every(20)), { signalTimeframeMs: quarter })).table.bar]).toEqual(every(20));
  });

  it("are refused off the grid that is given, and where their bar closes after the last candle", async () => {
    const { code, details } = await refusal(on([4, 5]), { signalTimeframeMs: hour });
    expect([code, details.where?.split(":").at(-1)]).toEqual(["TABLE_TIMESTAMP", "3, timestamp"]);
    expect(details.found).toContain("not on the grid of --signal-timeframe 1h");
    const few: Market = { ...market, bySymbol: new Map([["ADAUSDT", { ...ada, count: 7 }]]) };
    expect((await read(on([0]), { signalTimeframeMs: hour }, few)).table.bar[0]).toBe(3);
    const late = await refusal(on([4]), { signalTimeframeMs: hour, lenient: true }, few);
    expect(late.details.found).toContain(
      "whose bar closes with the candle of 2025-01-02T01:45:00.000Z: after the last candle",
    );
  });

  it("cannot have bars that are no whole number of candles", async () => {
    for (const signalTimeframeMs of [20 * 60_000, 5 * 60_000])
      expect((await refusal(on([4]), { signalTimeframeMs })).code).toBe("TABLE_TIMEFRAME");
  });

  describe("and come round like a clock, with an ATR that is a share of their own candle's close", () => {
    const clock = (rest: (k: number) => string, share = 0.01): string =>
      rows(
        ...Array.from({ length: 24 }, (_, k) => row(96 * k, `${rest(k)},${(share * ada.close[96 * k]!).toFixed(6)}`)),
      );

    it("know nothing of any bar, and are read", async () => {
      expect((await read(clock(() => "long"))).table.count).toBe(24);
      expect((await read(clock((k) => (k % 2 ? "short" : "long")))).table.count).toBe(24);
    });

    it("are refused where a direction, a step, a feature or the ATR could tell of a bar", async () => {
      const sound = clock(() => "long");
      const spoilt = [
        clock((k) => (k === 7 ? "short" : "long")),
        sound.replace(`${row(96 * 7, "").slice(0, -1)}`, `${row(96 * 30, "").slice(0, -1)}`),
        sound
          .replaceAll(/\n(?=.)/g, ",1\n")
          .replace(",atr,1", ",atr,x")
          .replace(/\n$/, ",1\n"),
        clock(() => "long").replace(/,[\d.]+\n$/, ",1\n"),
      ];
      for (const text of spoilt) expect((await refusal(text)).message).toContain("coarser grid");
    });
  });
});
