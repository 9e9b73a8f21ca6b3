import { readFileSync } from "node:fs";
import type { Row } from "./market.ts";
import { madeMarket } from "./market.ts";
import { madeOpportunities } from "./opportunities.ts";
import {
  type PlainCandles,
  type PlainOpportunity,
  type PlainParams,
  type PlainSpace,
  plainSearch,
  plainTrades,
} from "./plainTrades.ts";

/** Four sets that differ in every exit rule: no trailing stop and three of them, few filters and none, near and far levels. */
const sets: readonly PlainParams[] = [
  { atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12, trailing_stop_enabled: false },
  {
    atr_tp_multiplier: 6,
    atr_stop_multiplier: 2.5,
    max_holding_hours: 72,
    trailing_stop_enabled: true,
    trailing_stop_activation: 1.5,
    trailing_stop_distance: 1,
  },
  {
    min_signal_score: 60,
    min_indicator_consensus: 2,
    max_sr_tests: 8,
    atr_tp_multiplier: 1,
    atr_stop_multiplier: 0.8,
    max_holding_hours: 0.5,
    trailing_stop_enabled: true,
    trailing_stop_activation: 0.5,
    trailing_stop_distance: 0.5,
  },
  {
    min_risk_reward: 1.5,
    require_mkt_struct: true,
    atr_tp_multiplier: 30,
    atr_stop_multiplier: 10,
    max_holding_hours: 24,
    trailing_stop_enabled: true,
    trailing_stop_activation: 0,
    trailing_stop_distance: 3,
  },
];

const space: PlainSpace = {
  min_signal_score: [40, 60, 75],
  min_indicator_consensus: [0, 2, 4],
  min_risk_reward: [0, 1.5],
  max_sr_tests: [999, 5],
  require_mkt_struct: [false, true],
  atr_tp_multiplier: [1.5, 3, 6],
  atr_stop_multiplier: [1, 2],
  max_holding_hours: [1, 24],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1, 2],
  trailing_stop_distance: [1],
};

const csv = (rows: readonly object[]): string =>
  `${[Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((cells) => cells.join(",")).join("\n")}\n`;
const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** Every file of test/data that a program makes, by its path there. */
export function madeFiles(): Readonly<Record<string, string>> {
  const candles = madeMarket();
  const table = madeOpportunities(candles);
  return {
    ...Object.fromEntries([...candles].map(([symbol, rows]) => [`candles/${symbol}-15m.csv`, csv(rows)])),
    "path/opportunities.csv": csv(table.map(({ features, ...rest }) => ({ ...rest, ...features }))),
    ...Object.fromEntries(
      sets.flatMap((params, k) => [
        [`path/params-${k + 1}.json`, json(params)],
        [`path/trades-${k + 1}.csv`, csv(plainTrades(table, params, candles))],
      ]),
    ),
    "path/space.json": json({ scalping: space, swing: space }),
    "path/search-swing.json": json(plainSearch(table, "swing", space, candles)),
  };
}

/** A clean CSV as objects of strings. */
function cellsOf(file: URL): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = header!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, k) => [names[k]!, cell])));
}

/** Candle files as the plain program takes them. */
export function plainCandles(folder: URL, symbols: readonly string[]): PlainCandles {
  return new Map(
    symbols.map((symbol) => [
      symbol,
      cellsOf(new URL(`${symbol}-15m.csv`, folder)).map(
        (row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, Number(cell)])) as unknown as Row,
      ),
    ]),
  );
}

/** An opportunities file as the plain program takes it. */
export function plainOpportunities(file: URL): PlainOpportunity[] {
  return cellsOf(file).map(({ symbol, timestamp, direction, type, entry, atr, ...features }) => ({
    symbol: symbol!,
    timestamp: Number(timestamp),
    direction: direction as "long" | "short",
    type: type!,
    entry: entry === "" ? null : Number(entry),
    atr: Number(atr),
    features: Object.fromEntries(Object.entries(features).map(([name, cell]) => [name, Number(cell)])),
  }));
}
