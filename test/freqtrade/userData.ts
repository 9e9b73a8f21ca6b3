import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMarket } from "../../src/candles/read.ts";
import { csvRowsOf, held } from "../support/referenceData.ts";
import { root } from "../support/sources.ts";

/** Candles as freqtrade's JSON files have them: time, open, high, low, close, volume. */
export type Rows = readonly (readonly number[])[];

/** A folder as docs/freqtrade.md has it, and each pair's candles. */
export interface UserData {
  readonly folder: string;
  readonly pairs: ReadonlyMap<string, Rows>;
}

/** The code blocks of docs/freqtrade.md in a language, in order. */
export function blocksOf(language: string): string[] {
  const page = readFileSync(`${root}docs/freqtrade.md`, "utf8");
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) => text!);
}

function begun(): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice-freqtrade-"));
  mkdirSync(join(folder, "user_data/data/binance"), { recursive: true });
  mkdirSync(join(folder, "user_data/strategies"));
  for (const name of ["space.json", "map.json", "signals.py"])
    cpSync(`${root}examples/freqtrade/${name}`, join(folder, name));
  writeFileSync(join(folder, "sluice.config.json"), blocksOf("json")[0]!);
  return folder;
}

/** Made-up candles of the repository, as files that freqtrade writes in JSON. */
export function madeUpUserData(): UserData {
  const folder = begun();
  const pairs = new Map<string, Rows>();
  for (const [symbol, pair] of [
    ["AAAUSDT", "BTC/USDT"],
    ["BBBUSDT", "SOL/USDT"],
  ] as const) {
    const columns = ["timestamp", "open", "high", "low", "close", "volume"];
    const rows = csvRowsOf(new URL(`candles/${symbol}-15m.csv`, held)).map((row) =>
      columns.map((name) => Number(row[name])),
    );
    writeFileSync(join(folder, "user_data/data/binance", `${pair.replace("/", "_")}-15m.json`), JSON.stringify(rows));
    pairs.set(pair, rows);
  }
  return { folder, pairs };
}

/** Two months of original files in feather. */
export async function realUserData(reference: URL): Promise<UserData> {
  const folder = begun();
  const data = join(folder, "user_data/data/binance");
  for (const name of ["BTC_USDT-15m.feather", "SOL_USDT-15m.feather"])
    cpSync(fileURLToPath(new URL(`data/freqtrade/spot/${name}`, reference)), join(data, name));
  const market = await readMarket(data, { timeframeMs: 900_000, lenient: false });
  const pairs = [...market.bySymbol].map(([pair, { firstOpenTimeMs, count, ...candles }]) => {
    const rows = Array.from({ length: count }, (_, k) => [
      firstOpenTimeMs + k * 900_000,
      ...[candles.open, candles.high, candles.low, candles.close, candles.volume].map((column) => column[k]!),
    ]);
    return [pair, rows] as const;
  });
  return { folder, pairs: new Map(pairs) };
}
