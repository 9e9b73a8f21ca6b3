import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomFrom } from "./random.ts";

const hourMs = 3_600_000;
const startMs = Date.UTC(2025, 6, 1);
const days = 80;
const spacingBars = 8;

/** Where an edge market's files are, and what a run needs to see its edge. */
export interface EdgeMarket {
  readonly candles: string;
  readonly signals: string;
  readonly spaceFile: string;
  readonly timeframeMs: number;
  readonly lookaheadHours: number;
  readonly minProfit: number;
  /** When the last candle closes. */
  readonly nowMs: number;
}

/**
 * Writes 80 days of hourly candles of which it is known what they hold. A signal of type `good` (AAA, BBB, CCC) with a strength of 50 or more is
 * followed by 2.4 % in its direction over six hours, a weaker one by 1.2 % against it; one of type `bad` (DDD, EEE) by noise alone, which
 * costs eat.
 */
export function writeEdgeMarket(folder: string): EdgeMarket {
  const isGood = (symbol: string): boolean => symbol < "DDD";
  const typeOf = (symbol: string): string => (isGood(symbol) ? "good" : "bad");
  return writeMarket(folder, { symbols: ["AAA", "BBB", "CCC", "DDD", "EEE"], pays: isGood, typeOf });
}

/** The same with one type, `good`, whose signals are followed by anything in AAA alone. */
export function writeOneCoinMarket(folder: string, symbols = ["AAA", "BBB", "CCC"]): EdgeMarket {
  return writeMarket(folder, { symbols, pays: (symbol) => symbol === "AAA", typeOf: () => "good" });
}

interface Kinds {
  readonly symbols: readonly string[];
  readonly pays: (symbol: string) => boolean;
  readonly typeOf: (symbol: string) => string;
}

function writeMarket(folder: string, { symbols, pays, typeOf }: Kinds): EdgeMarket {
  const candles = join(folder, "candles");
  mkdirSync(candles, { recursive: true });
  const random = randomFrom(4);
  const signals: { readonly time: number; readonly text: string }[] = [];
  for (const [offset, symbol] of symbols.entries()) {
    const lines = ["timestamp,open,high,low,close,volume"];
    let close = 100;
    let drift = 0;
    for (let bar = 0; bar < days * 24; bar++) {
      const time = startMs + bar * hourMs;
      const open = close;
      // About 0.4 % a bar, and what the last signal promised.
      close = open * (1 + drift + 0.008 * (random() + random() - 1));
      const [high, low] = [Math.max(open, close) * 1.001, Math.min(open, close) * 0.999];
      lines.push([time, open, high, low, close, 10].join(","));
      const place = (bar + offset) % spacingBars;
      if (place === 0 && bar >= 40 && bar < days * 24 - 10) {
        const direction = random() < 0.5 ? 1 : -1;
        const strength = Math.floor(100 * random());
        signals.push({ time, text: [symbol, time, direction, typeOf(symbol), strength].join(",") });
        drift = pays(symbol) ? direction * (strength >= 50 ? 0.004 : -0.002) : 0;
      } else if (place === 6) drift = 0;
    }
    writeFileSync(join(candles, `${symbol}-1h.csv`), `${lines.join("\n")}\n`);
  }
  const rows = signals.toSorted((a, b) => a.time - b.time).map(({ text }) => text);
  writeFileSync(join(folder, "signals.csv"), `${["symbol,timestamp,direction,type,strength", ...rows].join("\n")}\n`);
  writeFileSync(
    join(folder, "space.json"),
    JSON.stringify({
      min_strength: [0, 50],
      atr_tp_multiplier: [2, 3, 4],
      atr_stop_multiplier: [2, 3],
      max_holding_hours: [6],
    }),
  );
  return {
    candles,
    signals: join(folder, "signals.csv"),
    spaceFile: join(folder, "space.json"),
    timeframeMs: hourMs,
    lookaheadHours: 6,
    minProfit: 0.01,
    nowMs: startMs + days * 24 * hourMs,
  };
}

/** A bot's config that takes every signal, with settings that are not ours. */
export const edgeConfig = `{
  "last_update": "2025-07-01 00:00:00",
  "good_params": {"min_strength": 0, "atr_tp_multiplier": 2.0, "atr_stop_multiplier": 2.0, "max_holding_hours": 6, "position_size": 0.050},
  "bad_params": {"min_strength": 0, "atr_tp_multiplier": 2.0, "atr_stop_multiplier": 2.0, "max_holding_hours": 6},
  "phase2_learning": {"latest": null, "history": []},
  "notes": ["not ours", 1.50]
}
`;
