import { InputError } from "../../src/errors.ts";

/** One candle file's rows as numbers: time, open, high, low, close, volume. */
export type CandleRows = readonly (readonly number[])[];

export function rowsOf(csv: string): CandleRows {
  return csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
}

export function csvOf(rows: CandleRows): string {
  return `timestamp,open,high,low,close,volume\n${rows.map((row) => row.join(",")).join("\n")}\n`;
}

const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!;

/** A market as real ones are: candles missing singly and in runs, prices in another unit from some candle on, rows twice, off the grid. */
export function troubled(rows: CandleRows, random: () => number): CandleRows {
  let out = rows.map((row) => [...row]);
  for (let changes = 1 + Math.floor(3 * random()); changes > 0; changes--) {
    const from = Math.floor(random() * out.length);
    const length = pick([1, 1, 3, 8, 40], random);
    const changed = pick(
      [
        () => out.filter((_, k) => k < from || k >= from + length),
        () => out.filter(() => random() < 0.8),
        () => out.map((row, k) => (k < from ? row : scaled(row, pick([10, 1000, 0.001, 8, 7.9, 1 / 3, 1e-9], random)))),
        () => out.flatMap((row, k) => (k === from ? [row, row] : [row])),
        () =>
          out.map((row, k) =>
            k < from ? row : [row[0]! + pick([900_000, 60_000, 86_400_000, 3_600_000], random), ...row.slice(1)],
          ),
        () => out.filter((_, k) => k % pick([2, 4], () => 0.5) === 0),
        () => out.map((row, k) => (k === from ? [row[0]!, row[1]!, row[4]! * (1 - 1e-12), ...row.slice(3)] : row)),
      ],
      random,
    )();
    out = changed.map((row) => [...row]);
  }
  return out;
}

const scaled = ([time, open, high, low, close, volume]: readonly number[], by: number): number[] => [
  time!,
  open! * by,
  high! * by,
  low! * by,
  close! * by,
  volume!,
];

/** Columns of a series in memory, a few of them spoilt: values, lengths, kinds, names, times. */
export function spoiltSeries(symbol: string, rows: CandleRows, random: (() => number) | null): Record<string, unknown> {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  const series: Record<string, unknown> = {
    symbol,
    times: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
  for (let changes = random ? 1 + Math.floor(2 * random()) : 0; random && changes > 0; changes--) {
    const name = pick(["times", "open", "high", "low", "close", "volume", "symbol", "count", "timeframeMs"], random);
    const values = series[name];
    const value = pick([Number.NaN, 0, -1, 1e-300, 1e300, Number.POSITIVE_INFINITY, 12.5, 1_735_689_600], random);
    if (values instanceof Float64Array && random() < 0.7) {
      const spoilt = values.slice();
      spoilt[Math.floor(random() * spoilt.length)] = value;
      series[name] = spoilt;
    } else series[name] = pick([value, "x", null, undefined, [], {}, new Float64Array(3), [1, "2"], true], random);
  }
  return series;
}

/** Whether every trade leaves at a candle that is there. */
export function checkExits(trades: string, files: Readonly<Record<string, CandleRows>>): void {
  for (const line of trades.trim().split("\n").slice(1)) {
    const [symbol, entry, exit] = line.split(",");
    for (const time of [entry, exit])
      if (!files[symbol!]!.some((row) => row[0] === Number(time)))
        throw new Error(`a trade at a time without a candle: ${line}`);
  }
}

/** A call of the library ends in a result of finite figures, or in an error for input. */
export async function callOutcome(work: () => Promise<unknown>): Promise<"done" | "refused"> {
  try {
    JSON.stringify(await work(), (_, value) => {
      if (typeof value === "number" && !Number.isFinite(value)) throw new Error("a figure that is no number");
      return value;
    });
    return "done";
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}
