import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Candles } from "../../src/candles/candles.ts";
import { syntheticMarket } from "../../src/candles/synthetic.ts";

const dayMs = 86_400_000;
const timeframeMs = 900_000;

const symbols: readonly string[] = ["ALPHAUSDT", "BRAVOUSDT", "CHARLIEUSDT"];

/**
 * Writes what the examples of the docs assume: candles of the synthetic market that end at the last midnight, signals that follow its trend with the
 * strength of each, a space and parameters for them, two bots' configs, and snapshots as the older bot wrote them.
 */
export function writeBotFolder(folder: string, days: number): void {
  const endTimeMs = Math.floor(Date.now() / dayMs) * dayMs;
  const market = syntheticMarket({ seed: 1, symbols, days, timeframeMs, endTimeMs });
  for (const name of ["data/candles", "bot/snapshots"]) mkdirSync(join(folder, name), { recursive: true });
  const write = (name: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, name), `${rows.join("\n")}\n`);
  const writeJson = (name: string, value: unknown): void => write(name, [JSON.stringify(value, null, 2)]);
  for (const series of market) {
    const rows = barsOf(series).map(({ timeMs, prices, volume }) => [timeMs, ...prices, volume].join(","));
    write(`data/candles/${series.symbol}-15m.csv`, ["timestamp,open,high,low,close,volume", ...rows]);
  }
  write("signals.csv", ["symbol,timestamp,direction,type,strength,rsi,volume_ratio", ...market.flatMap(signalsOf)]);
  write("bot/snapshots/days.csv", [
    "date,time,symbol,open,high,low,close,trend_4h,trend_1h,rsi_14,volume_ratio",
    ...market.flatMap(snapshotsOf),
  ]);
  writeJson("bot/learning_config.json", scanned);
  writeJson("bot/signals_config.json", { swing_params: { ...exits, min_strength: 0 } });
  writeJson("space.json", space);
  writeJson("params.json", { ...exits, min_strength: 30 });
}

function barsOf({ firstOpenTimeMs, count, open, high, low, close, volume }: Candles) {
  return Array.from({ length: count }, (_, bar) => ({
    timeMs: firstOpenTimeMs + bar * timeframeMs,
    prices: [open, high, low, close].map((column) => column[bar]!),
    volume: volume[bar]!,
    /** What the price moved since so many bars before, a fraction. */
    moveOf: (bars: number): number => (bar < bars ? 0 : close[bar]! / close[bar - bars]! - 1),
  }));
}

/** With the move of the last four hours, the stronger the larger it was. */
function signalsOf(series: Candles): string[] {
  return barsOf(series).flatMap(({ timeMs, moveOf }, bar) => {
    const move = moveOf(16);
    if (bar < 96 || bar % 9 !== 0 || move === 0) return [];
    const strength = Math.min(100, Math.round(Math.abs(move) * 4000));
    return [
      [series.symbol, timeMs, move > 0 ? "long" : "short", "swing", strength, 40 + (bar % 20), 1 + (bar % 3)].join(","),
    ];
  });
}

function snapshotsOf(series: Candles): string[] {
  return barsOf(series).flatMap(({ timeMs, prices, moveOf }, bar) => {
    if (bar < 96 || bar % 17 !== 0) return [];
    const [date, time] = new Date(timeMs).toISOString().split("T");
    const trends = [moveOf(96), moveOf(16)].map(Math.sign);
    return [[date, time!.slice(0, 5), series.symbol, ...prices, ...trends, 40 + (bar % 20), 1 + (bar % 3)].join(",")];
  });
}

const exits = { atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12 };
const scanned = {
  last_update: "2025-10-01 03:15:00",
  scalping_params: { ...exits, min_signal_score: 60, trailing_stop_enabled: false, position_size: 0.05 },
  swing_params: { ...exits, min_signal_score: 60, trailing_stop_enabled: false, position_size: 0.05 },
  phase2_learning: { latest: null, history: [] },
  notes: ["the bot's own business"],
};
const space = {
  min_strength: [0, 30, 60],
  atr_tp_multiplier: [1, 2, 3],
  atr_stop_multiplier: [1, 1.5, 2],
  max_holding_hours: [6, 12],
};
