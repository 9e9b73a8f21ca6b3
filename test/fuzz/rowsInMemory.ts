import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Candles } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { InputError } from "../../src/errors.ts";
import { candlesFrom, createMarket, type OhlcvRow } from "../../src/index.ts";
import { type CandleRows, csvOf } from "./markets.ts";

const timeframeMs = 900_000;

/** The candles, or null where they are refused for what they are. */
async function outcomeOf(work: () => Candles | Promise<Candles>): Promise<Candles | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError) || !error.code.startsWith("CANDLE_")) throw error;
    if (!error.details.where) throw new Error(`an error without a place: ${error.message}`);
    return null;
  }
}

/**
 * Gives rows to `candlesFrom`, to a market and to the reader of a file. In memory, times are milliseconds and nothing else, so that a file may be
 * read that rows are refused for; never the other way round, and what both take is the same.
 */
export async function sameAsFile(
  rows: CandleRows,
  { lenient, now }: { readonly lenient: boolean; readonly now: number },
  folder: string,
): Promise<"done" | "refused"> {
  const path = join(folder, "AAAUSDT-15m.csv");
  writeFileSync(path, csvOf(rows));
  const read = await outcomeOf(() => readCandleFile(path, "AAAUSDT", { timeframeMs, lenient, nowMs: now }));
  const given = rows as unknown as readonly OhlcvRow[];
  const made = await outcomeOf(() => candlesFrom("AAAUSDT", "15m", given, { lenient, now }));
  const pushed = await outcomeOf(() => {
    const market = createMarket({ timeframe: "15m", keepDays: 30_000, lenient, now });
    market.push("AAAUSDT", given);
    market.features("AAAUSDT");
    return market.snapshot().bySymbol.get("AAAUSDT")!;
  }).catch((error: Error & { code?: string }) => {
    if (error.code === "MARKET_EMPTY") return null;
    throw error;
  });
  const plain = (candles: Candles): string => JSON.stringify({ ...candles, defects: null, readAs: null });
  if (made && (!read || plain(read) !== plain(made)))
    throw new Error("rows are taken that a file is refused for, or read otherwise");
  // A market also takes rows in any order, and corrections.
  if (made && (!pushed || plain(pushed) !== plain(made))) throw new Error("a market holds other candles than its rows");
  return made ? "done" : "refused";
}
