import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { type Candles, missingCandles, openTimeMs } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { parseTimeframe } from "../../src/candles/timeframe.ts";
import type { InputError } from "../../src/errors.ts";
import { describeReference } from "../support/referenceData.ts";

/** What a file comes to: candles, missing ones, first and last open time; or why it is refused, and the line. */
type Outcome =
  | readonly [candles: number, missing: number, first: string, last: string]
  | readonly [code: string, line: string];

const halfYear = [17_376, 0, "2025-01-01T00:00", "2025-06-30T23:45"] as const;
const year = [34_944, 0, "2024-10-24T00:00", "2025-10-22T23:45"] as const;

/** Every CSV file of the reference data, by folder and name; the timeframe is the name's, or stands here. */
const files: Readonly<Record<string, Readonly<Record<string, readonly [timeframe: string, ...outcome: Outcome]>>>> = {
  binance: {
    "BTCUSDT-1h-2024-12.csv": ["1h", 744, 0, "2024-12-01T00:00", "2024-12-31T23:00"],
    "BTCUSDT-1h-2025-01.csv": ["1h", 744, 0, "2025-01-01T00:00", "2025-01-31T23:00"],
    "BTCUSDT-5m-2025-01.csv": ["5m", 8_928, 0, "2025-01-01T00:00", "2025-01-31T23:55"],
  },
  dirty: {
    "SYNTHETIC_bad_high_low.csv": ["15m", "CANDLE_RANGE", "2"],
    "cdd_mixed_s_ms_dup_desc.csv": ["1h", "CANDLE_TIME", "13"],
    "crlf_no_volume_12h_dates.csv": ["12h", "CANDLE_HEADER", "1"],
    "desc_tz_offset.csv": ["15m", 199, 0, "2025-05-31T20:30", "2025-06-02T22:00"],
    "filled_candles.csv": ["15m", 44, 0, "2024-10-28T15:00", "2024-10-29T01:45"],
    "filled_candles_truth.csv": ["15m", 44, 0, "2024-10-28T15:00", "2024-10-29T01:45"],
    "gap_1008min_tz_offset.csv": ["1m", 100, 1008, "2025-05-28T03:28", "2025-05-28T21:55"],
    "lfs_pointer.csv": ["15m", "CANDLE_HEADER", "1"],
    "scientific_notation.csv": ["15m", 100, 0, "2025-10-10T11:15", "2025-10-11T12:00"],
    "spot_outage_gaps_1h.csv": ["1h", 638, 7, "2020-02-08T05:00", "2020-03-06T01:00"],
    "time_header_naive_unfinished_last.csv": ["15m", 150, 0, "2025-10-21T15:00", "2025-10-23T04:15"],
    "timestamp_plus0000.csv": ["15m", 149, 0, "2025-04-03T17:15", "2025-04-05T06:15"],
    "turnover_column.csv": ["5m", 149, 0, "2025-10-19T11:55", "2025-10-20T00:15"],
    "tz_offset_empty_columns.csv": ["1m", 120, 0, "2025-05-27T22:58", "2025-05-28T00:57"],
    "zero_volume_minutes.csv": ["1m", 150, 0, "2023-09-12T07:44", "2023-09-12T10:13"],
  },
  dev: Object.fromEntries(
    ["BNB", "BTC", "DOGE", "ETH", "LTC", "SOL", "XRP"].map((coin) => [`${coin}USDT-15m.csv`, ["15m", ...halfYear]]),
  ),
  long: {
    "NEARUSDT-1m.csv": ["1m", 132_480, 0, "2023-08-01T00:00", "2023-10-31T23:59"],
    ...Object.fromEntries(
      [
        ...["AAVE", "APT", "ARB", "BCH", "CRV", "ENA", "ETC", "FET", "FIL", "HBAR"],
        ...["LDO", "NEAR", "OM", "ONDO", "SEI", "SUI", "TIA", "TRX", "UNI", "XLM"],
      ].map((coin) => [`${coin}USDT-15m.csv`, ["15m", ...year]]),
    ),
  },
};

describeReference("real CSV files", (data) => {
  const pathOf = (folder: string, name: string): string => fileURLToPath(new URL(`data/${folder}/${name}`, data));
  const read = (folder: string, name: string): Promise<Candles> =>
    readCandleFile(pathOf(folder, name), "X", {
      timeframeMs: parseTimeframe(files[folder]![name]![0]),
      lenient: false,
    });
  const cases = Object.entries(files).flatMap(([folder, names]) => Object.keys(names).map((name) => [folder, name]));
  const minute = (candles: Candles, index: number): string =>
    new Date(openTimeMs(candles, index)).toISOString().slice(0, 16);

  it.each(Object.keys(files))("are all spoken of here: %s", (folder) => {
    const there = readdirSync(new URL(`data/${folder}`, data)).filter((name) => name.endsWith(".csv"));
    expect(there.sort()).toEqual(Object.keys(files[folder]!).sort());
  });

  it.each(cases)("are read whole or refused with code and line: %s/%s", async (folder, name) => {
    const outcome = await read(folder!, name!).then(
      (candles): Outcome => [
        candles.count,
        missingCandles(candles),
        minute(candles, 0),
        minute(candles, candles.count - 1),
      ],
      ({ code, details }: InputError): Outcome => [code, /:(\d+)(, .*)?$/.exec(details.where!)![1]!],
    );
    expect(outcome).toEqual(files[folder!]![name!]!.slice(1));
  });

  it("are the same number for number where another source has them, but for candles that one of them filled", async () => {
    const [filled, truth] = [
      await read("dirty", "filled_candles.csv"),
      await read("dirty", "filled_candles_truth.csv"),
    ];
    const differing = [...filled.close.keys()].filter((k) =>
      (["open", "high", "low", "close", "volume"] as const).some((column) => filled[column][k] !== truth[column][k]),
    );
    // Four filled flat at the last close, without volume, and one of which only the end was seen.
    expect(
      differing.map((k) => [k, filled.open[k], filled.high[k], filled.low[k], filled.close[k], filled.volume[k]]),
    ).toEqual([
      ...[20, 21, 22, 23].map((k) => [k, 69_566.1, 69_566.1, 69_566.1, 69_566.1, 0]),
      [24, 69_650, 69_656.2, 69_640.7, 69_650, 32.637],
    ]);
  });
});
