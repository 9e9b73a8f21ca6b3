import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { optimize, rehearse, search, simulate, validate } from "../../src/library/calls.ts";
import { edgeConfig, writeEdgeMarket } from "./edgeMarket.ts";

/** Symbols whose names would do harm as markup, or are lost by a page that does not say its encoding. */
export const oddSymbols = ["<img src=x onerror=alert(1)>", "比特币USDT", "</script><script>alert(2)</script>"];

const caller = { thread: "caller" } as const;

/** Writes a page of every verb over a small market that has an edge; gives their paths by verb. */
export async function writePages(folder: string): Promise<Record<string, string>> {
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
  const { spaceFile, ...data } = market;
  const table = { ...data, opportunities: signals, type: "good" };
  writeFileSync(at("market.json"), JSON.stringify({ ...market, signals }));
  writeFileSync(at("request.json"), JSON.stringify({ ...table, spaceFile }));
  const command = "sluice optimize --candles '<b>data</b>'";
  await optimize({ ...market, signals, configs: [at("bot.json")], ...report("optimize") }, { ...caller, command });
  await search({ ...table, spaceFile, ...report("search") }, caller);
  await simulate({ ...table, paramsFile: at("set.json"), report: pages["simulate"]! }, caller);
  await validate(
    { ...table, spaceFile, paramsFile: at("set.json"), currentFile: at("current.json"), ...report("validate") },
    caller,
  );
  await rehearse(
    {
      ...market,
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

/** Writes the report folder of two runs over a synthetic market whose symbols have odd names; gives the path of the newest page. */
export async function writeOddReport(folder: string): Promise<string> {
  const nowMs = Date.UTC(2026, 0, 1);
  const market = { seed: 1, days: 100, timeframeMs: 900_000, endTimeMs: nowMs };
  const names = [...oddSymbols, "ALPHAUSDT", "BRAVOUSDT", "CHARLIEUSDT"];
  const candles = syntheticMarket({ ...market, symbols: names.map((_, k) => `S${k}`) }).map((series, k) => ({
    ...series,
    symbol: names[k]!,
  }));
  const config = join(folder, "learning_config.json");
  writeFileSync(
    config,
    JSON.stringify({
      scalping_params: { min_signal_score: 60, atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12 },
      swing_params: { min_signal_score: 60, atr_tp_multiplier: 2, atr_stop_multiplier: 1, max_holding_hours: 6 },
    }),
  );
  const out = join(folder, "report");
  const request = { candles, out, minProfit: 0.04, configs: [config], coarseCombos: 3000, fineCombos: 3000 };
  for (const dayBefore of [1, 0]) await optimize({ ...request, nowMs: nowMs - dayBefore * 86_400_000 }, caller);
  return join(out, "report.html");
}

/** The blocks of data of a page, by their ids. */
export function blocksOf(path: string): Record<string, unknown> {
  const found = readFileSync(path, "utf8").matchAll(/<script type="application\/json" id="([^"]+)">([^<]*)<\/script>/g);
  return Object.fromEntries([...found].map(([, id, text]) => [id!, JSON.parse(text!) as unknown]));
}
