import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import type { SearchRequest } from "../../src/run/request.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";

const bars = 400;
const series: readonly Candles[] = ["AAA", "BBB"].map((symbol, k) =>
  begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(k))),
);

/** 3 filter combinations by 36 exits. */
const space = {
  min_luck: [0, 0.3, 0.5],
  atr_tp_multiplier: [1, 2, 4],
  atr_stop_multiplier: [1, 2],
  max_holding_hours: [2, 5],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1],
  trailing_stop_distance: [0.5, 1],
};

/** A search of files. */
export type FileSearch = Omit<SearchRequest, "candles" | "opportunities" | "spaceFile"> &
  Readonly<Record<"candles" | "opportunities" | "spaceFile", string>>;

/** Writes candles, signals and a space into a folder: a search of 108 sets that takes milliseconds. */
export function searchFiles(folder: string, more: Partial<FileSearch> = {}): FileSearch {
  const candles = join(folder, "candles");
  mkdirSync(candles, { recursive: true });
  for (const one of series) {
    const { symbol, count, open, high, low, close, volume } = one;
    const rows = Array.from({ length: count }, (_, k) =>
      [openTimeMs(one, k), open[k], high[k], low[k], close[k], volume[k]].join(),
    );
    writeFileSync(join(candles, `${symbol}-15m.csv`), `timestamp,open,high,low,close,volume\n${rows.join("\n")}\n`);
  }
  const random = randomFrom(7);
  const seen = new Set<string>();
  const lines = Array.from({ length: 300 }, () => {
    const one = series[random() < 0.5 && more.symbols === undefined ? 0 : 1]!;
    const row = [one.symbol, openTimeMs(one, Math.floor(random() * bars)), random() < 0.5 ? "long" : "short"];
    const isNew = seen.size < seen.add(row.join()).size;
    return isNew ? [[...row, "dip", "", 1, random()].join()] : [];
  }).flat();
  const opportunities = join(folder, "signals.csv");
  writeFileSync(opportunities, `symbol,timestamp,direction,type,entry,atr,luck\n${lines.join("\n")}\n`);
  const spaceFile = join(folder, "space.json");
  writeFileSync(spaceFile, JSON.stringify(space));
  return { candles, opportunities, spaceFile, minTrades: 5, minProfit: 0.02, threads: 1, ...more };
}
