import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, type Market, openTimeMs, slotAtTime, timeOfSlot } from "../../src/candles/candles.ts";
import { slotOf } from "../../src/candles/slots.ts";
import { InputError } from "../../src/errors.ts";
import type { TableReadOptions } from "../../src/opportunities/read.ts";
import { keepRows, pickRows } from "../../src/opportunities/table.ts";
import { type Heard, readHeard } from "../support/heardSignals.ts";
import { without } from "../support/holes.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-exits-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quarter = 900_000;
const start = Date.UTC(2025, 0, 2);
/** A day of candles; those of slots 40 to 43 are missing. */
const ada = without({ ...jumpyCandles("ADA", 96, randomFrom(1)), firstOpenTimeMs: start }, (at) => at >= 40 && at < 44);
const market: Market = { timeframeMs: quarter, bySymbol: new Map([["ADA", ada]]) };
const at = (slot: number): number => start + slot * quarter;
const iso = (slot: number): string => new Date(at(slot)).toISOString().replace(".000", "");

const read = (text: string, options: Partial<TableReadOptions> = {}): Promise<Heard> =>
  readHeard(folder, text, market, options);

async function refusal(text: string, options: Partial<TableReadOptions> = {}): Promise<InputError> {
  const error = await read(text, options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

type Signal = readonly [slot: number, exit: number | string | null];

/** The same signals at both doors. */
const doors: Readonly<Record<string, (signals: readonly Signal[]) => string>> = {
  CSV: (signals) =>
    ["symbol,timestamp,direction,atr,exit_time,x"]
      .concat(signals.map(([slot, exit], k) => `ADA,${at(slot)},long,1,${exit ?? ""},${k}`))
      .join("\n"),
  JSON: (signals) =>
    JSON.stringify(
      signals.map(([slot, exit], k) => ({
        ...{ symbol: "ADA", timestamp: at(slot), direction: "long", atr: 1, exit_time: exit, x: k },
      })),
    ),
};

describe.each(Object.entries(doors))("exit times of a %s file", (_, textOf) => {
  it("are bars of time behind the signal, those of a hole among them; none is 0", async () => {
    const { table, notices } = await read(
      textOf([
        [10, at(11)],
        [11, null],
        [12, at(42)],
        [13, at(60)],
        [95, at(96)],
        [94, at(1_000)],
      ]),
    );
    expect([...table.exitBars!]).toEqual([1, 0, 30, 47, 1, 906]);
    expect(table.featureNames).toEqual(["x"]);
    expect(notices).toEqual([]);
  });

  it("may be dates while the signals' times are numbers, which is said", async () => {
    const { table, notices } = await read(textOf([[10, iso(14)]]));
    expect([...table.exitBars!]).toEqual([4]);
    expect(notices).toEqual(["SIGNAL_TIMES signals: exit times read as dates with an offset from UTC"]);
  });

  it.each([
    [
      "the signal's own bar",
      [10, at(10)],
      "an exit signal must come after the signal's own bar",
      "the signal's own bar",
    ],
    ["a bar before it", [10, at(9)], "an exit signal must come after the signal's own bar", "before the signal's bar"],
    ["before the data", [10, at(-5)], "an exit signal must come after the signal's own bar", "before the signal's bar"],
    [
      "off the grid",
      [10, at(12) + 60_000],
      "an exit signal's time is not a candle's open time",
      "1 min after the open of a candle",
    ],
    [
      "off it after the data",
      [10, at(200) + 1],
      "an exit signal's time is not a candle's open time",
      "1 ms after the open",
    ],
  ] as const)("that are %s are refused, or dropped and counted", async (_, signal, rule, found) => {
    const { code, message, details } = await refusal(textOf([[8, at(9)], signal]));
    expect(code).toBe("TABLE_EXIT_TIME");
    expect(message).toContain(rule);
    expect(details.where).toMatch(/s\.(csv:3|json:2), exit_time$/);
    expect(details.found).toContain(`"${signal[1]}" (`);
    expect(details.found).toContain(found);
    expect(details.expected).toContain("15m bar after the signal's candle, 2025-01-02T02:30");
    expect(details.remedy).toContain("use the open time in UTC of the bar at whose close the bot exits");
    expect(details.remedy).toMatch(/, or drop such rows with --lenient$/);
    const { table, counts, notices } = await read(textOf([[8, at(9)], signal]), { lenient: true });
    expect([...table.exitBars!]).toEqual([1]);
    expect(counts).toMatchObject({ rows: 2, dropped: 1, in_holes: 0 });
    expect(notices).toEqual(["SIGNALS_DROPPED 1 of 2 signals dropped: invalid entry, ATR or exit time"]);
  });

  it("that are no time at all are refused, lenient or not", async () => {
    for (const lenient of [false, true])
      expect((await refusal(textOf([[10, "soon"]]), { lenient })).code).toBe("TABLE_TIMESTAMP");
  });

  it("may not differ between two rows of one signal", async () => {
    const same: Signal = [10, at(12)];
    expect((await read(textOf([same]))).table.count).toBe(1);
    const { code, details } = await refusal(
      textOf([same, [10, at(13)]])
        .replace(/,1$/, ",0")
        .replace('"x":1', '"x":0'),
    );
    expect(code).toBe("TABLE_CONTRADICTION");
    expect(details.found).toContain("exit_time");
  });
});

describe("exit times", () => {
  it("are never a feature, whatever the spelling and whoever asks", async () => {
    for (const name of ["exit_time", "exitTime", "Exit Time"]) {
      let there: readonly string[] = [];
      const { table } = await read(`symbol,timestamp,direction,atr,${name},x\nADA,${at(5)},long,1,${at(7)},2\n`, {
        features: (names) => {
          there = names;
          return names;
        },
      });
      expect(there).toEqual(["x"]);
      expect([...table.exitBars!]).toEqual([2]);
    }
    const { table } = await read(`symbol,timestamp,direction,atr,exit_time,exitTime\nADA,${at(5)},long,1,${at(7)},9\n`);
    expect(table.featureNames).toEqual([]);
  });

  it("are no column of a table whose file has none", async () => {
    const { table } = await read(`symbol,timestamp,direction,atr\nADA,${at(5)},long,1\n`);
    expect("exitBars" in table).toBe(false);
  });

  it("on longer bars are the bar's last candle, as signals are", async () => {
    const text = (signal: string, exit: string): string =>
      `symbol,timestamp,direction,atr,exit_time\nADA,${signal},long,1,${exit}\n`;
    const hourly = { signalTimeframeMs: 4 * quarter };
    // The signal of 01:00 is known at 02:00: slot 7. The bar of 03:00 closes with slot 15.
    expect([...(await read(text(iso(4), iso(12)), hourly)).table.exitBars!]).toEqual([8]);
    expect((await refusal(text(iso(4), iso(4)), hourly)).details.found).toContain("the signal's own bar");
    const { details } = await refusal(text(iso(4), iso(13)), hourly);
    expect(details.found).toContain("15 min after the open of a 1h bar");
    expect(details.expected).toContain("the open of a 1h bar");
  });

  it("stand on the candles as a clock change left them", async () => {
    const hours = 4;
    const length = hours * 3_600_000;
    // Candle 3 opens an hour late, and all behind it.
    const times = Float64Array.from({ length: 6 }, (_, k) => start + k * length + (k >= 3 ? 3_600_000 : 0));
    const shifted: Candles = { ...jumpyCandles("ADA", 6, randomFrom(2), length), firstOpenTimeMs: start, times };
    for (const [k, time] of times.entries()) expect(slotAtTime(shifted, time)).toBe(k);
    expect(slotAtTime(shifted, start + 4 * length)).toBe(-1);
    expect(slotAtTime(shifted, start - length)).toBe(-1);
    expect(slotAtTime(shifted, times[5]! + 3 * length)).toBe(8);
    expect(timeOfSlot(shifted, 8)).toBe(times[5]! + 3 * length);
  });

  it("are slots of the grid, and back, with holes and beyond the data", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), fc.nat(60), (isMissing, slot) => {
        const holed = without(jumpyCandles("ADA", 30, randomFrom(3)), (at) => isMissing[at]!);
        const time = timeOfSlot(holed, slot);
        expect(time).toBe(openTimeMs(holed, 0) + slot * quarter);
        expect(slotAtTime(holed, time)).toBe(slot);
        expect(slotAtTime(holed, time + 1)).toBe(-1);
        expect(slotOf(holed, holed.count - 1)).toBe(29);
      }),
    );
  });

  it("go with their rows", async () => {
    const all = doors["CSV"]!([
      [10, at(11)],
      [11, null],
      [12, at(14)],
    ]);
    const { table } = await read(all);
    expect([...pickRows(table, [2, 0]).exitBars!]).toEqual([2, 1]);
    expect([...keepRows(table, (row) => row > 0).exitBars!]).toEqual([0, 2]);
  });
});
