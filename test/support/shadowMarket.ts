import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CandleSeries } from "../../src/candles/series.ts";
import { randomFrom } from "./random.ts";

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
const startDay = 20_300;
const symbols = ["AAA", "BBB", "CCC"];

/**
 * What a day's signals hold: `edge` pays strong ones and costs weak ones, `mirrored` the other way round, `noise` nothing; on a `silent` day no signal is
 * strong enough for anybody.
 */
export type DayKind = "edge" | "mirrored" | "noise" | "silent";

/** A made-up market, as it is known on each of its nights. */
export interface ShadowMarket {
  /** Midnight after so many days. */
  readonly nightMs: (day: number) => number;
  /** What `optimize` is asked on a night that looks back over so many days. */
  readonly request: (day: number, windowDays?: number) => ShadowRequest;
  /** The same with all candles from the first on, as a rehearsal knows them. */
  readonly rehearsed: (day: number, windowDays: number) => ShadowRequest;
}

export interface ShadowRequest {
  readonly candles: readonly CandleSeries[];
  readonly signals: string;
  readonly spaceFile: string;
  readonly timeframeMs: number;
  readonly lookaheadHours: number;
  readonly minProfit: number;
  readonly nowMs: number;
  readonly threads: 1;
}

/** The bot takes every signal. Files of signals go to the folder. */
export const shadowConfig = `{
  "good_params": {"min_strength": 0, "atr_tp_multiplier": 2.0, "atr_stop_multiplier": 2.0, "max_holding_hours": 6, "position_size": 0.050},
  "last_update": "2025-07-01 00:00:00"
}
`;

/** Days of hourly candles of three symbols, a signal each eight hours; `kindOf` says what each day's hold. */
export function shadowMarket(
  folder: string,
  days: number,
  kindOf: (day: number) => DayKind = () => "edge",
  seed = 4,
): ShadowMarket {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(seed);
  const rows: { readonly time: number; readonly text: string }[] = [];
  const series = symbols.map((symbol, offset) => {
    const made = { symbol, ...columns(days * 24) };
    let close = 100;
    let drift = 0;
    for (let bar = 0; bar < days * 24; bar++) {
      const time = startDay * dayMs + bar * hourMs;
      const open = close;
      close = open * (1 + drift + 0.008 * (random() + random() - 1));
      made.times[bar] = time;
      made.open[bar] = open;
      made.high[bar] = Math.max(open, close) * 1.001;
      made.low[bar] = Math.min(open, close) * 0.999;
      made.close[bar] = close;
      made.volume[bar] = 10;
      const place = (bar + offset) % 8;
      if (place === 6) drift = 0;
      if (place !== 0 || bar < 40) continue;
      const kind = kindOf(Math.floor(bar / 24));
      const direction = random() < 0.5 ? 1 : -1;
      const strength = Math.floor(100 * random());
      const pays = { edge: 1, mirrored: -1, noise: 0, silent: 0 }[kind];
      drift = direction * pays * (strength >= 50 ? 0.004 : -0.002);
      rows.push({ time, text: [symbol, time, direction, "good", kind === "silent" ? -1 : strength].join(",") });
    }
    return made;
  });
  const spaceFile = join(folder, "space.json");
  const space = {
    min_strength: [0, 50],
    atr_tp_multiplier: [2, 3],
    atr_stop_multiplier: [2, 3],
    max_holding_hours: [6],
  };
  writeFileSync(spaceFile, JSON.stringify(space));
  rows.sort((a, b) => a.time - b.time);
  const nightMs = (day: number): number => (startDay + day) * dayMs;
  const known = (name: string, times: { candlesMs: number; signalsMs: number; untilMs: number }): ShadowRequest => {
    const { candlesMs, signalsMs, untilMs } = times;
    const within = rows.filter(({ time }) => time >= signalsMs && time + hourMs <= untilMs);
    const signals = join(folder, `${name}.csv`);
    const lines = ["symbol,timestamp,direction,type,strength", ...within.map(({ text }) => text)];
    writeFileSync(signals, `${lines.join("\n")}\n`);
    const candles = series.map((all) => between(all, candlesMs, untilMs));
    return { candles, signals, spaceFile, ...asked, nowMs: untilMs };
  };
  return {
    nightMs,
    request(day, windowDays = 42) {
      const candlesMs = nightMs(day - windowDays);
      // An ATR takes a few candles.
      const signalsMs = candlesMs + dayMs;
      return known(`signals-${day}-${windowDays}`, { candlesMs, signalsMs, untilMs: nightMs(day) });
    },
    rehearsed(day, windowDays) {
      const signalsMs = nightMs(day - windowDays);
      return known(`rehearsed-${day}`, { candlesMs: nightMs(0), signalsMs, untilMs: nightMs(day) });
    },
  };
}

const asked = { timeframeMs: hourMs, lookaheadHours: 6, minProfit: 0.01, threads: 1 } as const;

function columns(count: number) {
  const column = (): number[] => new Array<number>(count).fill(0);
  return { times: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

/** The candles that open from one time on and have closed by another. */
function between(
  series: ReturnType<typeof columns> & { symbol: string },
  fromMs: number,
  untilMs: number,
): CandleSeries {
  const first = Math.max(0, (fromMs - series.times[0]!) / hourMs);
  const end = (untilMs - series.times[0]!) / hourMs;
  const cut = (column: readonly number[]): number[] => column.slice(first, end);
  const { symbol, times, open, high, low, close, volume } = series;
  return {
    symbol,
    times: cut(times),
    ...{ open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) },
  };
}
