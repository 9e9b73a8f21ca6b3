import { describe, expect, it } from "vitest";
import { marketOfSeries } from "../../src/candles/series.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { firstWholeDay, lastDayOver } from "../../src/run/daysOver.ts";
import type { Prepared } from "../../src/run/prepare.ts";

const [dayMs, hourMs] = [86_400_000, 3_600_000];
const start = 20_000;
const rules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null } as const;
const settings = { rules, timeframeMs: hourMs };
const held = (hours: number) => [{ max_holding_hours: hours }];

/** So many hourly candles from day 20,000 on. */
function candles(symbol: string, hours: number) {
  const times = Array.from({ length: hours }, (_, hour) => start * dayMs + hour * hourMs);
  const column = times.map(() => 100);
  return { symbol, times, open: column, high: column, low: column, close: column, volume: column };
}

/** Opportunities by symbol and hour since the beginning. */
function known(series: readonly ReturnType<typeof candles>[], rows: readonly (readonly [string, number])[]) {
  const nowMs = (start + 100) * dayMs;
  const market = marketOfSeries(series, {
    timeframeMs: hourMs,
    nowMs,
    lenient: false,
    breakRatio: 8,
    withVolume: false,
  });
  const symbols = series.map(({ symbol }) => symbol);
  const times = rows.map(([, hour]) => start * dayMs + hour * hourMs);
  const bar = rows.map(([symbol], k) => series[symbols.indexOf(symbol)]!.times.indexOf(times[k]!));
  const table = {
    ...{ symbols, types: ["good"], count: rows.length },
    symbol: Uint16Array.from(rows, ([symbol]) => symbols.indexOf(symbol)),
    type: Uint8Array.from(rows, () => 0),
    bar: Uint32Array.from(bar),
    timestampMs: Float64Array.from(times),
  };
  return { market, table: table as unknown as OpportunityTable } as Pick<Prepared, "market" | "table">;
}
const over = (prepared: ReturnType<typeof known>, hours: number) =>
  lastDayOver(held(hours), prepared, settings) - start;

describe("the last day that is over", () => {
  const tenDays = candles("AAA", 240);

  it("is the one before which the candles still reach as far as a trade may last", () => {
    const signals = [
      ["AAA", 0],
      ["AAA", 239],
    ] as const;
    expect([1, 24, 25, 72].map((hours) => over(known([tenDays], signals), hours))).toEqual([8, 8, 7, 6]);
    expect(
      over(
        known(
          [candles("AAA", 239)],
          [
            ["AAA", 0],
            ["AAA", 238],
          ],
        ),
        24,
      ),
    ).toBe(7);
  });

  it("is before the day of the last signal: of later days nobody knows whether their signals are all there", () => {
    expect(
      over(
        known(
          [tenDays],
          [
            ["AAA", 30],
            ["AAA", 5 * 24 + 3],
          ],
        ),
        1,
      ),
    ).toBe(4);
    expect(
      firstWholeDay(
        known(
          [tenDays],
          [
            ["AAA", 30],
            ["AAA", 200],
          ],
        ),
      ) - start,
    ).toBe(2);
  });

  it("waits for a symbol whose candles end earlier, and not for one that ended a week before", () => {
    const signals = [
      ["AAA", 0],
      ["AAA", 239],
    ] as const;
    expect(over(known([tenDays, candles("BBB", 5 * 24)], signals), 1)).toBe(3);
    expect(over(known([tenDays, candles("BBB", 3 * 24)], [...signals, ["BBB", 71]]), 1)).toBe(8);
  });
});
