import { describe, expect, it } from "vitest";
import type { CandleCounts } from "../../src/candles/counts.ts";
import type { InspectedFile } from "../../src/candles/inspect.ts";
import type { FetchedFile } from "../../src/exchange/result.ts";
import { candleLine } from "../../src/report/brief/parts.ts";
import { candleLines } from "../../src/report/candleLines.ts";
import { fetchSummary } from "../../src/report/fetchSummary.ts";
import { inspectSummary } from "../../src/report/inspectSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { signalLines } from "../../src/report/signalLines.ts";
import { languages } from "../../src/words/catalogue/languages.ts";
import { englishIn } from "../support/english.ts";
import { candleCounts } from "./fixtures.ts";
import { lineWidths, widths } from "./widths.ts";

const plain = paintFor(false);
const texts = languages.zh;
const dayMs = Date.UTC(2026, 0, 1);
const names = ["BTCUSDT", "binance"];

const odd: CandleCounts = {
  ...candleCounts,
  ...{ duplicates: 2, repaired: 3, dropped: 4, unfinished: 5 },
  breaks: Array.from({ length: 7 }, () => ({ symbol: "BTCUSDT", time: dayMs, ratio: 0.001 })),
  closed: [
    { when: "Saturdays and Sundays; 21:00-22:00 UTC on Mondays to Fridays", symbols: 3 },
    { when: "at recurring times", symbols: 1 },
  ],
  read_as: [
    "times read as seconds; decimal commas",
    'read "t" as timestamp, "o" as open (not "date")',
    "4h candles made of 1h candles; the first, which the data begin within, left out; 2 across a change of unit left out",
    "no header: columns read as date, time, open, high, low, close, volume",
    'the same candles twice, read once: "a.csv" (as "b.csv") and 2 more',
    "3 files joined",
  ],
  left_out: Array.from({ length: 7 }, () => "BTCUSDT"),
  funding: { payments: 12, unknown: [] },
};

const inspected: InspectedFile = {
  file: "d/BTCUSDT-15m.csv",
  files: Array.from({ length: 7 }, () => "d/BTCUSDT-15m.csv"),
  symbol: "BTCUSDT",
  timeframe: "15m",
  kind: "candles",
  contents: {
    ...{ first: dayMs, last: dayMs + 86_400_000, candles: 97, gaps: 1, filled: 30, duplicates: 1, dropped: 0 },
    longest_gap: { time: dayMs, candles: 3 },
    ...{ zero_volume: 2, repaired: 3, unfinished: 1, closed: "Sundays", closed_candles: 96, age: 30 * 60_000 },
    breaks: Array.from({ length: 5 }, () => ({ time: dayMs, ratio: 10 })),
    read_as: "rows newest first, turned round; 3 rows of null left out",
    largest_move: { time: dayMs, move: -0.85 },
  },
  defect: null,
};

const fetched: FetchedFile = {
  ...{ symbol: "BTCUSDT", file: "d/BTCUSDT-15m.csv", first: dayMs + 1, last: dayMs + 2, candles: 9, added: 3 },
  ...{
    missing: 7,
    missing_spans: 5,
    missing_first: [{ from: dayMs, to: dayMs + 2, candles: 2 }],
    state: "added",
    problem: null,
  },
};

describe("what is said of candles in Chinese", () => {
  const said = {
    "a summary": candleLines(odd, 100, texts),
    "a brief": candleLine(odd, 72, texts),
    signals: signalLines({ rows: 9, dropped: 3, in_holes: 2, duplicates: 1, overlapping: 4 }, 100, texts),
    inspect: inspectSummary(
      [
        inspected,
        ...(["mark", "funding", "index"] as const).map((kind) => ({ ...inspected, kind, contents: null })),
        { ...inspected, contents: { ...inspected.contents!, age: 3 * 3_600_000 } },
      ],
      plain,
      100,
      texts,
    ).split("\n"),
    fetch: fetchSummary(
      {
        ...{ exchange: "binance", timeframe: "15m", folder: "data/candles", from: dayMs, to: dayMs + 9 },
        files: (["added", "current", "none", "refused"] as const).map((state) => ({ ...fetched, state })),
      },
      plain,
      100,
      texts,
    ).split("\n"),
  };
  it.each(Object.entries(said))("%s has no English", (_, lines) => {
    const columns = /\b(timestamp|date|time|open|high|low|close|volume)\b/g;
    expect(lines.join("")).toMatch(/\p{Script=Han}/u);
    expect(lines.filter((line) => englishIn(line.replace(columns, ""), names).length > 0)).toEqual([]);
  });

  it.each(widths)("tables fit %d columns", (width) => {
    const text = inspectSummary([inspected], plain, width, texts);
    expect(Math.max(...lineWidths(text))).toBeLessThanOrEqual(width);
  });
});
