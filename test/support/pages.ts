import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { optimize, rehearse, search, simulate, validate } from "../../src/library/calls.ts";
import { edgeConfig, writeEdgeMarket } from "./edgeMarket.ts";

/** Symbols whose names would do harm as markup, or are lost by a page that does not say its encoding. */
export const oddSymbols = ["<img src=x onerror=alert(1)>", "比特币USDT", "</script><script>alert(2)</script>"];

/** A purse, and how a page's runs may rank by it. */
export const money = { portfolio: { capital: 1000, stake: "30%", leverage: 3 } } as const;

/** Writes a page of every verb over a small market that has an edge, with a portfolio if one is given; gives their paths by verb. */
export async function writePages(
  folder: string,
  language: "en" | "zh" = "en",
  purse: Partial<typeof money> = {},
): Promise<Record<string, string>> {
  const caller = { thread: "caller", language } as const;
  const { signals, ...market } = writeEdgeMarket(folder);
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("bot.json"), edgeConfig);
  const set = { min_strength: 50, atr_tp_multiplier: 3, atr_stop_multiplier: 2, max_holding_hours: 6 };
  writeFileSync(at("set.json"), JSON.stringify(set));
  writeFileSync(at("current.json"), JSON.stringify({ ...set, min_strength: 0 }));
  const pages = Object.fromEntries(
    ["optimize", "search", "simulate", "validate", "rehearse"].map((verb) => [verb, at(`${verb}.html`)]),
  );
  const report = (verb: string) => ({ report: pages[verb]!, threads: 1 });
  const { spaceFile, ...edge } = market;
  const data = { ...edge, ...purse };
  const ranked = purse.portfolio && ({ rank: "portfolio", portfolioMetric: "sharpe" } as const);
  const table = { ...data, opportunities: signals, type: "good" };
  writeFileSync(at("market.json"), JSON.stringify({ ...market, signals }));
  writeFileSync(at("request.json"), JSON.stringify({ ...table, spaceFile }));
  const command = "sluice optimize --candles '<b>data</b>'";
  await optimize(
    { ...market, ...purse, ...ranked, signals, configs: [at("bot.json")], ...report("optimize") },
    { ...caller, command },
  );
  await search({ ...table, ...ranked, spaceFile, ...report("search") }, caller);
  await simulate({ ...table, paramsFile: at("set.json"), report: pages["simulate"]! }, caller);
  await validate(
    { ...table, spaceFile, paramsFile: at("set.json"), currentFile: at("current.json"), ...report("validate") },
    caller,
  );
  await rehearse(
    {
      ...market,
      ...purse,
      signals,
      config: at("bot.json"),
      everyMs: 7 * 86_400_000,
      windowMs: 40 * 86_400_000,
      ...report("rehearse"),
    },
    caller,
  );
  return pages;
}

/** Writes the report folder of two runs over the same market under odd names; gives the path of the newest page. */
export async function writeOddReport(folder: string, language: "en" | "zh" = "en"): Promise<string> {
  const caller = { thread: "caller", language } as const;
  const { signals, candles, ...market } = writeEdgeMarket(folder);
  const names = new Map(["AAA", "BBB", "CCC", "DDD", "EEE"].map((symbol, k) => [symbol, oddSymbols[k] ?? symbol]));
  const series = [...names].map(([symbol, name]) => seriesOf(join(candles, `${symbol}-1h.csv`), name));
  const [header, ...rows] = readFileSync(signals, "utf8").trim().split("\n");
  const renamed = rows.map((row) => row.replace(/^\w+/, (symbol) => names.get(symbol)!));
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("odd.csv"), `${[header, ...renamed].join("\n")}\n`);
  writeFileSync(at("odd.json"), edgeConfig);
  const request = { ...market, candles: series, signals: at("odd.csv"), configs: [at("odd.json")], out: at("odd") };
  for (const hour of [0, 1]) await optimize({ ...request, nowMs: market.nowMs + hour * 3_600_000, threads: 1 }, caller);
  return join(request.out, "report.html");
}

/** A CSV of candles in memory, under another name. */
function seriesOf(path: string, symbol: string) {
  const [, ...lines] = readFileSync(path, "utf8").trim().split("\n");
  const rows = lines.map((line) => line.split(",").map(Number));
  const column = (k: number): number[] => rows.map((row) => row[k]!);
  return {
    symbol,
    times: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** The blocks of data of a page, by their ids. */
export function blocksOf(path: string): Record<string, unknown> {
  const found = readFileSync(path, "utf8").matchAll(/<script type="application\/json" id="([^"]+)">([^<]*)<\/script>/g);
  return Object.fromEntries([...found].map(([, id, text]) => [id!, JSON.parse(text!) as unknown]));
}
