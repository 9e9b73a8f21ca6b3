import { csvRowsOf, heldMarket } from "../support/referenceData.ts";

const bars = 80;
const hour = 3_600_000;
const heldFrom = Date.UTC(2025, 0, 1);

/** Candle files as exchanges, tools and spreadsheets write them, each with another defect or habit, made of a sound one. */
export function dirtyCandles(): Readonly<Record<string, string>> {
  const rows = csvRowsOf(new URL("AAAUSDT-15m.csv", heldMarket.candles))
    .slice(0, bars)
    .map((row, k) => ({
      at: heldFrom + k * hour,
      open: row["open"]!,
      high: row["high"]!,
      low: row["low"]!,
      close: row["close"]!,
      volume: row["volume"]!,
    }));
  type Row = (typeof rows)[number];
  const prices = (row: Row): string => [row.open, row.high, row.low, row.close].join(",");
  const whole = (row: Row): string => `${row.at},${prices(row)},${row.volume}`;
  const header = "timestamp,open,high,low,close,volume";
  const iso = (row: Row): string => new Date(row.at).toISOString();
  const file = (head: string, lines: readonly string[], end = "\n"): string => [head, ...lines, ""].join(end);
  return {
    "sound.csv": file(header, rows.map(whole)),
    "newest_first_seconds_and_ms_twice.csv": file(
      "unix,date,symbol,open,high,low,close,Volume AAA,Volume USDT",
      rows
        .toReversed()
        .flatMap((row) =>
          [`${row.at}`, `${row.at / 1000}.0`].map(
            (time) => `${time},${iso(row)},AAA/USDT,${prices(row)},${row.volume},1`,
          ),
        ),
    ),
    "dates_with_offset.csv": file(
      "Date,Open,High,Low,Close,Volume",
      rows.map((row) => `${iso(row).slice(0, 10)} ${iso(row).slice(11, 19)}-04:00,${prices(row)},${row.volume}`),
    ),
    "twelve_hour_clock_crlf_no_volume.csv": file(
      "Date,Open,High,Low,Close",
      rows.map((row) => `${iso(row).slice(0, 10)} ${iso(row).slice(11, 13)}-PM,${prices(row)}`),
      "\r\n",
    ),
    "scientific.csv": file(
      header,
      rows.map((row) => `${row.at.toExponential(12)},${prices(row)},${Number(row.volume).toExponential()}`),
    ),
    "empty_columns.csv": file(
      `${header},trades,`,
      rows.map((row) => `${whole(row)},,`),
    ),
    "no_header_microseconds.csv": file(
      `${rows[0]!.at}000,${prices(rows[0]!)},1,2,3,4,5,6,0`,
      rows.slice(1).map((row) => `${row.at}000,${prices(row)},1,2,3,4,5,6,0`),
    ),
    "outage.csv": file(header, rows.filter((_, k) => k < 20 || k > 37).map(whole)),
    "no_trades.csv": file(
      header,
      rows.map((row, k) => (k % 5 === 0 ? `${row.at},${`${row.open},`.repeat(4)}0` : whole(row))),
    ),
    "high_below_open.csv": file(
      header,
      rows.map((row, k) => (k % 7 === 3 ? `${row.at},${row.high},${row.low},${row.open},${row.close},1` : whole(row))),
    ),
    "pointer.csv": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0123456789abcdef".repeat(4)}\nsize 12345\n`,
    "empty.csv": "",
  };
}
